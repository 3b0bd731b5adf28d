"""The inbox, over the database and in memory: the same promises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.domain.message import Attachment, Button, Image, Rendered
from bot.engine.storing import Event, Inbox, Store
from bot.storage.memory import MemoryStore
from bot.storage.memory_inbox import MemoryInbox
from tests.shared import running_app
from tests.talk import MONDAY_MORNING

Both = tuple[Inbox, Store]
ANSWER = Rendered(
    "done",
    "**Done**: 1",
    ((Button("Undo", "undo"),),),
    False,
    True,
    (Image("a", "/b"),),
    (Attachment("f", b"\x00\xff"),),
)


@pytest.fixture(params=["sqlite", "memory"])
async def both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Both]:
    if request.param == "memory":
        store = MemoryStore()
        yield MemoryInbox(store), store
        return
    async with running_app(tmp_path / "i.db", ManualClock(MONDAY_MORNING)) as app:
        yield app.inbox, app.store


def event(number: int, chat: str = "ada", platform: str = "telegram") -> Event:
    return Event(platform, str(number), chat, {"n": number})


async def test_what_is_received_waits_in_order_and_only_once(both: Both) -> None:
    inbox, _ = both
    assert len(await inbox.receive([event(1), event(2)], MONDAY_MORNING)) == 2
    again = await inbox.receive([event(2), event(3, "bo")], MONDAY_MORNING)
    assert [r.event.event_id for r in again] == ["3"]
    assert [r.event.payload["n"] for r in await inbox.waiting("telegram")] == [1, 2, 3]
    assert await inbox.waiting("discord") == []


async def test_the_message_of_an_unfinished_answer_is_known_after_a_crash(both: Both) -> None:
    inbox, _ = both
    one, two = await inbox.receive([event(1), event(2)], MONDAY_MORNING)
    await inbox.note_draft(two.number, "4711")
    assert [r.draft for r in await inbox.waiting("telegram")] == ["", "4711"]
    assert (await inbox.fetch(one.number)).draft == ""  # type: ignore[union-attr]


async def test_replies_are_kept_with_the_effects_or_not_at_all(both: Both) -> None:
    inbox, store = both
    await inbox.receive([event(1), event(2)], MONDAY_MORNING)
    async with store.work() as work:
        await work.keep_replies("telegram", "1", [ANSWER])
    with pytest.raises(RuntimeError):
        async with store.work() as work:
            await work.keep_replies("telegram", "2", [ANSWER])
            raise RuntimeError
    first, second = await inbox.waiting("telegram")
    assert first.replies == (ANSWER,)
    assert second.replies is None


async def test_an_answer_without_words_is_an_answer(both: Both) -> None:
    inbox, store = both
    await inbox.receive([event(1)], MONDAY_MORNING)
    async with store.work() as work:
        await work.keep_replies("telegram", "1", [])
    assert [r.replies for r in await inbox.waiting("telegram")] == [()]


async def test_how_much_was_sent_is_remembered_and_what_is_answered_is_gone(both: Both) -> None:
    inbox, _ = both
    one, two = await inbox.receive([event(1), event(2)], MONDAY_MORNING)
    await inbox.note_sent(one.number, 2)
    await inbox.answered(two.number)
    kept = await inbox.fetch(one.number)
    assert kept is not None
    assert kept.sent == 2
    assert await inbox.fetch(two.number) is None


async def test_replies_to_an_event_that_is_not_in_the_inbox_are_not_kept(both: Both) -> None:
    inbox, store = both
    async with store.work() as work:
        await work.keep_replies("terminal", "9", [ANSWER])
    assert await inbox.waiting("terminal") == []


async def test_a_chat_that_moved_is_found_under_its_new_id(both: Both) -> None:
    inbox, store = both
    await inbox.receive([event(1, "-5"), event(2, "-5", "discord")], MONDAY_MORNING)
    async with store.work() as work:
        await work.move_chat("telegram", "-5", "-1005")
    assert [r.event.chat for r in await inbox.waiting("telegram")] == ["-1005"]
    assert [r.event.chat for r in await inbox.waiting("discord")] == ["-5"]
