"""The model's answer against a server that breaks in every way there is, in a running chat."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import openai  # noqa: F401 - loaded once here, so that no deadline is spent on it
import pytest
from sqlalchemy import func, select

from bot.answers.model import ModelAnswers
from bot.app import App
from bot.clock import ManualClock
from bot.domain.answer import LEARNER_TOKENS, Spender
from bot.domain.message import ChannelRef, ChatKind, Message, Rendered, Sender
from bot.storage.budgets import SqlBudgets
from bot.storage.tables import budgets
from tests.loopback.llm.server import MODES, PRIVATE, LlmServer, llm_server
from tests.shared import running_app
from tests.talk import MONDAY_MORNING

WORKING = ("good", "filter chunk first", "thinking")
BROKEN = [mode for mode in MODES if mode not in (*WORKING, "over-long", "call")]
DEADLINE = 1.5


@asynccontextmanager
async def tutored_app(folder: Path, mode: str) -> AsyncIterator[tuple[App, LlmServer]]:
    async with llm_server() as server:
        server.mode = mode
        asked = {"llm_base_url": server.url, "llm_model": "m", "llm_api_key": "k"}
        async with running_app(folder / "m.db", ManualClock(MONDAY_MORNING), **asked) as app:
            tutor = app.mentor.study.tutor if app.mentor.study else None
            assert isinstance(tutor, ModelAnswers)
            tutor.deadline = DEADLINE
            for number, text in enumerate(("start", "begin full-stack-ml-36", "zone Berlin")):
                await say(app, text, number)
            yield app, server
            await tutor.client.close()


def later(app: App) -> None:
    assert isinstance(app.clock, ManualClock)
    app.clock.move(app.clock.now() + timedelta(minutes=3))


async def say(
    app: App, text: str, number: int, parts: list[str] | None = None, hall: str = "", who: str = "ada"
) -> Rendered:
    async def show(part: str) -> None:
        assert parts is not None
        parts.append(part)

    channel = ChannelRef("test", hall, ChatKind.GROUP, "Hall") if hall else ChannelRef("test", f"chat-{who}")
    sender = Sender(who, who.capitalize())
    message = Message("test", str(number), sender, channel, app.clock.now(), text, mentioned=True)
    return (await app.mentor.handle(message, show if parts is not None else None))[0]


async def test_a_good_model_answers_with_the_passages_it_was_sent(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        parts: list[str] = []
        said = await say(app, "ask what is overfitting", 10, parts)
        assert "a model learns noise" in said.text
        assert "Week 17" in said.text
        assert "[S1]" not in said.text
        assert parts == [
            "Overfitting means that a model learns noise.",
            "Overfitting means that a model learns noise. Compare training and test score.",
        ]
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
        for private in (
            PRIVATE,
            "S77",
            "S99",
            "evil.example",
            "<html",
            "[S",
            "mp-7c",
            "study mentor",
            "square",
            "500",
            "Trust",
        ):
            assert private not in shown


async def test_in_one_chat_every_question_is_answered_in_time_while_the_server_breaks_in_every_way(
    tmp_path: Path,
) -> None:
    broken = [*BROKEN, "over-long"]
    assert len(broken) >= 13
    async with tutored_app(tmp_path, "good") as (app, server):
        await say(app, "ask merge vs rebase in a group of two", 9)
        for number, mode in enumerate(broken, 10):
            server.mode = mode
            later(app)  # a server that was left alone is asked again
            asked, parts = len(server.requests), list[str]()
            begun = time.monotonic()
            said = await say(app, f"ask what is overfitting, number {number}", number, parts)
            assert time.monotonic() - begun < 2 * DEADLINE + 1, mode
            assert len(server.requests) > asked, mode
            assert said.template == "answer", mode
            assert "Week 17" in said.text, mode
            shown = said.text + "".join(parts)
            assert not any(secret in shown for secret in (PRIVATE, "S77", "S99", "evil.example", "<html", "[S")), mode
        server.mode = "good"
        later(app)
        assert "a model learns noise" in (await say(app, "ask what is overfitting", 40)).text


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


async def test_failures_that_are_not_in_a_row_do_not_open_the_breaker(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "401") as (app, server):
        for number in range(10, 22):
            server.mode = "good" if number % 2 else "401"
            await say(app, f"ask what is overfitting number {number}", number)
        assert len(server.requests) == 12
        tutor = app.mentor.study.tutor if app.mentor.study else None
        assert isinstance(tutor, ModelAnswers)
        assert tutor.breaker.failures == 0


async def test_what_a_good_answer_did_not_need_is_given_back_before_it_is_shown(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, _):
        await say(app, "ask what is overfitting", 10)
        assert app.database is not None
        async with app.database.connect() as connection:
            reserved = (await connection.execute(select(func.max(budgets.c.reserved)))).scalar()
        assert reserved == 0


@pytest.mark.parametrize("mode", ["filter chunk first", "thinking"])
async def test_what_comes_before_a_good_answer_is_passed_over(tmp_path: Path, mode: str) -> None:
    async with tutored_app(tmp_path, mode) as (app, _):
        parts: list[str] = []
        said = await say(app, "ask what is overfitting", 10, parts)
        assert "a model learns noise" in said.text
        assert "slow" not in said.text + "".join(parts)


async def test_when_no_sentence_stands_on_the_notes_the_notes_answer_and_say_so(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "made-up citation") as (app, _):
        said = await say(app, "ask what is overfitting", 10)
        assert "too little that the notes bear out" in said.text


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
        assert "share of the language model is used up" in said.text
        assert "used up" not in (await say(app, "ask what is a train test split", 11)).text
        assert server.requests == []


async def test_what_was_set_aside_is_given_back_after_a_failure(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "401") as (app, _):
        await say(app, "ask what is overfitting", 10)
        async with app.store.work() as work:
            learner = await work.learner_of("test", "ada")
            assert learner is not None
            assert await work.budgets.reserve(Spender(learner.id), LEARNER_TOKENS - 10_000, app.clock.now())


async def test_whoever_turned_the_model_off_is_answered_from_the_notes_and_nothing_is_sent(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        assert "worded by a language model" in (await say(app, "settings", 10)).text
        assert "Nothing you ask leaves this machine" in (await say(app, "tutor off", 11)).text
        await say(app, "ask what is overfitting", 12)
        assert server.requests == []
        await say(app, "tutor on", 13)
        await say(app, "ask what is overfitting", 14)
        assert len(server.requests) == 1


async def test_a_bare_why_is_sent_with_what_was_said_before_and_a_whole_question_alone(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        await say(app, "ask what is overfitting", 10)
        await say(app, "ask why?", 11)
        await say(app, "ask how does a train test split work", 12)
        asked = [[said["content"] for said in request["messages"][1:]] for request in server.requests]
        assert asked[0] == ["what is overfitting"]
        assert asked[1][0] == "what is overfitting"
        assert "a model learns noise" in asked[1][1]
        assert asked[1][-1] == "why?"
        assert asked[2] == ["how does a train test split work"]


async def test_in_a_group_nothing_is_sent_until_its_owner_says_so_and_then_the_group_pays_with_the_asker(
    tmp_path: Path,
) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        await say(app, "group create Owls", 9, hall="h")
        await say(app, "ask what is overfitting", 10, hall="h")
        assert server.requests == []
        assert "no names" in (await say(app, "group model on", 11)).text
        parts: list[str] = []
        assert "a model learns noise" in (await say(app, "ask what is overfitting", 12, parts, hall="h")).text
        assert parts == []
        assert app.database is not None
        async with app.database.connect() as connection:
            spent = await SqlBudgets(connection).spent(app.clock.now())
        assert spent.keys() == {"learner:1", "group:1", "everybody"}
        assert len(set(spent.values())) == 1
        assert "let a language model word the answers here" in (await say(app, "group log", 13)).text


async def test_in_a_group_with_a_model_the_own_no_and_being_outside_still_count(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        for number, text in enumerate(("group create Owls", "group model on"), 9):
            await say(app, text, number, hall="h")
        for number, text in enumerate(("start", "begin full-stack-ml-36"), 20):
            await say(app, text, number, who="bo")
        await say(app, "ask what is overfitting", 30, hall="h", who="bo")
        await say(app, "ask what is overfitting", 31, hall="elsewhere")
        await say(app, "tutor off", 32)
        await say(app, "ask what is overfitting", 33, hall="h")
        assert server.requests == []


async def test_only_the_owner_turns_the_groups_model_on(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, _):
        await say(app, "group create Owls", 9, hall="h")
        for number, text in enumerate(("start", "begin full-stack-ml-36"), 20):
            await say(app, text, number, who="bo")
        joining = await say(app, "group join", 30, hall="h", who="bo")
        await say(app, joining.buttons[0][0].action, 31, who="bo")
        assert (await say(app, "group model on", 40, who="bo")).template == "group_not_yours"


async def test_a_rated_answer_of_the_model_is_counted_as_its_own(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, _):
        said = await say(app, "ask what is overfitting", 10)
        up = next(b.action for row in said.buttons for b in row if b.action.endswith(" up"))
        await say(app, up, 11)
        async with app.store.work() as work:
            learner = await work.learner_of("test", "ada")
            assert learner is not None
            stored = await work.export(learner.id)
        assert "'source': 'model'" in str(stored["answer_feedback"])
        assert "'verdict': 1" in str(stored["answer_feedback"])


async def test_what_was_sent_with_a_talk_is_answered_for_this_talk_alone(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        for number, text in enumerate(("start", "begin full-stack-ml-36", "zone Berlin"), 20):
            await say(app, text, number, who="bo")
        for number, who in ((30, "ada"), (40, "bo")):
            await say(app, "ask what is overfitting", number, who=who)
            await say(app, "ask why?", number + 1, who=who)
        assert [request["messages"][-1]["content"] for request in server.requests].count("why?") == 2
        assert [request["messages"][-1]["content"] for request in server.requests].count("what is overfitting") == 1


async def test_an_answer_is_given_to_others_for_a_day(tmp_path: Path) -> None:
    async with tutored_app(tmp_path, "good") as (app, server):
        assert isinstance(app.clock, ManualClock)
        for number in (10, 11):
            await say(app, "ask what is overfitting", number)
        app.clock.move(app.clock.now() + timedelta(days=1, minutes=1))
        await say(app, "ask what is overfitting", 12)
        assert len(server.requests) == 2
