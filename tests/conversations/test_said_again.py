"""What is said twice is done once; what changes later leaves what was said before true."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.errors import BadDate
from bot.engine.dates import read_date
from tests.talk import Talk


async def test_a_number_said_twice_marks_no_task_of_the_next_week(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.wait(days=7, hours=1)
    await talk.say("done all of week 1")
    await talk.say("week 2")
    assert "all of week 2" in await talk.say("done all")
    assert "Already done" in await talk.say("done 3")
    assert "Nothing changed" in await talk.say("done all")
    await talk.say("next")
    assert "in week 3" in await talk.say("done 1")


async def test_a_plan_after_the_one_before_means_its_own_numbers(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("done all")
    await talk.wait(days=7, hours=1)
    assert "in week 2" in await talk.say("done 1")


async def test_more_hours_in_the_middle_of_a_slow_week_lose_no_weeks_plan(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("hours 5")
    await talk.wait(days=8)
    assert "week 1 goes on as it is" in await talk.say("hours 12")
    assert (await talk.say("week")).startswith("**Week 1 of")
    assert [text.splitlines()[0][:8] for text in await talk.wait(days=14)] == ["**Week 2", "**Week 3"]


async def test_the_second_plan_of_a_slow_week_does_not_begin_it_again(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("hours 5")
    (second,) = await talk.wait(days=8)
    assert "part 2 of 2" in second
    assert "Week 1 goes on" in second
    assert "begins today" not in second


async def test_an_open_week_is_never_dated_before_the_plan_began(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.wait(days=8)
    await talk.say("hours 3")
    assert "week 1, open since Mon 30 Nov" in (await talk.wait(days=21))[-1]


async def test_weeks_left_behind_on_purpose_stay_behind_on_the_way_back_from_another_roadmap(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.wait(days=30)
    await talk.press("skip")
    await talk.press("begin full-stack-ml-36")
    assert "in week 5" in await talk.press("switch ml-engineer-40")
    assert "Week 5 begins with it" in await talk.say("next")


async def test_the_look_back_comes_late_where_nothing_ran_on_its_day_and_says_so(talk: Talk) -> None:
    await talk.enroll("full-stack-ml-36")
    (late,) = await talk.sleep_through(weeks=60)
    assert "This was due Mon 9 Aug" in late
    assert "36 weeks of Full-Stack ML are over." in late
    assert await talk.wait(weeks=3) == []


def test_a_29th_of_february_that_is_over_is_refused_and_breaks_nothing() -> None:
    assert read_date("29 feb", date(2028, 2, 1)) == date(2028, 2, 29)
    with pytest.raises(BadDate):
        read_date("29 feb", date(2028, 3, 1))


async def test_after_one_small_step_was_pushed_its_number_means_that_step(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    small = (await talk.wait(days=29))[-1]
    assert "Your own place is week 1" in small
    assert "in week 1" in await talk.say("done 1")
    assert "in week 1" in await talk.say("done 2")


async def test_whatever_moves_the_next_plan_says_when_it_comes(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.wait(days=24)
    assert "Next plan: Mon 28 Dec, 12:00" in await talk.say("quiet 08:00 12:00")
    assert "Next plan" not in await talk.say("quiet 08:00 12:00")
    assert "Next plan: Mon 28 Dec, 09:00 Berlin" in await talk.say("undo")
    await talk.say("zone Tokyo")
    assert "Next plan: Mon 28 Dec, 09:00 Berlin" in await talk.say("undo")
    assert "Next plan: Mon 28 Dec, 09:00" in await talk.press("redate")
    assert "Next plan" not in await talk.say("undo")
    await talk.say("pause")
    assert "Next plan: Mon 28 Dec, 09:00" in await talk.say("undo")
    await talk.press("begin full-stack-ml-36")
    assert "Next plan: Mon 28 Dec, 09:00" in await talk.press("switch ml-engineer-40")
