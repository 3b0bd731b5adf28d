"""What a group is given to talk about: another thing each week, for as long as there is one."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.group import TALKS_KEPT
from bot.engine.discussion import Subject, chosen, mark_of

SUNDAY = date(2026, 12, 6)


def weeks_of(first: list[Subject], rest: list[Subject], count: int) -> list[Subject]:
    """What so many digests in a row ask, with no more remembered than the store keeps."""
    talked: dict[date, str] = {}
    found = []
    for week in range(count):
        on = SUNDAY + timedelta(weeks=week)
        found.append(chosen(first, rest, talked, on))
        talked = {day: mark for day, mark in talked.items() if day > on - TALKS_KEPT} | {on: mark_of(found[-1])}
    return found


def test_nothing_comes_again_within_twelve_weeks_where_there_is_enough() -> None:
    first, rest = [(f"why {n}?",) for n in range(6)], [(f"which {n}?",) for n in range(8)]
    found = weeks_of(first, rest, 40)
    for week in range(40):
        assert found[week] not in found[max(0, week - 12) : week]
    assert set(found[:6]) == set(first)


def test_where_there_is_little_what_lies_back_longest_comes_again() -> None:
    found = weeks_of([("a",), ("b",)], [("c",)], 9)
    for week in range(3, 9):
        assert found[week] == found[week - 3]


def test_a_day_keeps_what_it_was_given_on_every_chat() -> None:
    first = [(f"why {n}?",) for n in range(6)]
    found = chosen(first, [], {}, SUNDAY)
    assert chosen(first[::-1], [], {SUNDAY: mark_of(found)}, SUNDAY) == found


def test_nothing_to_talk_about_is_nothing() -> None:
    assert chosen([], [], {SUNDAY: "x"}, SUNDAY) == ()
