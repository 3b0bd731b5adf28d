"""What the adapter asks of the content folder: whole answers, and short words for menus and forms."""

from __future__ import annotations

from typing import Protocol

from bot.domain.learner import Preferences
from bot.domain.message import Rendered, Reply

DEFAULT = "en"


class ShortWords(Protocol):
    """The short words of a language."""

    def get(self, group: str, key: str) -> str:
        """A word, or its key when the language lacks it."""


class Wording(Protocol):
    """The words of every language."""

    def render(self, reply: Reply, preferences: Preferences) -> Rendered:
        """A reply in words."""

    def words(self, locale: str) -> ShortWords:
        """The short words of a language."""


def word(wording: Wording, locale: str, group: str, key: str) -> str:
    """A short word; "" when the language has none."""
    found = wording.words(locale or DEFAULT).get(group, key)
    return "" if found == key else found
