"""What a model looks up while it answers: reading only, twice at the most, strictly what was offered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.answers.model import ModelAnswers
from bot.domain.answer import LEARNER_TOKENS, Spender
from tests.answers.test_model import say, tutored_app
from tests.loopback.llm.server import PRIVATE, LlmServer


def looked_up(server: LlmServer) -> dict[str, Any]:
    """What the model was told in answer to its call."""
    found = json.loads(server.requests[-1]["messages"][-1]["content"])
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("mode", "key", "value"),
    [
        ("next", "week", "1"), ("week", "week", "8"), ("progress", "tasks_done", 0),
        ("made-up tool", "error", "there is no such function"), ("bad arguments", "error", "the arguments are no JSON"),
        ("nested arguments", "error", "the arguments are no JSON"),
        ("wrong arguments", "error", "there are no such arguments"),
    ],
)  # fmt: skip
async def test_a_call_is_answered_with_plain_data_or_what_is_wrong_and_then_the_model_answers(
    tmp_path: Path, mode: str, key: str, value: object
) -> None:
    async with tutored_app(tmp_path, mode) as (app, server):
        said = await say(app, "ask what is overfitting", 10)
        assert "a model learns noise" in said.text
        assert len(server.requests) == 2
        assert looked_up(server)[key] == value


async def test_only_three_functions_are_offered_and_none_of_them_changes_anything(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "made-up tool") as (app, server):
        before = (await say(app, "progress", 9)).text
        await say(app, "ask what is overfitting", 10)
        offered = [tool["function"] for tool in server.requests[0]["tools"]]
        assert [function["name"] for function in offered] == ["next", "week", "progress"]
        assert all(function["strict"] and not function["parameters"]["additionalProperties"] for function in offered)
        assert (await say(app, "progress", 11)).text == before


async def test_a_model_that_only_looks_things_up_is_stopped_after_two_rounds_and_the_notes_answer(
    tmp_path: Path,
) -> None:
    async with tutored_app(tmp_path, "endless tools") as (app, server):
        said = await say(app, "ask what is overfitting", 10)
        assert len(server.requests) == 3
        assert "tools" not in server.requests[-1]
        assert said.template == "answer"
        assert "training" in said.text


async def test_a_server_without_function_calls_is_asked_without_them_from_then_on(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "no tools") as (app, server):
        said = await say(app, "ask what is overfitting", 10)
        assert "a model learns noise" in said.text
        assert PRIVATE not in said.text
        await say(app, "ask what is a train test split", 11)
        assert ["tools" in request for request in server.requests] == [True, False, False]


async def test_what_was_looked_up_is_charged_and_is_not_given_to_anybody_else(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "progress") as (app, server):
        await say(app, "ask what is overfitting", 10)
        await say(app, "ask what is overfitting", 11)
        assert len(server.requests) == 4
        async with app.store.work() as work:
            learner = await work.learner_of("test", "ada")
            assert learner is not None
            assert not await work.budgets.reserve(Spender(learner.id), LEARNER_TOKENS - 4000, app.clock.now())
        tutor = app.mentor.study.tutor if app.mentor.study else None
        assert isinstance(tutor, ModelAnswers)
        assert tutor._kept == {}
