"""The figures that were promised hold on the lines that nothing was tuned on."""

from __future__ import annotations

import pytest

from bot.understanding.reader import Reader
from tests.understanding.evaluate import SETS, figures, run, shortfalls
from tests.understanding.scoring import judge, read_lines

SETS_READ = ["test", "blind", "strangers", "messy", "messy_again", "onlooker", "passerby", "passerby_again"]


@pytest.mark.parametrize("name", SETS_READ)
def test_the_floors_hold(reader: Reader, name: str) -> None:
    verdicts, _ = run(reader, read_lines(SETS / f"{name}.jsonl"))
    assert shortfalls(figures(verdicts)) == []


def test_confidence_is_honest(reader: Reader) -> None:
    """Of the answers given as more than nine in ten, more than nine in ten are right."""
    lines = [line for name in ("test", "blind") for line in read_lines(SETS / f"{name}.jsonl")]
    verdicts = [judge(line, reader.read(line.text)) for line in lines if not line.must_not]
    sure = [verdict.right for verdict in verdicts if verdict.understood.confidence > 0.9]
    assert len(sure) > 200
    assert sum(sure) / len(sure) > 0.9
