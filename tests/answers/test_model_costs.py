"""What a call costs, by the server's own count; and a server that asks to be left alone, which is kept to."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.answers.breaker import LONGEST_REST
from bot.app import App
from bot.clock import ManualClock
from bot.storage.budgets import SqlBudgets
from tests.answers.test_interpreting import UNCLEAR
from tests.answers.test_model import say, tutored_app
from tests.loopback.llm.server import PRIVATE


async def spent(app: App) -> int:
    assert app.database is not None
    async with app.database.connect() as connection:
        return (await SqlBudgets(connection).spent(app.clock.now()))["everybody"]


async def reserved(app: App) -> int:
    async with app.store.work() as work:
        learner = await work.learner_of("test", "ada")
        assert learner is not None
        rows = (await work.export(learner.id))["budgets"]
        assert isinstance(rows, list)
        return sum(row["reserved"] for row in rows)


def wait(app: App, **length: float) -> None:
    assert isinstance(app.clock, ManualClock)
    app.clock.move(app.clock.now() + timedelta(**length))


async def test_what_the_server_says_it_cost_is_what_is_charged(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "billed") as (app, server):
        said = await say(app, "ask what is overfitting", 10)
        assert "a model learns noise" in said.text
        assert server.requests[0]["stream_options"] == {"include_usage": True}
        assert await spent(app) == 1000


@pytest.mark.parametrize("mode", ["billed absurdly", "billed in words", "good"])
async def test_without_a_cost_that_can_be_true_the_estimate_is_charged(tmp_path: Path, mode: str) -> None:
    async with tutored_app(tmp_path, mode) as (app, _):
        assert "a model learns noise" in (await say(app, "ask what is overfitting", 10)).text
        assert 500 < await spent(app) < 6000


async def test_a_whole_answer_does_not_wait_for_a_bill_that_never_comes(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "bill never comes") as (app, _):
        await say(app, "ask merge vs rebase in a group of two", 9)
        begun = time.monotonic()
        assert "a model learns noise" in (await say(app, "ask what is overfitting", 10)).text
        assert time.monotonic() - begun < 1.4
        assert 500 < await spent(app) < 20_000


async def test_a_server_that_knows_no_usage_is_asked_without_it_from_then_on_and_keeps_its_functions(
    tmp_path: Path,
) -> None:
    async with tutored_app(tmp_path, "no usage") as (app, server):
        said = await say(app, "ask what is overfitting", 10)
        assert "a model learns noise" in said.text
        assert PRIVATE not in said.text
        tries = len(server.requests)
        await say(app, "ask what is a train test split", 11)
        assert len(server.requests) == tries + 1
        assert "stream_options" not in server.requests[-1]
        assert "tools" in server.requests[-1]


@pytest.mark.parametrize("mode", ["401", "429", "500"])
async def test_a_refused_call_costs_nothing_and_gives_all_back(tmp_path: Path, mode: str) -> None:
    async with tutored_app(tmp_path, mode) as (app, _):
        await say(app, "ask what is overfitting", 10)
        assert await spent(app) == 0


@pytest.mark.parametrize("mode", ["drip", "timeout", "cut", "malformed"])
async def test_a_call_that_fails_on_the_way_is_charged_as_far_as_it_went_and_gives_the_rest_back(
    tmp_path: Path, mode: str
) -> None:
    async with tutored_app(tmp_path, mode) as (app, _):
        await say(app, "ask what is overfitting", 10)
        assert 500 < await spent(app) < 15_000
        assert app.database is not None
        async with app.database.connect() as connection:
            await SqlBudgets(connection).spent(app.clock.now())


async def test_a_server_that_asks_for_an_hour_has_it_and_the_notes_answer_at_once(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "429 for an hour") as (app, server):
        await say(app, "ask what is overfitting", 10)
        assert len(server.requests) == 1
        server.mode = "good"
        wait(app, minutes=59)
        begun = time.monotonic()
        said = await say(app, "ask what is overfitting", 11)
        assert time.monotonic() - begun < 1
        assert said.template == "answer"
        await say(app, UNCLEAR, 12)
        assert len(server.requests) == 1
        wait(app, minutes=2)
        assert "a model learns noise" in (await say(app, "ask what is overfitting", 13)).text


async def test_no_server_is_left_alone_for_longer_than_an_hour(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "429 for a week") as (app, server):
        await say(app, "ask what is overfitting", 10)
        server.mode = "good"
        wait(app, seconds=LONGEST_REST.total_seconds() + 1)
        assert "a model learns noise" in (await say(app, "ask what is overfitting", 11)).text


async def test_a_date_to_come_back_at_is_read_against_the_servers_own_clock(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "429 until a date") as (app, server):
        await say(app, "ask what is overfitting", 10)
        server.mode = "good"
        wait(app, minutes=9)
        await say(app, "ask what is overfitting", 11)
        assert len(server.requests) == 1
        wait(app, minutes=2)
        assert "a model learns noise" in (await say(app, "ask what is overfitting", 12)).text


async def test_a_time_that_cannot_be_read_is_no_rest(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "429 in words") as (app, server):
        await say(app, "ask what is overfitting", 10)
        assert len(server.requests) == 2
        server.mode = "good"
        assert "a model learns noise" in (await say(app, "ask what is overfitting", 11)).text
