"""The model's answer against a server that breaks in every way there is, in a running chat."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import openai  # noqa: F401 - loaded once here, so that no deadline is spent on it
import pytest

from bot.answers.model import ModelAnswers
from bot.app import App, running
from bot.clock import ManualClock
from bot.domain.answer import LEARNER_TOKENS, Spender
from bot.domain.message import ChannelRef, Message, Rendered, Sender
from bot.settings import Settings
from tests.loopback.llm.server import MODES, PRIVATE, LlmServer, llm_server
from tests.talk import MONDAY_MORNING

BROKEN = [mode for mode in MODES if mode not in ("good", "over-long")]
DEADLINE = 1.5


@asynccontextmanager
async def tutored_app(folder: Path, mode: str) -> AsyncIterator[tuple[App, LlmServer]]:
    async with llm_server() as server:
        server.mode = mode
        settings = Settings(
            database_url=f"sqlite:///{folder / 'm.db'}", llm_base_url=server.url, llm_model="m", llm_api_key="k"
        )
        async with running(settings, ManualClock(MONDAY_MORNING)) as app:
            tutor = app.mentor.study.tutor if app.mentor.study else None
            assert isinstance(tutor, ModelAnswers)
            tutor.deadline = DEADLINE
            for number, text in enumerate(("start", "begin full-stack-ml-36", "zone Berlin")):
                await say(app, text, number)
            yield app, server
            await tutor.client.close()


async def say(app: App, text: str, number: int, parts: list[str] | None = None) -> Rendered:
    async def show(part: str) -> None:
        assert parts is not None
        parts.append(part)

    message = Message("test", str(number), Sender("ada", "Ada"), ChannelRef("test", "c"), app.clock.now(), text)
    return (await app.mentor.handle(message, show if parts is not None else None))[0]


async def test_a_good_model_answers_with_the_passages_it_was_sent(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        parts: list[str] = []
        said = await say(app, "ask what is overfitting", 10, parts)
        assert "a model learns noise" in said.text
        assert "Week 17" in said.text
        assert "[S1]" not in said.text
        assert len(parts) > 3
        assert not any("[S" in part for part in parts)
        assert server.requests[0]["stream"] is True


@pytest.mark.parametrize("mode", BROKEN)
async def test_whatever_breaks_the_notes_answer_in_time_and_nothing_private_is_shown(tmp_path: Path, mode: str) -> None:
    async with tutored_app(tmp_path, mode) as (app, _):
        parts: list[str] = []
        await say(app, "ask merge vs rebase in a group of two", 9)  # reads the notes, so that only the model is timed
        begun = time.monotonic()
        said = await say(app, "ask what is overfitting", 10, parts)
        assert time.monotonic() - begun < 2 * DEADLINE + 1
        assert said.template == "answer"
        assert "Week 17 · " in said.text
        assert "training" in said.text
        shown = said.text + "".join(parts)
        for private in (PRIVATE, "S77", "S99", "evil.example", "<html", "[S"):
            assert private not in shown


async def test_an_over_long_answer_is_cut_at_the_end_of_a_sentence(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "over-long") as (app, _):
        said = await say(app, "ask what is overfitting", 10)
        assert len(said.text) < 2000
        assert said.text.split("\n\n")[0].endswith("overfitting.")


async def test_a_server_that_keeps_failing_is_left_alone_for_a_while(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "401") as (app, server):
        for number in range(10, 18):
            await say(app, f"ask what is overfitting number {number}", number)
        assert len(server.requests) == 4


async def test_a_broken_server_is_asked_once_more_and_a_refusing_one_is_not(tmp_path: Path) -> None:
    for mode, times in (("500", 2), ("401", 1), ("429", 1)):
        folder = tmp_path / mode
        folder.mkdir()
        async with tutored_app(folder, mode) as (app, server):
            await say(app, "ask what is overfitting", 10)
            assert len(server.requests) == times


async def test_an_equal_question_is_not_paid_twice(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        first = await say(app, "ask what is overfitting", 10)
        assert (await say(app, "ask What is overfitting", 11)).text == first.text
        assert len(server.requests) == 1


async def test_with_the_budget_spent_the_notes_answer_and_no_call_is_made(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        async with app.store.work() as work:
            learner = await work.learner_of("test", "ada")
            assert learner is not None
            spender = Spender(learner.id)
            assert await work.budgets.reserve(spender, LEARNER_TOKENS, app.clock.now())
            await work.budgets.settle(spender, LEARNER_TOKENS, LEARNER_TOKENS, app.clock.now())
        said = await say(app, "ask what is overfitting", 10)
        assert said.template == "answer"
        assert server.requests == []


async def test_what_was_set_aside_is_given_back_after_a_failure(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "401") as (app, _):
        await say(app, "ask what is overfitting", 10)
        async with app.store.work() as work:
            learner = await work.learner_of("test", "ada")
            assert learner is not None
            assert await work.budgets.reserve(Spender(learner.id), LEARNER_TOKENS - 10_000, app.clock.now())
