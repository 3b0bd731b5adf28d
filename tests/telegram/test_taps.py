"""Buttons: forged, foreign, repeated, old."""

from __future__ import annotations

import asyncio
import copy
import time
from pathlib import Path

import pytest

from bot.adapters.telegram.signing import Signer
from tests.loopback.telegram.people import Room, Seen
from tests.loopback.telegram.server import LoopbackTelegram
from tests.telegram.stage import Stage, staged

TOKEN = "1:a"


def test_no_byte_of_callback_data_can_be_changed() -> None:
    signer = Signer(TOKEN)
    data = signer.sign("7", "done python-core-syntax")
    assert signer.action(data, "7") == "done python-core-syntax"
    for position, char in enumerate(data):
        forged = data[:position] + chr(ord(char) ^ 1) + data[position + 1 :]
        assert signer.action(forged, "7") is None, position


def test_the_longest_action_fits_into_64_bytes_and_a_longer_one_is_a_bug_that_shows() -> None:
    signer = Signer(TOKEN)
    assert len(signer.sign("7" * 12, "x" * 48).encode()) <= 64
    with pytest.raises(ValueError, match="too long"):
        signer.sign("7", "x" * 60)


@pytest.mark.parametrize(
    "data", ["", ".", "v1", "v1.", "v1..", "next", "v1.next", "v1.next.\x00", "v2.next.abc", "v1.next.ü"]
)
def test_data_of_any_other_shape_means_nothing(data: str) -> None:
    assert Signer(TOKEN).action(data, "7") is None


def test_a_button_for_anybody_works_for_everybody() -> None:
    signer = Signer(TOKEN)
    assert signer.action(signer.sign("", "board"), "8") == "board"
    assert signer.action(signer.sign("7", "board"), "8") is None
    assert Signer("2:b").action(signer.sign("", "board"), "8") is None


async def test_the_same_tap_under_a_new_update_id_changes_nothing_more(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    await ada.asks("done 1")
    told = await ada.asks("done 2")
    await asyncio.gather(ada.taps("Undo", on=told), ada.taps("Undo", on=told))
    await ada.hears()
    await stage.server.until(lambda: any("taken care of" in text for text in ada.toasts()))
    assert "1 of 211 tasks" in (await ada.asks("progress")).text


async def test_the_same_tap_under_a_new_update_id_changes_nothing_more_after_a_restart(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    async with staged(server, tmp_path / "a.db") as stage:
        ada = stage.chat()
        await stage.enroll(ada)
        await ada.asks("done 1")
        told = Seen(copy.deepcopy((await ada.asks("done 2")).raw))
        await ada.taps("Undo", on=told)
        await ada.hears()
        await stage.idle()
    async with staged(server, tmp_path / "a.db") as stage:
        await ada.taps("Undo", on=told)  # the app heard no answer, and sends what its user saw when tapping
        await server.until(lambda: any("taken care of" in text for text in ada.toasts()))
        assert "1 of 211 tasks" in (await ada.asks("progress")).text
        again = await ada.asks("done 2")
        await ada.taps("Undo", on=again)
        assert "1 of 211 tasks" in (await _after(ada, "progress")).text


async def _after(room: Room, text: str) -> Seen:
    await room.hears()
    return await room.asks(text)


async def test_a_button_that_changes_nothing_may_be_tapped_day_after_day(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    async with staged(server, tmp_path / "a.db") as stage:
        ada = stage.chat()
        await stage.enroll(ada)
        told = await ada.asks("done 1")
        assert "First step" in (await ada.tap("What's next?")).text
        await stage.idle()
    async with staged(server, tmp_path / "a.db"):
        await ada.taps("What's next?", on=told)
        assert "First step" in (await ada.hears()).text


async def test_the_same_update_delivered_three_times_is_answered_once(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    said = await ada.says("done 1")
    await ada.hears()
    await stage.server.again(said)
    await stage.server.again(said)
    await ada.asks("undo")
    assert "0 of 211 tasks" in (await ada.asks("progress")).text
    assert len([m for m in ada.messages if "Done: 1" in m.text]) == 1


async def test_buttons_work_after_a_month_and_when_the_tapped_message_is_out_of_reach(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    asked = await ada.asks("next")
    old = {"chat": ada.chat.json(), "message_id": asked.raw["message_id"], "date": 0}
    data = next(b["callback_data"] for b in asked.buttons if b["text"] == "Done")
    query = {"id": "77", "from": ada.user, "message": old, "chat_instance": "1", "data": data}
    stage.server.state.callbacks["77"] = time.monotonic() - 1000  # the app waits no more
    await stage.server.add(callback_query=query)
    assert "Done: 1" in (await ada.hears()).text


async def test_a_button_of_an_older_make_is_explained(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    asked = Seen(copy.deepcopy((await ada.asks("next")).raw))
    asked.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = "v0.done"
    await ada.taps("Done", on=asked)
    assert "out of date" in (await ada.hears()).text


async def test_a_button_from_before_the_bot_had_a_new_token_is_explained_and_not_called_somebody_elses(
    stage: Stage,
) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    asked = await ada.asks("next")
    old = Seen(copy.deepcopy(asked.raw))
    button = old.raw["reply_markup"]["inline_keyboard"][0][0]
    button["callback_data"] = Signer("1:old").sign(str(ada.user["id"]), button["callback_data"].split(".")[1])
    await ada.taps("Done", on=old)
    assert "out of date" in (await ada.hears()).text
    assert "0 of 211 tasks" in (await ada.asks("progress")).text


async def test_a_tap_on_a_message_that_was_deleted_gets_a_new_one(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    asked = await ada.asks("next")
    await ada.taps("Done", on=asked)
    del ada.chat.messages[asked.raw["message_id"]]
    assert "Done: 1" in (await ada.hears()).text
