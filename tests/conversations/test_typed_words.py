"""Words typed as they stand: milestones, help's pages, yes where it is no answer, and the wish to give up."""

from __future__ import annotations

import re

import pytest

import bot.commands
from bot.commands.help import listed, typed
from bot.engine.registry import Registry
from tests.shared import content
from tests.talk import Talk


@pytest.mark.parametrize("said", ["milestones", "Milestones?", "milestone", "/milestones"])
async def test_milestones_are_shown_with_the_one_on_the_way(talk: Talk, said: str) -> None:
    await talk.enroll("full-stack-ml-36")
    text = await talk.say(said)
    assert talk.last[0].template == "milestones"
    roadmap = talk.app.mentor.catalog.roadmap("full-stack-ml-36")
    assert all(str(phase.milestone or phase.goal or phase.focus) in text for phase in roadmap.phases)
    assert text.index("on the way") < text.index("Weeks", text.index("Weeks") + 1)


async def test_a_phase_that_is_done_has_its_tick(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    for week in range(1, 9):
        await talk.say(f"done all of week {week}")
    text = await talk.say("milestones")
    assert "✓ Weeks 1-8" in text
    assert text.count("✓") == 1


async def test_milestones_without_a_plan_ask_of_which_roadmap(talk: Talk) -> None:
    await talk.say("milestones")
    assert talk.last[0].template == "roadmap_which"
    text = await talk.tap(talk.labels[0])
    assert text.startswith("**Milestones of")


async def test_tools_open_their_page_of_the_roadmap(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    assert "GitHub Actions" in await talk.say("tools")


async def test_help_shows_commands_as_they_are_typed() -> None:
    registry = Registry.discover(bot.commands)
    for commands in listed().values():
        for command in commands:
            assert "_" not in typed(command)
            found = registry.parse_line(typed(command))
            assert found is not None or command.args[0].required
            assert found is None or found[0] is command


async def test_no_page_of_help_has_a_raw_name(talk: Talk) -> None:
    await talk.enroll()
    for page in listed():
        assert not re.search(r"\*\*\w+\\?_\w+\*\*", await talk.say(f"help {page}"))


@pytest.mark.parametrize("said", ["yes", "ok", "Yes!"])
async def test_a_yes_to_where_are_you_asks_for_the_city_and_stays_open(talk: Talk, said: str) -> None:
    await talk.say("begin ml-engineer-40")
    for _ in range(2):
        await talk.say(said)
        assert talk.last[0].template == "ask_zone"
    assert "Lisbon it is" in await talk.say("Lisbon")


@pytest.mark.parametrize("question", ["at", "hours", "quiet", "zone"])
async def test_a_question_asked_twice_still_hears_no(talk: Talk, question: str) -> None:
    await talk.enroll()
    await talk.say(question)
    await talk.say(question)
    await talk.say("no")
    assert talk.last[0].template == "left_alone"


@pytest.mark.parametrize(
    "said",
    ["I feel like giving up", "i want to quit", "I want to give up.", "I\u2019m thinking about quitting", "i give up",
     "maybe I should quit", "i can't do this", "I cant do this", "I'm too stupid for this",
     "im not smart enough", "should i quit?", "I really want to drop out", "I'm giving up"],
)  # fmt: skip
async def test_who_is_close_to_giving_up_hears_something_kind_and_one_small_step(talk: Talk, said: str) -> None:
    await talk.enroll()
    text = await talk.say(said)
    assert talk.last[0].template == "giving_up"
    assert "fifteen minutes" in text
    assert "Your place is kept" in text
    assert talk.labels == ["Start 1", "Pause", "Stuck"]
    assert "0 of 211 tasks" in await talk.say("progress")


@pytest.mark.parametrize(
    "said", ["quit", "quit the quiz", "stop", "how do I quit vim", "give up this task", "i want to quit the group",
             "should I drop outliers", "i should give up smoking"]
)  # fmt: skip
def test_other_lines_with_those_words_are_not_taken_for_it(said: str) -> None:
    assert content().sentences.command_in(said) == ""


async def test_somebody_paused_is_not_offered_a_pause_again(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("pause")
    assert "stay paused" in await talk.say("i want to quit")
    assert "Pause" not in talk.labels


async def test_all_of_a_ranges_first_week_is_that_weeks_own_whenever_it_is_said(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    for first in (15, 37):
        text = await talk.say(f"done all of week {first}")
        roadmap = talk.app.mentor.catalog.roadmap("ml-engineer-40")
        week = roadmap.week(first)
        assert week is not None
        mine = [n for n, task in enumerate(week.tasks, 1) if task.part == 1]
        assert f": {', '.join(map(str, mine))}." in text
        assert f"belong to week {first + 1}" in text
        assert "open tasks" in await talk.say(f"done all of week {first}")
        await talk.tap(f"All of week {first + 1}")
        assert week.label in talk.last[0].text


async def test_all_of_a_ranges_second_week_is_whatever_is_open_in_the_range(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    assert "1, 2, 3, 4, 5, 6, 7" in await talk.say("done all of week 38")


async def test_all_said_twice_in_a_ranges_first_week_marks_nothing_of_the_second(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.wait(weeks=14)
    await talk.say("week 15")
    assert ": 1, 2, 3." in await talk.say("done all")
    await talk.say("done all")
    assert talk.last[0].template == "already_done"
    assert "All of week 16" in talk.labels


async def test_all_but_one_of_a_week_that_is_named_marks_that_week(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("week 25")
    text = await talk.say("done all of week 3 except 1")
    assert text.startswith("Done in week 3: 2, 3, 4, 5.")


@pytest.mark.parametrize("said", ["pick 1", "pick ML Engineer", "choose ml-engineer-40", "Pick 1"])
async def test_a_roadmap_is_picked_by_its_number_or_name(talk: Talk, said: str) -> None:
    await talk.say("start")
    assert "You're in, Ada: **ML Engineer**" in await talk.say(said)


@pytest.mark.parametrize("said", ["pick", "pick 9", "pick one", "choose knitting"])
async def test_a_pick_of_nothing_shows_what_there_is(talk: Talk, said: str) -> None:
    await talk.say(said)
    assert talk.last[0].template == "welcome"
    assert len(talk.labels) == 2
