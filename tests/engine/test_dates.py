"""Dates as people type them: read where they can be meant, refused where no calendar has them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.errors import BadDate
from bot.engine.dates import read_date, within, without_lead

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2027-01-05", date(2027, 1, 5)),
        ("until 2027-1-5", date(2027, 1, 5)),
        ("5.1.2027", date(2027, 1, 5)),
        ("5. 1.", date(2027, 1, 5)),  # a day without a year is the next such day
        ("5 January", date(2027, 1, 5)),
        ("on the 5th of January 2028", date(2028, 1, 5)),
        ("Jan 5, 2027", date(2027, 1, 5)),
        ("december 1st", date(2026, 12, 1)),
        ("30 Nov", TODAY),
        ("29 November", date(2027, 11, 29)),
        ("tomorrow", date(2026, 12, 1)),
        ("Yesterday", date(2026, 11, 29)),
        ("today", TODAY),
    ],
)
def test_a_date_is_read_as_it_was_meant(said: str, meant: date) -> None:
    assert read_date(said, TODAY) == meant


@pytest.mark.parametrize("said", ["", "soon", "5", "week 5", "5 Smarch", "the day after", "2027", "5/1/2027"])
def test_what_is_no_date_is_left_to_others(said: str) -> None:
    assert read_date(said, TODAY) is None


@pytest.mark.parametrize("said", ["2027-02-30", "31.4.2027", "31 June", "2027-13-01", "0 January", "2027-00-10"])
def test_a_date_that_no_calendar_has_is_refused(said: str) -> None:
    with pytest.raises(BadDate):
        read_date(said, TODAY)


def test_both_ends_of_a_span_lie_in_it() -> None:
    last = TODAY + timedelta(days=7)
    assert [within(day, "x", TODAY, last) for day in (TODAY, last)] == [TODAY, last]
    for outside in (TODAY - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(BadDate):
            within(outside, "x", TODAY, last)


def test_the_small_words_before_a_date_fall_away_and_no_others() -> None:
    assert without_lead("until the 5 May") == "5 May"
    assert without_lead("format") == "format"
