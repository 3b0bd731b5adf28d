"""A model's answer as it grows, in a direct chat: shown now and then, whole in the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import warm
from tests.discord_adapter.house import House, living
from tests.discord_adapter.test_serve import serving, until
from tests.loopback.discord.people import words
from tests.loopback.discord.server import LoopbackDiscord
from tests.loopback.llm.server import GOOD, LlmServer, llm_server

BEGINNING = GOOD.split(" [S1]")[0]


@pytest.fixture
async def model() -> AsyncIterator[LlmServer]:
    async with llm_server() as it:
        it.pause = 0.2
        yield it


@pytest.fixture
async def tutored(discord: LoopbackDiscord, model: LlmServer, tmp_path: Path) -> AsyncIterator[House]:
    """A mentor with a model, and the notes read, so that only the model is waited for."""
    async with living(discord, tmp_path / "a.db", model=model.url) as house:
        warm(house.app.mentor.study)
        yield house


def edits(house: House, path: str) -> list[float]:
    return [sent.at for sent in house.discord.sent("PATCH", path)]


async def test_a_written_question_is_answered_in_one_message_that_grows(tutored: House) -> None:
    ada = tutored.discord.person("Ada")
    await tutored.enroll(ada)
    before = len(ada.inbox)
    await ada.write("ask what is overfitting")
    await until(lambda: len(ada.inbox) > before)
    assert words(ada.inbox[-1]).endswith(" …")
    await until(lambda: "Week 17" in words(ada.inbox[-1]))
    assert len(ada.inbox) == before + 1
    assert words(ada.inbox[-1]).startswith(BEGINNING)
    at = edits(tutored, "/messages/")
    assert 2 <= len(at) <= 5
    assert tutored.discord.limits.refused == 0


async def test_a_commands_own_answer_grows_in_its_place(tutored: House) -> None:
    ada = tutored.discord.person("Ada")
    await tutored.enroll(ada)
    tutored.discord.rest.sent.clear()
    one = await ada.slash("ask", text="what is overfitting")
    await until(lambda: "Week 17" in ada.reads(one))
    assert ada.reads(one).startswith(BEGINNING)
    assert len({m["id"] for m in one.posted}) == 1
    assert len(edits(tutored, "@original")) >= 2


async def test_in_a_server_nothing_is_shown_before_it_is_whole(tutored: House) -> None:
    ada, hall = tutored.discord.person("Ada"), await tutored.server()
    await tutored.enroll(ada)
    one = await ada.slash("ask", hall, text="what is overfitting")
    assert "…" not in ada.reads(one)
    assert "Week 17" in ada.reads(one)


async def test_typing_is_shown_in_a_direct_chat_when_an_answer_takes_longer_than_a_second(
    tutored: House, model: LlmServer
) -> None:
    ada = tutored.discord.person("Ada")
    await tutored.enroll(ada)
    await ada.say("progress")
    assert not tutored.discord.sent("POST", "/typing")
    model.mode = "drip"
    tutored.app.mentor.study.tutor.deadline = 1.5  # type: ignore[union-attr]
    await ada.write("ask what is overfitting")
    await until(lambda: tutored.discord.sent("POST", "/typing"))


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_killed_in_the_middle_of_an_answer_it_is_whole_after_the_restart_and_said_once(
    discord: LoopbackDiscord, model: LlmServer, tmp_path: Path
) -> None:
    ada = discord.person("Ada")
    model.pause = 1.0
    settings = {"MILEPOST_LLM_BASE_URL": model.url, "MILEPOST_LLM_MODEL": "m"}
    async with serving(discord, tmp_path, **settings) as process:
        await ada.slash("begin", roadmap="full-stack-ml-36")
        before = len(ada.inbox)
        await ada.write("ask what is overfitting")
        await until(lambda: len(ada.inbox) > before and words(ada.inbox[-1]).endswith("…"), 60)
        await asyncio.sleep(0.3)
        process.kill()
        await process.wait()
    async with serving(discord, tmp_path, **settings):
        await until(lambda: "Week 17" in words(ada.inbox[-1]), 60)
        await asyncio.sleep(0.5)
        assert len(ada.inbox) == before + 1
