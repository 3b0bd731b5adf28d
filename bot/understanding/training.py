"""Trains the classifier from the phrases: plain Python, a fixed seed, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from math import sqrt
from random import Random
from zlib import crc32

from bot.understanding.compounds import compounds
from bot.understanding.features import BUCKETS
from bot.understanding.model import Model, softmax
from bot.understanding.phrases import Phrases
from bot.understanding.templates import expand, size

Example = tuple[list[int], int]
Featurize = Callable[[str], list[int]]
_FEWEST = 26
_MORE_PER_DOUBLING = 4
_EPOCHS = 6
_RATE = 0.9
_SHRINK = 2e-6
FILLERS: Mapping[str, tuple[str, ...]] = {
    "n": ("1", "2", "3", "4", "5", "12", "two", "three"),
    "t": ("7pm", "18:30", "9 am", "6:15", "8 in the evening", "20:00", "10:30 am"),
    "d": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "p": ("Berlin", "Tokyo", "New York", "India", "Europe/Paris", "London", "UTC", "Sydney", "PST", "Lagos"),
    "r": ("full stack", "ml engineer", "36 week", "40 week"),
    "u": ("https://github.com/a/b", "https://app.onrender.com", "github.com/x/y"),
    "c": ("AB12CD", "K7QX2", "X9Y8Z7"),
    "dur": ("2 weeks", "3 days", "a week", "2 hours", "30 minutes", "a month", "10 days", "an hour"),
}  # fmt: skip
_OPENINGS = ("hey", "ok", "please", "hi", "so", "um", "bro", "hey mentor", "well", "can you", "just", "ok so", "hello")
_ENDINGS = ("please", "pls", "bro", "now", "thanks", "😊", "?", "!", "mate", "yaar", "!!", "today", ":)", "??", "sir", "for me")
_OFTEN_ASKED = frozenset(
    ("next", "week", "plan", "progress", "ask", "help", "resources", "group_board", "group", "settings", "quiz", "start")
)


def template_key(intent: str, template: str) -> int:
    """A short name of one template, to tell which the model has seen."""
    return crc32(f"{intent}|{template}".encode())


def sentences(phrases: Phrases) -> list[tuple[str, str, str]]:
    """Every training sentence with its intent and language."""
    random = Random(7)  # noqa: S311  repeatable, not secret
    fillers = {**FILLERS, "s": phrases.subject or ("python",)}
    found: dict[tuple[str, str, str], None] = {}
    for locale, spoken in phrases.locales.items():
        for intent, templates in spoken.intents.items():
            for template in templates:
                for text in expand(template, fillers, _limit(template), random):
                    found[text, intent, locale] = None
                    for rough in _roughened(text, intent, locale, random):
                        found[rough, intent, locale] = None
    spoken: dict[str, list[str]] = {}
    for text, intent, locale in found:
        if locale == "en":
            spoken.setdefault(intent, []).append(text)
    return [*found, *((text, intent, "en") for text, intent in compounds(spoken))]


def _limit(template: str) -> int:
    """More sentences of a template that stands for more."""
    return _FEWEST + _MORE_PER_DOUBLING * size(template).bit_length()


def train(phrases: Phrases, featurize: Featurize, words: Mapping[str, str], task_talk: Set[str], digest: str) -> Model:
    """Fit a softmax classifier to the phrases by stochastic gradient descent."""
    said = sentences(phrases)
    labels = tuple(sorted({intent for _, intent, _ in said}))
    examples = [(featurize(text), labels.index(intent)) for text, intent, _ in said]
    weights = _descend(examples, len(labels))
    templates = frozenset(
        template_key(intent, t) for loc in phrases.locales.values() for intent, ts in loc.intents.items() for t in ts
    )
    packed, scale = _packed(weights, len(labels))
    return Model(labels, packed, scale, words, templates, frozenset(task_talk), digest)


def _descend(examples: list[Example], width: int) -> dict[int, list[float]]:
    random = Random(11)  # noqa: S311  repeatable, not secret
    weights: dict[int, list[float]] = {}
    seen = {row for rows, _ in examples for row in rows}
    for row in seen:
        weights[row] = [0.0] * width
    for epoch in range(_EPOCHS):
        random.shuffle(examples)
        rate = _RATE / (1 + epoch)
        for rows, label in examples:
            _step(weights, rows, label, rate)
    return weights


def _step(weights: Mapping[int, list[float]], rows: Sequence[int], label: int, rate: float) -> None:
    picked = [weights[row] for row in rows]
    factor = 1 / sqrt(len(rows))
    chances = softmax([sum(column) * factor for column in zip(*picked, strict=True)])
    chances[label] -= 1.0
    steps = [(at, rate * factor * slope) for at, slope in enumerate(chances) if slope > 0.004 or slope < -0.004]
    for values in picked:
        for at, step in steps:
            values[at] -= step


def _packed(weights: Mapping[int, list[float]], width: int) -> tuple[bytes, float]:
    peak = max((abs(value) for values in weights.values() for value in values), default=1.0) or 1.0
    scale = peak / 127
    table = bytearray(BUCKETS * width)
    for row, values in weights.items():
        for at, value in enumerate(values):
            table[row * width + at] = round(value / scale) & 0xFF
    return bytes(table), scale


def _roughened(text: str, intent: str, locale: str, random: Random) -> Iterator[str]:
    """The sentence as somebody in a hurry writes it: a word before, a word after, a mark, or a slip."""
    if random.random() < (0.3 if intent in _OFTEN_ASKED else 0.05):
        yield text + "?"
    turn = random.random()
    if locale != "en":
        yield text + ("!" if turn < 0.5 else "?")
    elif turn < 0.1:
        yield f"{random.choice(_OPENINGS)} {text}"
    elif turn < 0.2:
        yield f"{text} {random.choice(_ENDINGS)}"
    elif turn < 0.32:
        words = text.split()
        at = random.randrange(len(words))
        words[at] = _slipped(words[at], random)
        yield " ".join(words)


def _slipped(word: str, random: Random) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    at = random.randrange(1, len(word) - 1)
    if random.random() < 0.5:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
