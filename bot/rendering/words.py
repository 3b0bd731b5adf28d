"""A language's short words (`content/messages/<locale>/_words.yaml`): labels, menu lines, days, months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

DEFAULT_LOCALE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words, by group and key."""

    groups: Mapping[str, Any]

    def get(self, group: str, key: str) -> str:
        """A word; its key when the language lacks it, so that a missing word is seen and harms nothing."""
        return str(self.groups.get(group, {}).get(key, key))

    def day(self, day: date) -> str:
        """`Mon 22 Feb`."""
        weekday = self.groups["weekdays"][day.weekday()]
        return str(self.groups["day"]).format(weekday=weekday, day=day.day, month=self.groups["months"][day.month - 1])

    def long_day(self, day: date) -> str:
        """`Mon 22 Feb 2027`."""
        return f"{self.day(day)} {day.year}"


def load_words(folder: Path) -> Words:
    """The words in a language's folder."""
    return Words(yaml.load((folder / "_words.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader))
