"""What a learner has to show for a project: a link, and a few words about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bot.domain.errors import Refusal

MAX_URL = 300
MAX_NOTE = 120
_LABEL = re.compile(r"(?!-)[^\W_](?:[\w-]*[^\W_])?", re.ASCII)


class BadLink(Refusal):
    """Something that is no web address we keep."""

    template = "refused_link"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link handed in for a project of a roadmap. `project_id` is "" as long as nobody said which project it is
    for. `id` is 0 until it is stored. The same link for the same project is one, whatever its note and date."""

    id: int
    learner_id: int
    roadmap_id: str
    project_id: str
    url: str
    note: str
    at: datetime

    @property
    def place(self) -> str:
        """The link as people name it, short enough for a line: `github.com/ada/fraud`."""
        short = re.sub(r"^https?://(?:www\.)?|[?#].*$", "", self.url, flags=re.IGNORECASE).rstrip("/")
        return short if len(short) <= 40 else f"{short[:39]}…"


def checked_link(said: str) -> str:
    """A web address as it is kept. It is looked at and never fetched. Raises `BadLink`."""
    url = said.strip()
    if len(url) > MAX_URL:
        raise BadLink(url[:40], why="long")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadLink(url[:40], why="broken") from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise BadLink(url[:40], why="scheme")
    if parts.username is not None or parts.password is not None:
        raise BadLink(url[:40], why="secret")
    if port == 0 or not _is_host(host) or re.search(r"[\s<>\"\\^`{|}]", url):
        raise BadLink(url[:40], why="broken")
    return url


def _is_host(host: str) -> bool:
    """Whether a name can be one on the web: labels with dots between, the last with a letter in it."""
    try:
        labels = host.encode("idna").decode().split(".")
    except UnicodeError:
        return False
    sound = all(_LABEL.fullmatch(label) and len(label) <= 63 for label in labels)
    return len(labels) > 1 and sound and not labels[-1].isdigit()
