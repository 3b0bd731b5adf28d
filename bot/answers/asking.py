"""Tells a question about the subject from what is said about the plan. The signs are data in `content/answers/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.answers.tokens import folded


@dataclass(frozen=True, slots=True)
class Asking:
    """How questions look, what shows that a line is about the plan after all, and how people tell what they did."""

    looks: re.Pattern[str]
    plan: re.Pattern[str]
    told: re.Pattern[str]

    def looks_asked(self, text: str) -> bool:
        """Whether a text looks like a question or an error message."""
        return bool(self.looks.search(_plain(text)))

    def of_plan(self, text: str) -> bool:
        """Whether a text speaks of the plan, the mentor, or a time."""
        return bool(self.plan.search(_plain(text)))

    def tells(self, text: str) -> bool:
        """Whether a text tells something of its writer, or is too short to be a question by its words alone."""
        return " " not in text.strip() or bool(self.told.search(_plain(text)))


def _plain(text: str) -> str:
    return " ".join(folded(text).lower().split())


def load_asking(folder: Path) -> Asking:
    """The signs of a content folder's `answers/`."""
    read = yaml.load((folder / "asking.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return Asking(
        *(re.compile("|".join(f"(?:{sign})" for sign in read[key].splitlines())) for key in ("looks", "plan", "told"))
    )
