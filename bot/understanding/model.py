"""The linear classifier: one byte for each (feature, intent), summed, and turned into probabilities."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, sqrt
from struct import unpack

_MAGIC = b"MPW3"
_LANE = 4
_OFFSET = 128
_POSITIVE = bytes((value + _OFFSET) % 256 for value in range(256))
"""Turns a signed byte into the same byte counted from -128, so that lanes never borrow from one another."""

_KEPT = 16_384


@dataclass(frozen=True, slots=True)
class Model:
    """Trained weights with the labels they speak for and the words they were trained on.

    `task_talk` are the words by which people say that a task is done; other words name the task. `talk` are the words
    in which each wish to change something is said; a line with others may be about anything.
    """

    labels: tuple[str, ...]
    weights: bytes
    scale: float
    words: Mapping[str, str]
    templates: frozenset[int]
    task_talk: frozenset[str]
    talk: Mapping[str, frozenset[str]]
    digest: str
    lanes: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    def scores(self, rows: Sequence[int]) -> list[float]:
        """How much speaks for each label, in the order of `labels`."""
        width, count = len(self.labels), len(rows)
        total = sum(map(self._lane, rows)).to_bytes(_LANE * width, "little")
        factor = self.scale / sqrt(count or 1)
        return [(lane - _OFFSET * count) * factor for lane in unpack(f"<{width}I", total)]

    def _lane(self, row: int) -> int:
        """A row as one large number with a lane of four bytes for each label: adding rows adds all labels at once."""
        lane = self.lanes.get(row)
        if lane is None:
            width = len(self.labels)
            wide = bytearray(_LANE * width)
            wide[::_LANE] = self.weights[row * width : row * width + width].translate(_POSITIVE)
            lane = int.from_bytes(wide, "little")
            if len(self.lanes) >= _KEPT:
                self.lanes.clear()
            self.lanes[row] = lane
        return lane

    def probabilities(self, rows: Sequence[int]) -> dict[str, float]:
        """The chance of each label, likeliest first."""
        found = softmax(self.scores(rows))
        return dict(sorted(zip(self.labels, found, strict=True), key=lambda pair: -pair[1]))


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as chances that sum to one."""
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def dump(model: Model) -> bytes:
    """A model as the bytes of a file."""
    header = json.dumps(
        {"labels": model.labels, "scale": model.scale, "words": model.words, "templates": sorted(model.templates),
         "task_talk": sorted(model.task_talk), "talk": {name: sorted(said) for name, said in model.talk.items()},
         "digest": model.digest}, ensure_ascii=False, separators=(",", ":"))  # fmt: skip
    packed = zlib.compress(header.encode(), 9)
    return _MAGIC + len(packed).to_bytes(4, "big") + packed + zlib.compress(model.weights, 9)


def load(data: bytes) -> Model:
    """The model in the bytes of a file; ValueError when they are something else."""
    if data[:4] != _MAGIC:
        raise ValueError("content/phrases/shared/model.bin is not a phrase model; run `make phrases` to make it")
    end = 8 + int.from_bytes(data[4:8], "big")
    header = json.loads(zlib.decompress(data[8:end]))
    return Model(tuple(header["labels"]), zlib.decompress(data[end:]), header["scale"], header["words"],
                 frozenset(header["templates"]), frozenset(header["task_talk"]),
                 {name: frozenset(said) for name, said in header["talk"].items()}, header["digest"])  # fmt: skip
