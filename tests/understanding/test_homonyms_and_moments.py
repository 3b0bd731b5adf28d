"""What depends on more than the words of one wish: corrections, quizzes, reminders for once, zones in a sentence."""

from __future__ import annotations

import pytest

from bot.domain.intent import OpenTask, Scene, Slot
from bot.understanding.reader import Reader
from bot.understanding.zones import ZoneFinder

TASKS = (OpenTask(1, "a", "Loops and functions"), OpenTask(2, "b", "A small CLI"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 am is too early, make it 12", {"time": "12:00"}),
        ("move the plan from tuesday to friday", {"weekday": "fri"}),
        ("instead of monday send it on wednesday", {"weekday": "wed"}),
        ("not 8, make it 9 pm", {"time": "21:00"}),
        ("saturdays 8pm delhi time", {"weekday": "sat", "time": "20:00", "timezone": "Asia/Kolkata"}),
        ("send it at ten to nine in the evening", {"time": "20:50"}),
        ("mondays 1930", {"weekday": "mon", "time": "19:30"}),
    ],
)
def test_the_value_somebody_settles_on_counts(reader: Reader, text: str, expected: dict[str, Slot]) -> None:
    assert reader.read(text).intents[0].slots.items() >= expected.items()


@pytest.mark.parametrize("text", ["the second one", "2", "number 2"])
def test_in_a_quiz_a_bare_number_is_asked_about(reader: Reader, text: str) -> None:
    understood = reader.read(text, Scene(tasks=TASKS, quiz=True))
    assert understood.asks_first or understood.intents[0].name != "done"


def test_in_a_quiz_what_is_said_to_be_done_is_done(reader: Reader) -> None:
    assert not reader.read("done 2", Scene(tasks=TASKS, quiz=True)).asks_first


@pytest.mark.parametrize("text", ["remind me friday evening", "ping me sunday morning", "nudge me on wednesday at 6pm"])
def test_one_day_is_a_reminder_and_no_change_of_the_plan(reader: Reader, text: str) -> None:
    assert reader.read(text).intents[0].name == "snooze"


@pytest.mark.parametrize("text", ["remind me every friday", "send me the plan on fridays at 6pm"])
def test_every_week_is_a_change_of_the_plan(reader: Reader, text: str) -> None:
    assert reader.read(text).intents[0].name == "set_time"


@pytest.mark.parametrize("text", ["tokyo is cool", "my friend lives in london", "the conference is in tokyo"])
def test_a_place_that_is_talked_about_is_no_time_zone(reader: Reader, text: str) -> None:
    assert ZoneFinder(reader).zones(text) == []


@pytest.mark.parametrize("text", ["Berlin", "new york", "i live in berlin", "I am in Berlin"])
def test_a_place_somebody_is_in_is_one(reader: Reader, text: str) -> None:
    assert ZoneFinder(reader).zones(text)


def test_words_that_fit_no_task_offer_none(reader: Reader) -> None:
    understood = reader.read("finished the kubernetes part", Scene(tasks=TASKS))
    assert understood.asks_first
    assert all("tasks" not in choice.slots for choice in understood.choices)


@pytest.mark.parametrize("text", ["done: 1 and 2", "tasks done: 1, 2", "update: done 2", "i just finished 2"])
def test_a_plain_claim_is_taken_at_its_word(reader: Reader, text: str) -> None:
    assert not reader.read(text).asks_first


def test_a_claim_that_only_sounds_like_something_else_offers_its_task(reader: Reader) -> None:
    understood = reader.read("i finished 2 while flying home", Scene(tasks=TASKS))
    assert understood.choices[0].name == "done"
    assert understood.choices[0].slots["tasks"] == [2]
