"""`milepost capacity`: how long a push takes at each platform's limit."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bot.cli import program


def said(*words: str, round_trip: int = 10) -> str:
    result = CliRunner().invoke(program(), ["capacity", "--round-trip", str(round_trip), *words])
    assert result.exit_code == 0
    return result.output


def test_a_small_push_is_over_at_once_and_needs_no_spreading() -> None:
    lines = said("--learners", "100").splitlines()
    assert lines[0] == "telegram: 0:00:04 for 100 at one instant (29.25 a second)"
    assert [line.partition(":")[0] for line in lines] == ["telegram", "telegram, paid broadcast", "discord"]


def test_a_large_push_is_to_be_spread_so_that_nobody_waits_a_quarter_of_an_hour() -> None:
    by_platform = {load["platform"]: load for load in json.loads(said("--learners", "1000000", "--json"))}
    telegram = by_platform["telegram"]
    assert telegram["lasts"] == pytest.approx(1_000_000 / 29.25, abs=1)
    assert telegram["spread"] * 15 * 60 * telegram["rate"] >= 1_000_000 > (telegram["spread"] - 1) * 15 * 60 * 29.25
    assert by_platform["telegram, paid broadcast"]["lasts"] < 20 * 60
    assert "spread over 38 instants" in said("--learners", "1000000")


def test_a_platform_that_is_slow_to_answer_is_pushed_to_at_the_pace_of_its_answers() -> None:
    slow = said("--learners", "1000", round_trip=200).splitlines()
    assert slow[0] == "telegram: 0:03:20 for 1000 at one instant (5 a second)"


@pytest.mark.parametrize("learners", ["0", "-5", "many"])
def test_a_number_of_learners_that_cannot_be_is_refused(learners: str) -> None:
    assert CliRunner().invoke(program(), ["capacity", "--learners", learners]).exit_code == 2
