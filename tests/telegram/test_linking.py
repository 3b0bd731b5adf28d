"""A link code on its way to Telegram: the address is shown elsewhere, and opening it asks before anything happens."""

from __future__ import annotations

import re

from bot.domain.message import ChannelRef, Message, Sender
from tests.telegram.stage import Stage


async def asked_on_discord(stage: Stage) -> str:
    await stage.server.until(lambda: "telegram" in stage.app.mentor.links)
    sender, chat = Sender("7", "Ada"), ChannelRef("discord", "7")
    (answer,) = await stage.app.mentor.handle(Message("discord", "e1", sender, chat, stage.clock.now(), "link"))
    return answer.text


async def test_the_address_in_the_answer_opens_the_bot_with_the_code(stage: Stage) -> None:
    text = await asked_on_discord(stage)
    found = re.search(r"\(https://t\.me/(\w+)\?start=(link-[A-Z]{10})\)", text)
    assert found is not None
    assert len(found[2]) <= 64
    ada = stage.chat()
    shown = await ada.asks(f"/start {found[2]}")
    assert "Go on only if you got this code yourself, from me, on Discord" in shown.text
    assert "Linked" in (await ada.tap("Link them")).text


async def test_somebody_on_telegram_is_shown_no_address_on_telegram(stage: Stage) -> None:
    await asked_on_discord(stage)
    shown = await stage.chat().asks("/link")
    assert "Your link code" in shown.text
    assert "t.me" not in shown.text


async def test_a_deep_link_names_no_other_command(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    assert "deleted" not in (await ada.asks("/start forget-everything")).text
    assert "211 tasks" in (await ada.asks("/progress")).text


async def test_a_broken_code_in_a_deep_link_is_told_so(stage: Stage) -> None:
    assert "ten letters" in (await stage.chat().asks("/start link-123")).text
