"""Dates, reminders and pushes: what is promised comes, once, and what cannot be is refused kindly."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.enrollment import Enrollment
from tests.talk import Talk


async def pushed_weeks(talk: Talk, **length: float) -> list[str]:
    return [text.splitlines()[0].split(" of ")[0] for text in await talk.wait(**length)]


@pytest.mark.parametrize("start", ["2026-12-01", "2026-12-05", "2026-12-07"])
async def test_the_day_that_was_chosen_is_the_day_on_the_card_in_the_plan_and_of_the_first_push(
    talk: Talk, start: str
) -> None:
    day = date.fromisoformat(start)
    shown = f"{day:%a} {day.day} Dec"
    assert f"begins {shown}" in await talk.say(f"begin ml-engineer-40 12 {start}")
    await talk.say("zone Berlin")
    assert f"{shown} · week 1" in await talk.say("plan")
    await talk.wait(days=40)
    days = [push.delivery.local_date for push in talk.mailbox.pushes]
    assert days[0] == day
    assert [f"Week {n} of" in push.message.text for n, push in enumerate(talk.mailbox.pushes, 1)] == [True] * len(days)
    assert all(later.weekday() == 0 for later in days[1:])


async def test_a_zone_set_on_the_chosen_day_does_not_lose_the_first_push(talk: Talk) -> None:
    await talk.say("begin ml-engineer-40 12 2026-12-01")
    await talk.say("zone Berlin")
    await talk.wait(hours=18)
    await talk.say("zone London")
    assert await pushed_weeks(talk, days=2) == ["**Week 1"]


async def test_changing_the_day_sends_no_week_twice_and_loses_none(talk: Talk) -> None:
    await talk.enroll()
    weeks = await pushed_weeks(talk, days=7, hours=1)
    for day in ("tue", "wed", "fri", "mon", "sun"):
        await talk.say(f"at {day}")
        weeks += await pushed_weeks(talk, days=2)
    weeks += await pushed_weeks(talk, days=30)
    assert weeks == [f"**Week {number}" for number in range(2, 2 + len(weeks))]


async def test_a_later_hour_after_todays_plan_promises_next_weeks(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=7, hours=1)
    assert "Next: Mon 14 Dec, 15:00" in await talk.say("at mon 15:00")
    assert await talk.wait(days=6) == []
    assert len(await talk.wait(hours=30)) == 1


async def test_a_zone_where_it_is_still_earlier_sends_todays_plan_no_second_time(talk: Talk) -> None:
    await talk.enroll(zone="Tokyo")
    await talk.wait(days=7, hours=1)
    count = len(talk.mailbox.pushes)
    assert "Mon 14 Dec" in await talk.say("zone Los Angeles")
    assert await talk.wait(days=6) == []
    assert len(talk.mailbox.pushes) == count


@pytest.mark.parametrize(("first", "way_back"), [(["pause"], "I'm back"), (["finish", "Finish here"], "Progress")])
async def test_no_reminder_is_promised_that_would_not_come(talk: Talk, first: list[str], way_back: str) -> None:
    await talk.enroll()
    for words in first:
        await talk.say(words)
    assert "remind you once" not in await talk.say("snooze")
    assert way_back in talk.labels


async def test_a_new_reminder_takes_the_place_of_the_one_before(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("later")
    await talk.tap("Tomorrow instead")
    await talk.say("later")
    await talk.say("snooze tomorrow")
    pushed = await talk.wait(days=3)
    assert [text.count("You asked me to remind you") for text in pushed] == [1]


async def test_the_same_hour_can_be_asked_for_again_after_a_pause(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("later")
    await talk.say("pause")
    await talk.say("resume")
    await talk.say("later")
    assert len(await talk.wait(days=1)) == 1


async def test_undo_takes_back_a_reminder_and_not_the_task_before_it(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1")
    await talk.say("later")
    assert "reminder" in await talk.say("undo")
    assert "1 of 211 tasks" in await talk.say("progress")
    assert await talk.wait(days=2) == []


async def test_a_pause_taken_back_brings_the_reminder_back(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("later")
    await talk.say("pause")
    await talk.say("undo")
    pushed = await talk.wait(days=1)
    assert [text.count("You asked me to remind you") for text in pushed] == [1]


async def test_a_reminder_that_has_come_is_not_called_taken_back(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1")
    await talk.say("later")
    await talk.wait(days=1)
    text = await talk.say("undo")
    assert text.startswith("No reminder is waiting any more")
    assert "Open again" in text
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_a_reminder_that_another_one_replaced_is_not_taken_back_a_second_time(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1")
    await talk.say("later")
    await talk.say("snooze tomorrow")
    assert "reminder is taken back" in await talk.say("undo")
    assert "Open again" in await talk.say("undo")


async def test_an_undo_too_many_asks_before_it_leads_off_the_roadmap(talk: Talk) -> None:
    await talk.say("begin full-stack-ml-36")
    assert "Full-Stack ML" in await talk.say("undo")
    assert "0 of 211 tasks" in await talk.say("progress")
    await talk.say("undo")
    assert "on no roadmap" in await talk.tap("Stop this plan")


@pytest.mark.parametrize(
    "said",
    ["pause 2027-13-45", "pause until 2027-02-30", "pause until yesterday", "pause until 31 February",
     "pause until 30.02.2027", "pause 99999999999", "snooze until 2020-01-01", "remind me in 500 days",
     "from 2027-02-30", "from 1970-01-01"],
)  # fmt: skip
async def test_a_day_that_cannot_be_is_refused_with_one_that_can(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say(said)
    assert talk.last[0].template == "refused_date"
    assert talk.labels
    assert "Paused" not in await talk.say("progress")


@pytest.mark.parametrize("said", ["from 1970-01-01", "start 1970-01-01", "from 2027-02-30"])
async def test_a_day_that_cannot_be_moves_no_dates_of_a_plan_under_way(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say("done 1")
    before = await talk.say("plan")
    await talk.say(said)
    assert talk.last[0].template == "refused_date"
    assert await talk.say("plan") == before


async def test_a_later_beginning_of_a_plan_under_way_is_a_pause_until_then(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1")
    assert "You'll hear from me Mon 14 Dec" in await talk.say("from 2026-12-14")
    assert await talk.wait(days=13) == []
    assert len(await talk.wait(days=2)) == 1


async def test_a_plan_under_way_that_begins_today_is_moved_to_today(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1")
    assert "week 1 runs now" in await talk.say("from today")


@pytest.mark.parametrize("said", ["hours -5", "hours 1e309", "hours 1000", "hours 0"])
async def test_hours_that_no_week_has_are_refused(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say(said)
    assert talk.last[0].template == "refused_hours"


async def test_half_an_hour_more_is_kept(talk: Talk) -> None:
    await talk.enroll()
    assert "10.5 hours" in await talk.say("hours 10.5")


@pytest.mark.parametrize("said", ["week -3", "week abc", "week 1e9", "week 15.5", "week " + "9" * 300])
async def test_a_week_that_is_no_number_is_refused(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say(said)
    assert talk.last[0].template == "refused_week"
    assert talk.labels


async def test_a_place_where_nobody_lives_is_no_zone(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("zone Factory")
    assert talk.last[0].template == "refused_zone"


async def test_a_day_by_itself_asks_before_the_plan_moves(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("sunday")
    assert talk.labels == ["Plan on Sun", "No, leave it"]
    assert "Sundays" in await talk.tap("Plan on Sun")


@pytest.mark.parametrize("said", ["quiet off", "quiet 09:00 09:00", "quiet never"])
async def test_no_quiet_hours_are_called_so(talk: Talk, said: str) -> None:
    await talk.enroll()
    assert "No quiet hours" in await talk.say(said)


async def test_quiet_hours_may_be_written_without_colons(talk: Talk) -> None:
    await talk.enroll()
    assert "09:00 to 10:00" in await talk.say("quiet 0900 1000")


async def test_a_short_pause_says_why_it_ends_on_a_plan_day(talk: Talk) -> None:
    await talk.enroll()
    assert "first plan day from Thu 3 Dec on" in await talk.say("pause 3 days")


@pytest.mark.parametrize("said", ["weekday tue", "week 2 done", "quiet", "undo 7 of it"])
async def test_no_choice_has_an_empty_place_in_its_label(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say(said)
    assert not [label for label in talk.labels if "  " in label or label.endswith(" ")]


async def test_hours_changed_on_the_way_are_no_second_welcome(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=15)
    text = await talk.say("hours 12")
    assert "You're in" not in text
    assert "week 3" in text


async def test_a_first_week_done_early_says_when_the_plan_begins(talk: Talk) -> None:
    await talk.say("begin full-stack-ml-36 20 2026-12-07")
    await talk.say("zone Berlin")
    await talk.say("done all")
    assert "plan begins Mon 7 Dec" in await talk.say("next")


async def test_resuming_what_is_finished_is_not_called_running(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("finish")
    await talk.tap("Finish here")
    assert "running" not in await talk.say("resume")


async def test_the_last_weeks_plan_promises_no_other(talk: Talk) -> None:
    await talk.enroll()
    pushed = await talk.wait(weeks=37)
    assert "Next plan" not in pushed[-2]
    assert "Next plan" in pushed[-3]


@pytest.mark.parametrize("said", ["switch roadmap", "switch my roadmap"])
async def test_a_word_for_roadmaps_is_no_roadmaps_name(talk: Talk, said: str) -> None:
    await talk.enroll()
    await talk.say(said)
    assert talk.last[0].template == "switch"


@pytest.mark.parametrize("said", ["switch ml-engineer-40", "switch ML Engineer", "switch to ml engineer"])
async def test_a_roadmap_that_is_named_is_the_one_to_confirm(talk: Talk, said: str) -> None:
    await talk.enroll()
    assert "Shall I put you on ML Engineer" in await talk.say(said)
    assert talk.labels == ["ML Engineer (40 weeks)", "Stay where I am"]
    await talk.say("yes")
    assert (await plan_of(talk)).roadmap_id == "ml-engineer-40"


async def plan_of(talk: Talk) -> Enrollment:
    async with talk.app.store.work() as work:
        learner = await work.learner_of("test", "ada")
        assert learner is not None
        found = await work.current_enrollment(learner.id)
        assert found is not None
        return found


async def test_whoever_begins_now_after_all_gives_up_the_later_start(talk: Talk) -> None:
    await talk.say("start ml-engineer-40 2027-01-05")
    await talk.say("zone Berlin")
    await talk.say("redate")
    plan = await talk.say("plan")
    assert "5 Jan" not in plan
    assert "Mon 30 Nov" in plan


@pytest.mark.parametrize(
    "line",
    ["pause until 15 March 2027", "pause until 15 March", "pause till 15.3.2027", "Pause until the 15th of March",
     "pause until March 15, 2027", "I'm away till 15.3.2027", "please pause until 15.03.2027"],
)  # fmt: skip
async def test_a_pause_lasts_until_the_day_that_was_said_however_it_is_written(talk: Talk, line: str) -> None:
    await talk.enroll()
    said = await talk.say(line)
    assert "You'll hear from me Mon 15 Mar" in said
    assert "Which one" not in said


async def test_a_pause_until_a_day_that_no_calendar_has_is_refused(talk: Talk) -> None:
    await talk.enroll()
    assert "won't do" in await talk.say("pause until 31 April")
    assert "nothing was paused" in await talk.say("resume")


@pytest.mark.parametrize("line", ["remind me on 5 December", "snooze until 5 Dec 2026", "snooze 2026-12-05"])
async def test_a_reminder_comes_in_the_evening_of_the_day_that_was_said(talk: Talk, line: str) -> None:
    await talk.enroll()
    assert "Sat 5 Dec, 18:30" in await talk.say(line)
