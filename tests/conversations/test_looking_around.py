"""Help, the inside of a roadmap, and words that must not read as a reproach."""

from __future__ import annotations

import pytest

from tests.talk import Talk


async def test_help_is_short_and_every_command_with_a_menu_line_is_one_tap_away(talk: Talk) -> None:
    await talk.enroll()
    assert len((await talk.say("help")).splitlines()) < 15
    pages = [label for label in talk.labels if label.startswith(("Your", "Learning", "Settings"))]
    text = ""
    for page in pages:
        await talk.say("help")
        shown = await talk.tap(page)
        assert len(shown.splitlines()) < 15
        text += shown
    wanted = ("switch", "hours", "from", "zone", "mydata", "forget", "quick", "stuck", "resources", "project", "quiz")
    assert [name for name in wanted if f"**{name}**" not in text] == []


@pytest.mark.parametrize("roadmap", ["ml-engineer-40", "full-stack-ml-36"])
async def test_a_roadmap_can_be_leafed_through_before_it_is_picked(talk: Talk, roadmap: str) -> None:
    found = talk.app.catalog.roadmap(roadmap)
    text = await talk.say(f"roadmap {roadmap}")
    for _ in range(20):
        if "Next" not in talk.labels:
            break
        text += await talk.tap("Next")
    for phase in found.phases:
        assert phase.title in text
        assert all(part in text for part in (phase.goal[:20], phase.focus[:20], phase.milestone[:20]))
    assert all(principle[:30] in text for principle in found.principles)
    assert all(row.category in text for row in found.stack)
    assert all(need[:20] in text for need in found.prerequisites)


async def test_advice_that_aged_says_so_where_it_stands(talk: Talk) -> None:
    await talk.enroll()
    text = await talk.say("week 5")
    assert "deploy to Heroku" in text
    assert "ended its free plans" in text
    assert "Automate the Boring Stuff" not in await talk.say("week 1")


async def test_a_push_to_somebody_silent_is_one_small_step_and_new_dates(talk: Talk) -> None:
    await talk.enroll()
    pushed = await talk.wait(days=30)
    assert "Learn:" in pushed[0]
    assert all("fifteen minutes" in text for text in pushed[1:])
    assert all("0 of" not in text and len(text.splitlines()) < 10 for text in pushed[1:])
    assert "Move my dates" in [b.label for row in talk.mailbox.pushes[-1].message.buttons for b in row]
    await talk.say("redate")
    assert "Learn:" in (await talk.wait(days=7))[0]


async def test_who_marks_something_gets_the_whole_week_again(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=16)
    await talk.say("done 1")
    assert "Learn:" in (await talk.wait(days=7))[0]


async def test_the_end_of_an_untouched_plan_counts_no_zeros(talk: Talk) -> None:
    await talk.enroll()
    pushed = await talk.wait(weeks=37)
    assert "0 " not in pushed[-1].split("are over today")[1]


async def test_missed_plans_are_the_mentors_own_fault(talk: Talk) -> None:
    await talk.enroll()
    text = (await talk.sleep_through(days=24))[0]
    assert "I missed sending 2 earlier plans" in text


async def test_the_second_week_of_a_range_says_what_is_from_the_first(talk: Talk) -> None:
    await talk.say("begin ml-engineer-40")
    await talk.say("zone Berlin")
    for number in range(1, 15):
        await talk.say(f"done all of week {number}")
    pushed = await talk.wait(weeks=15, days=1)
    second = next(text for text in pushed if "second week of 15" in text)
    assert "from last week" in second


async def test_reopened_tasks_are_named_in_their_order(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 3, 1 and 2")
    week = talk.app.catalog.roadmap("full-stack-ml-36").week(1)
    assert week is not None
    text = await talk.say("undo")
    places = [text.index(task.title) for task in week.tasks[:3]]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("said", "told"),
    [("start full-stack-ml-36", "Full-Stack ML**, 36 weeks at about 25"),
     ("start ml engineer 5 January 2027 10 hours", "begins Tue 5 Jan"),
     ("start ml-engineer-40 2027-01-05 10", "at about 10 hours"),
     ("start full-stack", "Full-Stack ML**")],
)  # fmt: skip
async def test_start_does_all_that_was_said_after_it(talk: Talk, said: str, told: str) -> None:
    assert told in await talk.say(said)
    assert talk.last[0].template == "enrolled"


async def test_a_start_date_said_before_the_roadmap_is_kept(talk: Talk) -> None:
    await talk.say("start on 5 January 2027")
    assert "begins Tue 5 Jan" in await talk.tap("ML Engineer (40 weeks)")


@pytest.mark.parametrize(
    ("said", "template"),
    [("start 1970-01-01", "refused_date"), ("start nowhere-99", "refused_roadmap"),
     ("start 2027-02-30", "refused_date"),
     ("start ml-engineer-40 900", "refused_hours")],
)  # fmt: skip
async def test_a_start_that_cannot_be_is_refused(talk: Talk, said: str, template: str) -> None:
    await talk.say(said)
    assert talk.last[0].template == template


async def test_other_words_after_start_are_only_talk(talk: Talk) -> None:
    assert "Milepost" in await talk.say("start please")


async def test_hours_on_offer_are_the_roadmaps_own_and_half(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("hours 12")
    await talk.say("from 2026-12-05")
    offered = [label for label in talk.labels if "h a week" in label]
    assert offered == ["10 h a week", "20 h a week", "25 h a week"]
