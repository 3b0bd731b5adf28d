"""Project tasks: a hint first, all of it only when that is asked for; and what there is without a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.opening import OfflineAnswers
from bot.app import App
from bot.domain.answer import Answer, Question
from bot.domain.feedback import Exchange
from bot.domain.message import ChannelRef, Message, Rendered, Sender
from tests.answers.test_model import say, tutored_app
from tests.loopback.llm.server import LlmServer
from tests.shared import content
from tests.talk import MONDAY_MORNING, Talk

TASK = "how do i build the IMDb classifier"
CODE = "Use a pipeline [S1].\n\n```python\nmodel.fit(texts, labels)\n```\n\n"
LONG = (
    CODE
    + "Split the reviews first [S1]. Count words [S2]. Fit a line [S1]. Look at the errors [S2]. Then save it [S1]."
)
FIRST_STEP = "First step: "


def asked(text: str, roadmap: str = "full-stack-ml-36", week: int = 17, *before: str) -> str:
    """What a question wants solved, with a `!` when all of it is."""
    answers = content().study.answers
    assert isinstance(answers, OfflineAnswers)
    thread = tuple(Exchange(number, said, "", MONDAY_MORNING) for number, said in enumerate(before))
    found = answers.exercise(Question(text, content().catalog.roadmap(roadmap), week, thread))
    return f"{found.title}{'!' if found.whole else ''}" if found else ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (TASK, "the IMDb classifier, first version"),
        ("How do I build the Sentiment Analyzer?", "Sentiment Analyzer App"),
        ("help me with the plot of train against test accuracy", "a plot of train against test accuracy"),
        ("i'm stuck on task 4 of week 9", "the cart, kept with hooks"),
        ("where do I start with the product list and product page", "the product list and the product page"),
        ("how do i start this project", "Sentiment Analyzer App"),
        ("give me the full solution for the cart, kept with hooks", "the cart, kept with hooks!"),
    ],
)
def test_a_task_of_a_project_is_known_by_its_words_its_number_or_as_the_one_at_hand(text: str, title: str) -> None:
    assert asked(text) == title


@pytest.mark.parametrize(
    "text",
    ["what is overfitting", "how do i install docker", "how do I build a docker image", "how do i make a plot",
     "what is a pipeline", "how does a train test split work", "help me with pandas", "show me the full solution",
     "show me the code", "how do i write a loop", "can you help me with hooks", "i'm stuck on the loss",
     "how do i start task 99 of week 9", "how do i deploy the model"],
)  # fmt: skip
def test_a_question_about_the_subject_is_no_task(text: str) -> None:
    assert asked(text) == ""


@pytest.mark.parametrize(
    "text",
    ["show me the full solution", "Full solution please", "show me the solution", "just give me the code",
     "solve it for me", "the whole solution", "ok please show me the complete answer now"],
)  # fmt: skip
def test_all_of_it_is_meant_of_the_task_that_was_asked_about_before(text: str) -> None:
    assert asked(text, "full-stack-ml-36", 17, TASK, "what is overfitting") == "the IMDb classifier, first version!"
    assert asked(text, "full-stack-ml-36", 17, "what is overfitting") == ""


def buttons(said: Rendered) -> dict[str, str]:
    return {button.label: button.action for row in said.buttons for button in row}


async def hinted(app: App, server: LlmServer, number: int = 10, parts: list[str] | None = None) -> Rendered:
    server.mode, server.text = "says", LONG
    return await say(app, f"ask {TASK}", number, parts)


async def test_a_project_task_has_a_hint_first_without_code_whatever_the_model_says(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "says") as (app, server):
        parts: list[str] = []
        said = await hinted(app, server, parts=parts)
        assert said.text.startswith("Use a pipeline.\n\nSplit the reviews first. Count words. Fit a line.\n\n")
        assert not any("model.fit" in part or "errors" in part for part in (said.text, *parts))
        system = server.requests[0]["messages"][0]["content"]
        assert "Give the first hint" in system
        assert "[S1] " in system
        assert "the IMDb classifier, first version" in system.split("Passages:")[1]
        assert next(iter(buttons(said))) == "The full solution"


async def test_the_button_brings_the_whole_solution_of_that_question_with_its_code(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "says") as (app, server):
        action = buttons(await hinted(app, server))["The full solution"]
        await say(app, "ask what is overfitting", 11)
        said = (await press(app, action, 12))[0]
        assert "model.fit(texts, labels)" in said.text
        assert "Then save it." in said.text
        assert "The full solution" not in buttons(said)
        system = server.requests[-1]["messages"][0]["content"]
        assert "whole solution" in system
        assert server.requests[-1]["messages"][-1]["content"] == TASK
        assert server.requests[-1]["max_tokens"] > server.requests[0]["max_tokens"]
        assert "Project milestones" in system or "ilestones" in system


async def press(app: App, action: str, number: int) -> list[Rendered]:
    sender, channel = Sender("ada", "Ada"), ChannelRef("test", "chat-ada")
    message = Message("test", str(number), sender, channel, app.clock.now(), button=action)
    return list(await app.mentor.handle(message))


@pytest.mark.parametrize("words", ["show me the full solution", "show me the solution", "full solution"])
async def test_the_whole_solution_may_be_asked_for_in_words(tmp_path: Path, words: str) -> None:
    async with tutored_app(tmp_path, "says") as (app, server):
        await hinted(app, server)
        said = await say(app, words, 11)
        assert said.template == "answer"
        assert "model.fit(texts, labels)" in said.text


async def test_a_whole_solution_that_cites_nothing_is_not_shown_and_the_roadmap_says_what_it_has(
    tmp_path: Path,
) -> None:
    async with tutored_app(tmp_path, "says") as (app, server):
        await hinted(app, server)
        server.text = "Here is all of it:\n\n```python\nstolen()\n```\n\nIt runs [S99]."
        said = await say(app, "ask show me the full solution", 11)
        assert "stolen" not in said.text
        assert "I have no finished solution" in said.text
        assert FIRST_STEP in said.text


async def test_a_hint_and_a_solution_are_kept_apart(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "says") as (app, server):
        action = buttons(await hinted(app, server))["The full solution"]
        whole = (await press(app, action, 11))[0]
        assert (await say(app, f"ask {TASK}", 12)).text != whole.text
        assert len(server.requests) == 2


async def test_without_a_model_it_is_said_honestly_what_there_is(talk: Talk) -> None:
    await talk.enroll()
    await talk.say(f"ask {TASK}")
    assert "The full solution" not in talk.labels
    said = await talk.say("show me the full solution")
    assert "I have no finished solution to **the IMDb classifier, first version**" in said
    assert FIRST_STEP in said
    assert "Done when: " in said
    assert "Week 17" in said
    assert talk.labels[:2] == ["The project's steps", "Show me in code"]
    assert "Sentiment Analyzer" in await talk.tap("The project's steps")


async def test_a_button_for_a_question_that_is_forgotten_says_so(talk: Talk) -> None:
    await talk.enroll()
    assert "no longer" in await talk.press("solution 77")


async def test_somebody_elses_question_is_not_solved_by_its_number(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "says") as (app, server):
        action = buttons(await hinted(app, server))["The full solution"]
        said = await say(app, f"/{action}", 11, who="bo")
        assert "IMDb" not in said.text


async def test_in_a_group_no_button_goes_on_with_a_talk_that_is_not_remembered(talk: Talk) -> None:
    await talk.enroll()
    said = await talk.say(f"ask {TASK}", group=True)
    assert said
    assert "The full solution" not in talk.labels


def test_an_answer_knows_whether_more_may_be_asked_for() -> None:
    answers = content().study.answers
    question = Question(TASK, content().catalog.roadmap("full-stack-ml-36"), 17)
    found: Answer = answers.answer(question)
    assert found.hint
    assert not answers.answer(Question("what is overfitting", question.roadmap, 17)).hint
