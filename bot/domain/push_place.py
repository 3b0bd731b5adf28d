"""A place that others read too, where a learner wants the week's plan."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PushPlace:
    """A channel or group, and perhaps a thread in it."""

    platform: str
    chat_id: str
    thread_id: str = ""

    def __str__(self) -> str:
        """As it is kept with the preferences."""
        return "/".join((self.platform, self.chat_id, self.thread_id))

    @classmethod
    def of(cls, kept: str) -> PushPlace | None:
        """The place that was kept; None for "", the direct chat."""
        platform, _, rest = kept.partition("/")
        chat, _, thread = rest.partition("/")
        return cls(platform, chat, thread) if platform and chat else None
