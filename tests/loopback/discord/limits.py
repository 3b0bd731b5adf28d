"""Discord's rate limits: one bucket a route and channel, one for everything, and the headers that tell of them."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field

BUCKET_LIMIT, BUCKET_SECONDS = 5, 5.0
GLOBAL_LIMIT = 50


@dataclass
class Window:
    """At most `limit` requests in `seconds`."""

    limit: int
    seconds: float
    hits: deque[float] = field(default_factory=deque)

    def take(self, now: float) -> float:
        """0 when the request may pass, else how long to wait."""
        while self.hits and self.hits[0] <= now - self.seconds:
            self.hits.popleft()
        if len(self.hits) >= self.limit:
            return self.hits[0] + self.seconds - now
        self.hits.append(now)
        return 0.0


@dataclass
class Limits:
    """Counts requests. `refused` is how many were answered 429."""

    bucket_limit: int = BUCKET_LIMIT
    bucket_seconds: float = BUCKET_SECONDS
    global_limit: int = GLOBAL_LIMIT
    refused: int = 0
    _buckets: dict[str, Window] = field(default_factory=dict)
    _global: Window | None = None

    def meet(self, bucket: str, *, counts: bool) -> tuple[float, bool, dict[str, str]]:
        """How long to wait (0: pass), whether that is the global limit, and the headers of the answer."""
        now = time.monotonic()
        self._global = self._global or Window(self.global_limit, 1.0)
        wait = self._global.take(now) if counts else 0.0
        if wait:
            self.refused += 1
            return wait, True, {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
        window = self._buckets.setdefault(bucket, Window(self.bucket_limit, self.bucket_seconds))
        wait = window.take(now)
        reset = wait or (window.hits[0] + window.seconds - now)
        headers = {
            "X-RateLimit-Limit": str(window.limit), "X-RateLimit-Remaining": str(window.limit - len(window.hits)),
            "X-RateLimit-Reset": f"{time.time() + reset:.3f}", "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Bucket": bucket.split(":")[0],
        }  # fmt: skip
        if wait:
            self.refused += 1
            headers["X-RateLimit-Scope"] = "user"
        return wait, False, headers
