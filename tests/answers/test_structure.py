"""Questions about the plan itself are answered by the roadmap, and only they."""

from __future__ import annotations

import pytest

from bot.domain.answer import Answer, Outcome, Question
from tests.answers.test_refusals import NEAR, opened

ML, WEB = "ml-engineer-40", "full-stack-ml-36"


def asked(text: str, roadmap: str = ML) -> Answer:
    catalog, desk = opened()
    return desk.answer(Question(text, catalog.roadmap(roadmap), 5))


@pytest.mark.parametrize(
    ("text", "roadmap", "week", "said"),
    [
        ("what do I build in week 12?", ML, 12, "Cat vs Dog"),
        ("which phase covers NLP", ML, 14, "Phase 2, Deep Learning"),
        ("what comes after SQL", WEB, 3, "Intro to web"),
        ("when do i learn docker?", ML, 25, "Docker"),
        ("which week is pandas", WEB, 7, "Pandas"),
        ("what project uses FastAPI", ML, 22, "FastAPI"),
        ("what are the projects", WEB, 1, "Sentiment Analyzer App (Weeks 17 to 24)"),
        ("what is phase 3 about", ML, 17, "Week 20: Introduction to FastAPI"),
        ("how many phases are there", ML, 1, "Phase 5"),
        ("what should i read for week 9", ML, 9, "https://"),
        ("when does the course end", WEB, 36, "Capstone"),
        ("what comes before kubernetes", ML, 33, "Cloud"),
        ("do i need math", ML, 1, ""),
        ("what comes after week 16", WEB, 17, "ML Fundamentals"),
        ("what do i learn before week 20?", ML, 19, "Flask"),
        ("can i skip week 17", ML, 17, "Seven projects sit in folders"),
        ("why is week 17 important", ML, 17, "Seven projects sit in folders"),
        ("what do I build this week", ML, 5, "House Price"),
        ("what do i read this week?", WEB, 5, "https://"),
        ("what's project 3", WEB, 17, "Sentiment Analyzer"),
        ("tell me about project 2", ML, 6, "Iris Flower Classifier"),
        ("what is the last project", WEB, 33, "Finance Advisor"),
    ],
)
def test_the_roadmap_answers_for_itself(text: str, roadmap: str, week: int, said: str) -> None:
    answer = asked(text, roadmap)
    assert (answer.outcome, answer.citations[0].week.first) == (Outcome.ANSWERED, week)
    assert said in answer.text


def test_a_number_that_several_projects_have_means_the_one_of_the_learners_phase() -> None:
    catalog, desk = opened()
    there = desk.answer(Question("what is project 2", catalog.roadmap(ML), 12))
    assert str(there.text).startswith("**Cat vs Dog")
    assert "Iris Flower Classifier (Week 6)" in there.text
    assert desk.answer(Question("what is project 99", catalog.roadmap(ML), 12)).kind != "structure"


def test_this_week_is_not_guessed_for_whoever_has_none() -> None:
    catalog, desk = opened()
    assert desk.answer(Question("what do i build this week", catalog.roadmap(ML))).kind != "structure"


def test_what_the_roadmap_has_not_is_said_to_be_missing() -> None:
    assert asked("is react in the roadmap").outcome is Outcome.UNCOVERED
    assert asked("is react in the roadmap", WEB).outcome is Outcome.ANSWERED


def test_a_week_that_is_not_there_is_not_made_up() -> None:
    assert asked("what do i build in week 99").kind != "structure"


def test_lines_about_the_subject_are_not_taken_for_the_plan() -> None:
    structure = opened()[1].structure
    assert [line for line in NEAR if structure.asked(line)] == []


@pytest.mark.parametrize(
    ("text", "note"),
    [("IndexError: list index out of range", "lists"), ("KeyError: 'name'", "dictionaries"),
     ("blocked by CORS policy", "cors"), ("what is json", "json-files")],
)  # fmt: skip
def test_what_a_week_needs_and_the_roadmap_does_not_name_is_answered_there(text: str, note: str) -> None:
    assert asked(text).citations[0].note == note
