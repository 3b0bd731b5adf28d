"""What the present task is about, so that every log line of one message or push can be found by one id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_subject: ContextVar[str] = ContextVar("subject", default="")


def subject() -> str:
    """The id of the message or delivery that is being worked on, "" outside of any."""
    return _subject.get()


@contextmanager
def about(name: str) -> Iterator[None]:
    """Within the block, and in tasks started there, log lines carry this id. Ids hold no names and no texts."""
    token = _subject.set(name)
    try:
        yield
    finally:
        _subject.reset(token)
