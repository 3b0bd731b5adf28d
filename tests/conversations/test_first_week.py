"""From hello through a first week, as a learner reads it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.message import Sender
from bot.rendering.markup import plain
from tests.talk import Talk


async def test_hello_offers_the_roadmaps(talk: Talk) -> None:
    text = await talk.say("hi")
    assert "Ada" in text
    assert "Full-Stack ML** · 36 weeks" in text
    assert len(text.splitlines()) < 8
    assert any("36 weeks" in label for label in talk.labels)


async def test_picking_a_roadmap_is_one_tap_and_shows_dates_at_once(talk: Talk) -> None:
    await talk.say("start")
    text = await talk.press("begin full-stack-ml-36")
    assert "Sun 8 Aug 2027" in text
    assert "where are you?" in text


async def test_a_city_answers_the_question_where_are_you(talk: Talk) -> None:
    await talk.say("begin full-stack-ml-36")
    text = await talk.say("Berlin")
    assert "09:00 for you now" in text


async def test_a_place_nobody_knows_is_named_and_changes_nothing(talk: Talk) -> None:
    await talk.say("begin full-stack-ml-36")
    text = await talk.say("zone Xyzzy")
    assert '"Xyzzy"' in text
    assert talk.last[0].template == "refused_zone"


async def test_whats_next_asked_twice_says_the_same(talk: Talk) -> None:
    await talk.enroll()
    first = await talk.say("what's next?")
    assert first == await talk.say("what's next?")
    assert "First step, 15 minutes" in first


async def test_done_by_number_moves_on_and_undo_takes_it_back(talk: Talk) -> None:
    await talk.enroll()
    before = await talk.say("next")
    assert "Done: 1" in await talk.say("done 1")
    assert "Next: 2" in await talk.say("next")
    await talk.say("undo")
    assert await talk.say("next") == before


async def test_several_done_at_once_are_undone_as_one(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1, 2 and 3")
    assert "Open again" in await talk.say("undo")
    assert "Next: 1" in await talk.say("next")


async def test_done_all_finishes_the_week(talk: Talk) -> None:
    await talk.enroll()
    assert "That's all of week 1" in await talk.say("done all")
    assert "from week 2" in await talk.say("next")


async def test_done_twice_is_said_and_counts_once(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("done 1")
    assert "Already done" in await talk.say("done 1")
    assert "1 of 211 tasks" in await talk.say("progress")


async def test_a_number_that_is_not_there_names_the_ones_that_are(talk: Talk) -> None:
    await talk.enroll()
    assert "tasks 1 to 6" in await talk.say("done 42")
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_a_week_that_is_not_there_names_the_range(talk: Talk) -> None:
    await talk.enroll()
    assert "weeks 1 to 36" in await talk.say("week 99")


async def test_an_old_button_marks_its_own_task_weeks_later(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("next")
    action = next(b.action for b in talk.buttons if b.label == "Done")
    await talk.wait(days=20)
    assert "week 1" in await talk.press(action)


async def test_a_repeated_event_is_answered_once(talk: Talk) -> None:
    await talk.enroll()
    message = talk._message("ada", text="done 1")
    assert await talk.again(message)
    assert await talk.again(message) == ""
    await talk.say("undo")
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_a_button_that_no_longer_means_anything_is_explained(talk: Talk) -> None:
    await talk.enroll()
    assert "out of date" in await talk.press("frobnicate 7")
    assert "What's next?" in talk.labels


async def test_talk_of_others_in_a_group_is_left_alone(talk: Talk) -> None:
    await talk.enroll()
    assert await talk.say("done 1", group=True, mentioned=False) == ""
    assert "0 of 211 tasks" in await talk.say("progress")


async def test_names_cannot_smuggle_markup(talk: Talk) -> None:
    sender = Sender("x", "**[a](http://b)** \u202ekcah\x00")
    text = await talk.again(replace(talk._message("x", text="hi"), sender=sender))
    assert "Hi **[a](http://b)**" in plain(text)  # shown letter for letter, so it means nothing
    assert "\u202e" not in text


async def test_odd_texts_get_a_kind_answer(talk: Talk) -> None:
    await talk.enroll()
    for text in ("", "\x00", "\ud800", "x" * 100_000, "🙃", "....", "done " * 5000):
        assert await talk.say(text)


async def test_two_people_do_not_touch_each_other(talk: Talk) -> None:
    await talk.enroll()
    await talk.enroll(who="bo")
    await talk.say("done 1")
    assert "0 of 211 tasks" in await talk.say("progress", "bo")


async def test_a_question_with_one_choice_can_be_answered_with_no(talk: Talk) -> None:
    await talk.say("start")
    await talk.tap("ML Engineer (40 weeks)")

    assert "Is this what you want?" in await talk.say("stop")
    assert [button.label for button in talk.buttons] == ["Pause", "No, leave it"]

    assert "as it is" in await talk.tap("No, leave it")
    assert "paused" not in (await talk.say("progress")).lower()
