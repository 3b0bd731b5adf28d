"""What a crash leaves in the inbox, and what the next start makes of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.adapters.telegram.raw import PLATFORM
from bot.adapters.telegram.updates import Said
from bot.app import App
from bot.clock import ManualClock
from bot.engine.storing import Event
from tests.loopback.telegram.people import Room, direct, person
from tests.loopback.telegram.server import LoopbackTelegram
from tests.shared import running_app
from tests.talk import MONDAY_MORNING
from tests.telegram.stage import staged


def event(server: LoopbackTelegram, room: Room, number: int, text: str) -> Event:
    body = {"message_id": number, "date": int(time.time()), "chat": room.chat.json(), "from": room.user, "text": text}
    update = {"update_id": number, "message": body}
    return Event(PLATFORM, f"{server.state.bot['id']}:{number}", str(room.chat.id), update)


@pytest.fixture
def ada(server: LoopbackTelegram) -> Room:
    return direct(server, person(server, "Ada"))


async def test_received_and_not_handled_it_is_answered_in_order(
    server: LoopbackTelegram, ada: Room, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    lines = ("/start", "begin full-stack-ml-36", "done 1", "progress")
    async with running_app(database, ManualClock(MONDAY_MORNING)) as app:
        events = [event(server, ada, number, line) for number, line in enumerate(lines, 1)]
        await app.inbox.receive(events, MONDAY_MORNING)
    async with staged(server, database) as stage:
        await ada.hears(4)
        await stage.idle()
        assert [seen.text.split()[0] for seen in ada.messages[:3]] == ["Hi", "You're", "Done:"]
        assert "1 of 211 tasks" in ada.messages[3].text
        assert await stage.app.inbox.waiting(PLATFORM) == []


async def test_handled_and_not_sent_it_is_sent_and_not_handled_again(
    server: LoopbackTelegram, ada: Room, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    async with staged(server, database) as stage:
        await stage.enroll(ada)
        await ada.asks("done 1")
        await ada.asks("done 2")
        await stage.idle()
        undo = event(server, ada, 9001, "undo")
        await stage.app.inbox.receive([undo], MONDAY_MORNING)
        await _handle(stage.app, stage.service.conversation.reader.read(undo.event_id, undo.payload, MONDAY_MORNING))
    async with staged(server, database) as stage:
        assert "Open again" in (await ada.hears()).text
        assert "1 of 211 tasks" in (await ada.asks("progress")).text  # taken back once, not twice


async def _handle(app: App, said: object) -> None:
    assert isinstance(said, Said)
    assert await app.mentor.handle(said.message)


async def test_of_an_answer_in_several_messages_only_the_rest_is_sent(
    server: LoopbackTelegram, ada: Room, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    async with staged(server, database) as stage:
        await stage.enroll(ada)
        await stage.idle()
        copy = event(server, ada, 9001, "mydata")
        (received,) = await stage.app.inbox.receive([copy], MONDAY_MORNING)
        await _handle(stage.app, stage.service.conversation.reader.read(copy.event_id, copy.payload, MONDAY_MORNING))
        await stage.app.inbox.note_sent(received.number, 1)
        before = len(ada.messages)
    async with staged(server, database):
        seen = await ada.hears()
        assert "document" in seen.raw
        assert len(ada.messages) == before + 1


async def test_answered_and_delivered_once_more_by_telegram_it_is_not_answered_again(
    server: LoopbackTelegram, ada: Room, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    async with staged(server, database) as stage:
        await stage.enroll(ada)
        said = await ada.says("done 1")
        await ada.hears()
        await stage.idle()
    before = len(ada.messages)
    async with staged(server, database) as stage:
        await server.again(said)
        await ada.asks("progress")
        assert len(ada.messages) == before + 1
