"""Lines that nobody else understood, read by a model on a loopback server: what it says becomes buttons, or nothing."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import openai  # noqa: F401 - loaded once here, so that no deadline is spent on it
import pytest
from pydantic import SecretStr

from bot.answers.calling import intents_in
from bot.answers.interpreting import ModelInterpreter
from bot.answers.tool_calls import ModelFailed
from bot.app import App
from bot.clock import ManualClock
from bot.domain.answer import LEARNER_TOKENS, Spender
from bot.domain.intent import Scene
from bot.domain.message import ChannelRef, ChatKind, Message, Rendered, Sender
from bot.storage.budgets import SqlBudgets
from tests.loopback.llm.server import BILLED, MODES, PRIVATE, LlmServer, llm_server
from tests.shared import running_app
from tests.talk import MONDAY_MORNING

UNCLEAR = "zorp the flimflam"
DEADLINE = 1.0


@asynccontextmanager
async def reading_app(folder: Path, mode: str, call: object = None) -> AsyncIterator[tuple[App, LlmServer]]:
    async with llm_server() as server:
        server.mode, server.call = mode, call
        asked = {"llm_base_url": server.url, "llm_model": "m", "llm_api_key": SecretStr("k")}
        async with running_app(folder / "m.db", ManualClock(MONDAY_MORNING), **asked) as app:
            interpreter = app.mentor.study.interpreter if app.mentor.study else None
            assert isinstance(interpreter, ModelInterpreter)
            interpreter.deadline = DEADLINE
            for number, text in enumerate(("start", "begin full-stack-ml-36", "zone Berlin")):
                await say(app, text, number)
            yield app, server


async def say(app: App, text: str, number: int, kind: ChatKind = ChatKind.DIRECT) -> Rendered:
    channel = ChannelRef("test", "c", kind)
    message = Message("test", str(number), Sender("ada", "Ada"), channel, app.clock.now(), text, "", True)
    return (await app.mentor.handle(message))[0]


async def done_tasks(app: App) -> int:
    async with app.store.work() as work:
        learner = await work.learner_of("test", "ada")
        assert learner is not None
        plan = await work.current_enrollment(learner.id)
        assert plan is not None
        return len(plan.completions)


async def test_what_the_model_takes_it_for_is_offered_and_never_done(tmp_path: Path) -> None:
    wishes = {"wishes": [{"intent": "done", "tasks": [1]}, {"intent": "progress"}]}
    async with reading_app(tmp_path, "call", wishes) as (app, server):
        said = await say(app, UNCLEAR, 10)
        assert said.template == "did_you_mean"
        assert [button.action.split()[0] for row in said.buttons for button in row] == ["done", "progress"]
        assert await done_tasks(app) == 0
        assert UNCLEAR not in said.text
        sent = json.dumps(server.requests[0])
        assert UNCLEAR in sent
        assert "Ada" not in sent


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "call"])
async def test_whatever_breaks_the_line_stays_unclear_in_time(tmp_path: Path, mode: str) -> None:
    async with reading_app(tmp_path, mode) as (app, _):
        begun = time.monotonic()
        said = await say(app, UNCLEAR, 10)
        assert time.monotonic() - begun < DEADLINE + 3  # what is tested is that it ends, also on a busy machine
        assert said.template == "not_understood"
        assert PRIVATE not in said.text


@pytest.mark.parametrize(
    "call", ["no json {", [], {"wishes": "done"}, {"wishes": []}, {"wishes": [{"intent": "sudo"}]}]
)
async def test_a_call_that_is_not_as_declared_counts_for_nothing(tmp_path: Path, call: object) -> None:
    async with reading_app(tmp_path, "call", call) as (app, _):
        assert (await say(app, UNCLEAR, 10)).template == "not_understood"


async def test_nothing_is_sent_from_a_group_or_for_what_was_understood(tmp_path: Path) -> None:
    async with reading_app(tmp_path, "call", {"wishes": [{"intent": "next"}]}) as (app, server):
        await say(app, UNCLEAR, 10, ChatKind.GROUP)
        await say(app, "what's next?", 11)
        assert server.requests == []


async def test_nothing_is_sent_for_somebody_who_turned_the_model_off(tmp_path: Path) -> None:
    async with reading_app(tmp_path, "call", {"wishes": [{"intent": "next"}]}) as (app, server):
        await say(app, "tutor off", 10)
        assert (await say(app, UNCLEAR, 11)).template == "not_understood"
        assert server.requests == []


async def test_with_the_budget_spent_no_call_is_made(tmp_path: Path) -> None:
    async with reading_app(tmp_path, "call", {"wishes": [{"intent": "next"}]}) as (app, server):
        async with app.store.work() as work:
            learner = await work.learner_of("test", "ada")
            assert learner is not None
            assert await work.budgets.reserve(Spender(learner.id), LEARNER_TOKENS, app.clock.now())
        assert (await say(app, UNCLEAR, 10)).template == "not_understood"
        assert server.requests == []


async def test_a_server_that_keeps_failing_is_left_alone(tmp_path: Path) -> None:
    async with reading_app(tmp_path, "401") as (app, server):
        for number in range(10, 18):
            await say(app, UNCLEAR, number)
        assert len(server.requests) == 4


def test_slots_that_do_not_fit_are_dropped_and_the_wish_stays() -> None:
    wish = {
        "intent": "set_time",
        "weekday": "someday",
        "time": "25:00",
        "timezone": "../etc/passwd",
        "tasks": [0],
        "x": 1,
    }
    (found,) = intents_in(json.dumps({"wishes": [wish]}), Scene())
    assert found.name == "set_time"
    assert dict(found.slots) == {}


def test_slots_that_fit_are_kept() -> None:
    wish = {"intent": "set_time", "weekday": "mon", "time": "18:30", "timezone": "Europe/Berlin"}
    (found,) = intents_in(json.dumps({"wishes": [wish]}), Scene())
    assert dict(found.slots) == {"weekday": "mon", "time": "18:30", "timezone": "Europe/Berlin"}


def test_a_call_without_a_list_is_a_failure() -> None:
    with pytest.raises(ModelFailed):
        intents_in('{"wishes": 3}', Scene())


@pytest.mark.parametrize(("told", "least", "most"), [(BILLED, 300, 300), ("", 400, 4000)])
async def test_a_reading_costs_what_the_server_says_or_else_what_was_set_aside(
    tmp_path: Path, told: str, least: int, most: int
) -> None:
    async with reading_app(tmp_path, "call", {"wishes": [{"intent": "progress"}]}) as (app, server):
        server.text = told
        await say(app, UNCLEAR, 10)
        assert app.database is not None
        async with app.database.connect() as connection:
            spent = (await SqlBudgets(connection).spent(app.clock.now()))["everybody"]
        assert least <= spent <= most
