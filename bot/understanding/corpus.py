"""The sentences to learn from: every phrase, filled in, and as somebody in a hurry would write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from zlib import crc32

from bot.understanding.compounds import compounds
from bot.understanding.phrases import Phrases
from bot.understanding.templates import expand, size

_FEW_WORDS = 4
_FEWEST = 20
_MORE_PER_DOUBLING = 2
FILLERS: Mapping[str, tuple[str, ...]] = {
    "n": ("1", "2", "3", "4", "5", "12", "two", "three"),
    "t": ("7pm", "18:30", "9 am", "6:15", "8 in the evening", "20:00", "10:30 am"),
    "d": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "p": ("Berlin", "Tokyo", "New York", "India", "Europe/Paris", "London", "UTC", "Sydney", "PST", "Lagos"),
    "r": ("full stack", "ml engineer", "36 week", "40 week"),
    "u": ("https://github.com/a/b", "https://app.onrender.com", "github.com/x/y"),
    "c": ("AB12CD", "K7QX2", "X9Y8Z7"),
    "dur": ("2 weeks", "3 days", "a week", "2 hours", "30 minutes", "a month", "10 days", "an hour"),
}
"""What stands for each mark of a template; any would do, since the classifier sees the mark."""

OPENINGS = ("hey", "ok", "please", "hi", "so", "um", "bro", "hey mentor", "well", "can you", "just", "ok so",
            "hello")  # fmt: skip
"""What people say before a wish."""

ENDINGS = ("please", "pls", "bro", "now", "thanks", "😊", "?", "!", "mate", "yaar", "!!", "today", ":)", "??", "sir",
           "for me")  # fmt: skip
"""What people say after one."""

_OFTEN_ASKED = frozenset(
    (
        "next",
        "week",
        "plan",
        "progress",
        "ask",
        "help",
        "resources",
        "group_board",
        "group",
        "settings",
        "quiz",
        "start",
    )
)
_MAIN = "en"


def template_key(intent: str, template: str) -> int:
    """A short name of one template, to tell which the model has seen."""
    return crc32(f"{intent}|{template}".encode())


def sentences(phrases: Phrases) -> list[tuple[str, str]]:
    """Every training sentence with its intent, always the same ones in the same order."""
    random = Random(7)
    fillers = {**FILLERS, "s": phrases.subject or ("python",)}
    found: dict[tuple[str, str], None] = {}
    english: dict[str, dict[str, None]] = {}
    for locale, intent, template in _templates(phrases):
        for text in expand(template, fillers, _limit(template), random):
            for spelled in (text, *_roughened(text, intent, locale, random)):
                found[spelled, intent] = None
                if locale == _MAIN:
                    english.setdefault(intent, {})[spelled] = None
    return [*found, *compounds({intent: list(texts) for intent, texts in english.items()})]


def _templates(phrases: Phrases) -> Iterator[tuple[str, str, str]]:
    for locale, spoken in phrases.locales.items():
        for intent, templates in spoken.intents.items():
            for template in templates:
                yield locale, intent, template


def _limit(template: str) -> int:
    """More sentences of a template that stands for more."""
    return _FEWEST + _MORE_PER_DOUBLING * size(template).bit_length()


def _roughened(text: str, intent: str, locale: str, random: Random) -> Iterator[str]:
    if random.random() < (0.3 if intent in _OFTEN_ASKED else 0.05):
        yield text + "?"
    turn = random.random()
    if locale != _MAIN:
        yield text + ("!" if turn < 0.5 else "?")
    elif turn < 0.1:
        yield f"{random.choice(OPENINGS)} {text}"
    elif turn < 0.24:
        yield f"{text} {random.choice(ENDINGS)}"
    elif turn < 0.36:
        words = text.split()
        at = random.randrange(len(words))
        words[at] = _slipped(words[at], random)
        yield " ".join(words)
    elif turn < 0.52:
        yield from _disturbed(text.split(), random)


def _disturbed(words: list[str], random: Random) -> Iterator[str]:
    """The sentence without one of its words, or with one that nobody knows, so that no single word decides alone."""
    if len(words) < _FEW_WORDS:
        return
    at = random.randrange(len(words))
    invented = "".join(
        random.choice("bcdfghjklmnpqrstvwz") + random.choice("aeiou") for _ in range(random.randint(2, 4))
    )
    words[at : at + 1] = [invented] if random.random() < 0.5 else []
    yield " ".join(words)


def _slipped(word: str, random: Random) -> str:
    """A word with a letter lost, or two changed round."""
    if len(word) < 4 or not word.isalpha():
        return word
    at = random.randrange(1, len(word) - 1)
    if random.random() < 0.5:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
