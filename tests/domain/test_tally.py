"""How often something may be done within a span."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.tally import Allowance

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
TWICE = Allowance("wrong", 2, HOUR)


def ago(*minutes: int) -> list[datetime]:
    return [NOW - timedelta(minutes=m) for m in minutes]


def test_what_was_done_less_often_than_allowed_may_be_done_now() -> None:
    assert TWICE.free_from(ago(10), NOW) is None
    assert TWICE.left(ago(10), NOW) == 1


def test_what_was_done_as_often_as_allowed_waits_until_the_first_of_them_is_old() -> None:
    assert TWICE.free_from(ago(10, 40), NOW) == NOW + timedelta(minutes=20)
    assert TWICE.left(ago(10, 40), NOW) == 0


def test_it_may_be_done_again_at_that_instant_and_not_before() -> None:
    assert TWICE.free_from(ago(10, 60), NOW) is None
    assert TWICE.free_from([NOW - HOUR + timedelta(milliseconds=1), NOW], NOW) is not None


def test_the_order_in_which_times_come_does_not_matter() -> None:
    assert TWICE.free_from(ago(40, 10, 50), NOW) == TWICE.free_from(ago(50, 40, 10), NOW) == NOW + timedelta(minutes=20)


def test_two_people_and_two_allowances_are_counted_under_names_of_their_own() -> None:
    other = Allowance("made", 2)
    assert len({TWICE.of("ada"), TWICE.of("bo"), other.of("ada")}) == 3
