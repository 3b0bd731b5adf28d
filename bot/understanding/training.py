"""Trains the classifier from the phrases: plain Python, a fixed seed, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import sqrt
from random import Random

from bot.understanding.corpus import sentences, template_key
from bot.understanding.features import BUCKETS
from bot.understanding.model import Model, softmax
from bot.understanding.phrases import Phrases

Featurize = Callable[[str], list[int]]
_EPOCHS = 6
_WHOLE = (0, 1, 5)
_RATE = 0.9
_NEGLIGIBLE = 0.004
_LEARNED = 0.02


@dataclass(slots=True)
class _Example:
    rows: list[int]
    label: int
    error: float = 1.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of the phrases: all by language, those about tasks, and those of each wish that changes things."""

    words: Mapping[str, str]
    task_talk: Set[str]
    talk: Mapping[str, Set[str]]


def train(phrases: Phrases, featurize: Featurize, spoken: Spoken, digest: str) -> Model:
    """Fit a softmax classifier to the phrases by stochastic gradient descent."""
    said = sentences(phrases)
    labels = tuple(sorted({intent for _, intent in said}))
    examples = [_Example(featurize(text), labels.index(intent)) for text, intent in said]
    packed, scale = _packed(_descend(examples, len(labels)), len(labels))
    talk = {name: frozenset(said) for name, said in spoken.talk.items()}
    keys = _template_keys(phrases)
    return Model(labels, packed, scale, spoken.words, keys, frozenset(spoken.task_talk), talk, digest)


def _template_keys(phrases: Phrases) -> frozenset[int]:
    lines = (line for locale in phrases.locales.values() for line in locale.intents.items())
    return frozenset(template_key(intent, template) for intent, templates in lines for template in templates)


def _descend(examples: list[_Example], width: int) -> dict[int, list[float]]:
    """The weights after some rounds, most of them over those examples only that are not yet learned well."""
    random = Random(11)
    weights = {row: [0.0] * width for example in examples for row in example.rows}
    for epoch in range(_EPOCHS):
        random.shuffle(examples)
        for example in examples:
            if epoch in _WHOLE or example.error > _LEARNED:
                example.error = _step(weights, example.rows, example.label, _RATE / (1 + epoch / 2))
    return weights


def _step(weights: Mapping[int, list[float]], rows: Sequence[int], label: int, rate: float) -> float:
    """Move the weights towards the label of one example; how wrong they were is the answer."""
    picked = [weights[row] for row in rows]
    factor = 1 / sqrt(len(rows))
    slopes = softmax([sum(column) * factor for column in zip(*picked, strict=True)])
    error = 1.0 - slopes[label]
    slopes[label] = -error
    steps = [(at, rate * factor * slope) for at, slope in enumerate(slopes) if abs(slope) > _NEGLIGIBLE]
    for values in picked:
        for at, step in steps:
            values[at] -= step
    return error


def _packed(weights: Mapping[int, list[float]], width: int) -> tuple[bytes, float]:
    """The weights as one signed byte each, and what a byte of one stands for."""
    peak = max((abs(value) for values in weights.values() for value in values), default=1.0) or 1.0
    scale = peak / 127
    table = bytearray(BUCKETS * width)
    for row, values in weights.items():
        table[row * width : row * width + width] = bytes(round(value / scale) & 0xFF for value in values)
    return bytes(table), scale
