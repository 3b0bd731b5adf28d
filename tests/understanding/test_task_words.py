"""`the pandas bit` finds its task among the open ones, and asks when two fit."""

from __future__ import annotations

from bot.domain.intent import OpenTask, Scene
from bot.understanding.reader import Reader
from bot.understanding.task_words import tasks_called

TASKS = (
    OpenTask(1, "w3-read", "Read the first chapters of the pandas guide", ("DataFrames",), 3),
    OpenTask(2, "w3-clean", "Clean a messy CSV of house prices", ("Data cleaning", "Missing values"), 3),
    OpenTask(3, "w3-plot", "Plot the prices by district", ("Matplotlib",), 3),
    OpenTask(4, "w3-dock", "Put the notebook into a Docker image", ("Docker",), 3),
)
SCENE = Scene(week=3, tasks=TASKS)


def test_words_find_the_task_they_fit(reader: Reader) -> None:
    understood = reader.read("finished the pandas bit", SCENE)
    assert understood.intents[0].slots["tasks"] == [1]
    assert not understood.asks_first


def test_a_topic_finds_its_task_too(reader: Reader) -> None:
    assert reader.read("done with the matplotlib part", SCENE).intents[0].slots["tasks"] == [3]


def test_words_that_fit_two_tasks_ask_which(reader: Reader) -> None:
    twins = Scene(tasks=(OpenTask(1, "a", "Build a Docker image"), OpenTask(2, "b", "Push the Docker image")))
    understood = reader.read("the docker image task is done", twins)
    assert understood.asks_first
    assert [choice.slots["tasks"] for choice in understood.choices] == [[1], [2]]


def test_words_that_fit_no_task_ask_instead_of_marking(reader: Reader) -> None:
    understood = reader.read("finished the kubernetes part", SCENE)
    assert understood.asks_first
    assert understood.choices


def test_all_but_one_becomes_the_numbers_of_the_others(reader: Reader) -> None:
    understood = reader.read("everything except 3 is done", SCENE)
    assert understood.intents[0].slots["tasks"] == [1, 2, 4]


def test_a_slip_of_the_finger_still_finds_it() -> None:
    assert [task.number for task in tasks_called("matplotlb", TASKS)] == [3]


def test_no_words_find_no_task() -> None:
    assert tasks_called("", TASKS) == []
