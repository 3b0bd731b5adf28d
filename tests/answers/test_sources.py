"""What a model is given to answer from: notes, what the roadmap says of itself, where the learner is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.answers.opening import OfflineAnswers
from bot.answers.sources import MOST, Source, sources_for
from bot.clock import ManualClock
from bot.domain.answer import Question
from tests.answers.test_model import say, tutored_app
from tests.shared import content


def sources(text: str, week: int | None = 17, roadmap: str = "full-stack-ml-36") -> list[Source]:
    answers = content().study.answers
    assert isinstance(answers, OfflineAnswers)
    question = Question(text, content().catalog.roadmap(roadmap), week)
    exercise = answers.exercise(question)
    return sources_for(answers.desk, question, exercise, answers.brief(exercise, question) if exercise else None)


def test_a_question_about_the_subject_has_sections_of_notes_then_the_weeks_that_teach_it_and_the_learners_own() -> None:
    found = sources("what is overfitting", week=4)
    assert found[0].citation.note == "overfitting"
    weeks = [source.citation.week.first for source in found if not source.citation.note]
    assert weeks == [17, 4]
    assert "Done when: " in found[-1].text


def test_a_question_about_the_plan_begins_with_what_the_roadmap_says() -> None:
    first = sources("which week covers docker?")[0]
    assert not first.citation.note
    assert "Docker" in first.text
    assert "- " in sources("what projects are there?")[0].text


def test_a_wish_for_something_to_read_has_the_weeks_resources() -> None:
    texts = [source.text for source in sources("what should i read about overfitting") if not source.citation.note]
    assert any("read these, in this order" in text for text in texts)


def test_a_task_of_a_project_begins_with_its_own_words_and_its_steps_are_kept_for_the_solution() -> None:
    task = "how do i build the IMDb classifier"
    hint, whole = sources(task), sources("give me the full solution for the IMDb classifier, first version")
    assert hint[0].text.startswith("the IMDb classifier, first version\nFirst step: ")
    assert whole[0].text == hint[0].text
    assert "ilestones" in whole[1].text
    assert "ilestones" not in "".join(source.text for source in hint)


@pytest.mark.parametrize("text", ["what is overfitting", "which week covers docker?", "how do i use s3 buckets"])
def test_there_are_few_and_none_is_called_like_amazons_store(text: str) -> None:
    ids = [source.id for source in sources(text)]
    assert 0 < len(ids) <= MOST
    assert ids == [f"S{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9)][: len(ids)]


def test_there_are_none_for_what_has_nothing_to_do_with_it() -> None:
    assert sources("zorp flimflam") == []


async def test_the_model_is_told_the_week_and_about_how_far_the_learner_is_and_nothing_that_names_them(
    tmp_path: Path,
) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        assert isinstance(app.clock, ManualClock)
        app.clock.move(app.clock.now() + timedelta(weeks=1))
        await say(app, "done 1-3", 9)
        await say(app, "ask what is overfitting", 10)
        system = server.requests[0]["messages"][0]["content"]
        assert "The learner is in week 2 of 36 of " in system
        assert "About 0 % of it is done, at 25 hours a week." in system
        assert "Ada" not in str(server.requests[0])
