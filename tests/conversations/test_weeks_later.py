"""Pushes, falling behind, pausing, coming back, changing one's mind."""

from __future__ import annotations

from pathlib import Path

from tests.talk import Talk, talking


async def test_the_weeks_plan_comes_on_monday_at_nine_local_time(talk: Talk) -> None:
    await talk.enroll()
    pushed = await talk.wait(days=8)
    assert len(pushed) == 1
    assert "Week 2 of 36" in pushed[0]
    assert "Next plan: Mon 14 Dec, 09:00 Berlin" in pushed[0]


async def test_after_days_of_downtime_one_late_plan_comes_and_says_so(talk: Talk) -> None:
    await talk.enroll()
    pushed = await talk.sleep_through(days=24)
    assert len(pushed) == 1
    assert "This was due" in pushed[0]
    assert "2 earlier plans" in pushed[0]
    assert len(await talk.wait(days=7)) == 1


async def test_a_plan_is_not_sent_again_after_a_restart(tmp_path: Path) -> None:
    database = tmp_path / "milepost.db"
    async with talking(database) as talk:
        await talk.enroll()
        await talk.wait(days=7, hours=1)
        now = talk.clock.now()
        assert len(talk.mailbox.pushes) == 1
    async with talking(database, now) as talk:
        assert await talk.sleep_through(hours=1) == []


async def test_quiet_hours_put_a_plan_off(talk: Talk) -> None:
    await talk.enroll()
    text = await talk.say("at mon 05:30")
    assert "quiet hours" in text
    await talk.wait(days=8)
    at = talk.mailbox.pushes[0].delivery.due_at
    assert (at.hour, at.minute) == (6, 0)  # seven in the morning in Berlin


async def test_behind_the_plan_there_is_one_small_step_and_a_way_out(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=15)
    text = await talk.say("what's next?")
    assert "One step from week 1" in text
    assert text.count("week 1") == 1
    assert {"Move my dates", "Skip to week 3"} <= set(talk.labels)


async def test_moving_the_dates_leaves_nothing_late_and_can_be_undone(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=15)
    text = await talk.say("redate")
    assert "nothing is late" in text
    assert "it was Sun 8 Aug 2027" in text
    assert "One step from" not in await talk.say("next")
    await talk.say("undo")
    assert "One step from week 1" in await talk.say("next")


async def test_skipping_ahead_does_not_bring_the_old_up_again(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=15)
    await talk.say("next")
    assert "On with week 3" in await talk.tap("Skip to week 3")
    assert "week 1" not in await talk.say("next")


async def test_a_pause_sends_nothing_and_loses_no_week(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=8)
    assert "week 2" in await talk.say("pause")
    assert await talk.wait(days=60) == []
    assert "Week 2" in await talk.say("resume")
    assert "week 2" in (await talk.say("week")).lower()


async def test_a_pause_with_an_end_ends_by_itself(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=8)
    await talk.say("pause 2027-01-04")
    pushed = await talk.wait(days=30)
    assert "Week 2 of 36" in pushed[0]
    assert talk.mailbox.pushes[1].delivery.local_date.isoformat() == "2027-01-04"


async def test_a_reminder_comes_once_when_asked_for(talk: Talk) -> None:
    await talk.enroll()
    assert "Mon 30 Nov, 18:30" in await talk.say("later")
    pushed = await talk.wait(hours=20)
    assert len(pushed) == 1
    assert "You asked me to remind you" in pushed[0]


async def test_the_other_roadmap_keeps_this_ones_progress(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1 2")
    await talk.say("begin ml-engineer-40")
    assert "0 of" in await talk.say("progress")
    assert "week 1" in await talk.say("switch full-stack-ml-36")
    assert "2 of 211 tasks" in await talk.say("progress")


async def test_half_the_hours_take_twice_the_time(talk: Talk) -> None:
    await talk.enroll()
    text = await talk.say("hours 10")
    assert "about 2 of yours" in text
    pushed = await talk.wait(days=15)
    assert "part 2 of 2" in pushed[0]
    assert "Week 2 of 36" in pushed[1]


async def test_the_last_task_ends_the_roadmap_and_the_pushes(talk: Talk) -> None:
    await talk.enroll()
    for number in range(1, 37):
        text = await talk.say(f"week {number}") and await _all_of(talk, number)
    assert "You finished" in text
    assert "100 %" in await talk.say("progress")
    assert await talk.wait(days=30) == []


async def _all_of(talk: Talk, number: int) -> str:
    week = talk.app.catalog.roadmap("full-stack-ml-36").week(number)
    assert week is not None
    return await talk.say("done " + " ".join(task.id for task in week.tasks))


async def test_an_unfinished_plan_ends_with_an_offer_of_new_dates(talk: Talk) -> None:
    await talk.enroll()
    pushed = await talk.wait(weeks=37)
    assert len(pushed) == 36
    assert "are over today" in pushed[-1]
    await talk.say("redate")
    assert len(await talk.wait(weeks=2)) == 2


async def test_another_weekday_moves_the_weeks_with_it(talk: Talk) -> None:
    await talk.enroll()
    assert "Wednesdays at 19:00" in await talk.say("at wed 19:00")
    await talk.wait(days=10)
    first = talk.mailbox.pushes[0].delivery
    assert first.local_date.weekday() == 2
    assert first.due_at.hour == 18


async def test_deleting_asks_first_and_then_leaves_nothing(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1")
    assert "can't be undone" in await talk.say("forget")
    assert "1 of 211 tasks" in await talk.say("progress")
    await talk.say("forget")
    assert "deleted" in await talk.tap("Delete everything")
    assert await talk.wait(days=20) == []
    assert "Pick one" in await talk.say("hi")


async def test_the_copy_of_my_data_holds_what_i_did(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1")
    await talk.say("mydata")
    assert b"python-core-syntax" in talk.last[0].files[0].content


async def test_feeling_late_offers_ways_on_and_changes_nothing(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=15)
    before = await talk.say("plan")
    text = await talk.say("i am so far behind")
    assert "None of it is a debt" in text
    assert {"What's next?", "Move my dates", "Skip to week 3"} == set(talk.labels)
    assert await talk.say("plan") == before
