"""How updates reach us: polling, webhooks, two pollers, floods, restarts."""

from __future__ import annotations

import asyncio
import io
import itertools
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot.adapters.telegram.assembly import telegram
from bot.adapters.telegram.service import Hook
from bot.app import running
from bot.settings import Settings
from bot.web.server import serving
from bot.web.site import site
from bot.web.webhook import LARGEST, Webhook
from tests.loopback.telegram.server import LoopbackTelegram
from tests.loopback.telegram.webhooks import SECRET_HEADER
from tests.telegram.stage import Stage, staged

SECRET = "correct-horse"


async def test_a_second_poller_takes_turns_until_it_is_gone_and_nobody_crashes(stage: Stage) -> None:
    ada = stage.chat()
    await ada.asks("/help")
    async with aiohttp.ClientSession() as other:
        url = f"{stage.server.url}/bot{stage.server.state.token}/getUpdates"
        await other.post(url, json={"timeout": 0, "offset": 10**6})
    await stage.server.until(lambda: any(c.status == 409 for c in stage.server.calls("getUpdates")))
    assert "I'm Milepost" in (await ada.asks("/start")).text


async def test_a_webhook_left_over_is_taken_away_when_we_poll(server: LoopbackTelegram, tmp_path: Path) -> None:
    server.state.webhook = {"url": "http://127.0.0.1:9/old"}
    async with staged(server, tmp_path / "a.db") as stage:
        await server.until(lambda: server.calls("deleteWebhook"))
        assert "I'm Milepost" in (await stage.chat().asks("/start")).text


async def test_an_outage_at_the_start_is_waited_out(server: LoopbackTelegram, tmp_path: Path) -> None:
    server.fail("getMe", 502, "Bad Gateway")
    async with staged(server, tmp_path / "a.db") as stage:
        assert "I'm Milepost" in (await stage.chat().asks("/start")).text


async def test_updates_nobody_can_read_do_not_hold_up_the_others(stage: Stage) -> None:
    ada = stage.chat()
    state = stage.server.state
    state.updates += [{"update_id": 501, "message": {"chat": {"id": ada.chat.id}, "message_id": "no number"}},
                      {"update_id": 502, "message": []}, {"update_id": 503, "something_new": {"id": 1}}]  # fmt: skip
    for _ in range(4):
        next(state.update_ids)
    assert "I'm Milepost" in (await ada.asks("/start")).text


async def test_update_ids_may_jump_back_after_a_quiet_week(stage: Stage) -> None:
    ada = stage.chat()
    await ada.asks("/help")
    await stage.server.lapse()
    stage.server.state.update_ids = itertools.count(7)
    assert "I'm Milepost" in (await ada.asks("/start")).text


async def test_a_hundred_messages_at_once_from_one_person_delay_nobody_else(stage: Stage) -> None:
    eve, ada = stage.chat("Eve"), stage.chat("Ada")
    await asyncio.gather(*(eve.says("/help") for _ in range(100)))
    started = time.monotonic()
    await ada.asks("/help")
    assert time.monotonic() - started < 2
    await stage.idle()
    assert len(eve.messages) == 31  # thirty are read, one asks to slow down
    assert len([seen for seen in eve.messages if "Say start" not in seen.text]) == 1


async def test_talk_that_a_bot_overhears_in_a_group_is_nobodys_flood(stage: Stage) -> None:
    ada, hall = stage.chat(), await stage.group()
    hall.chat.bot_admin = True
    for number in range(40):
        await hall.says(f"look at this, number {number}")
        await hall.posts(photo=[], caption="and this")
    assert "Say start" in (await ada.asks("/help")).text
    assert hall.messages == []
    await hall.says("@milepost_test_bot help")
    await hall.hears()
    await stage.idle()
    assert len(hall.messages) == 1


async def test_a_slow_answer_in_one_chat_does_not_delay_another_and_order_is_kept(stage: Stage) -> None:
    ada, bo = stage.chat("Ada"), stage.chat("Bo")
    stage.server.fail("sendMessage", chat_id=ada.chat.id, delay=1.0)
    await ada.says("/start")
    await ada.says("/help")
    started = time.monotonic()
    await bo.asks("/help")
    assert time.monotonic() - started < 0.9
    await ada.hears(2)
    assert [seen.text[:6] for seen in ada.messages] == ["Hi Ada", ada.messages[1].text[:6]]


async def test_a_revoked_token_stops_the_bot_with_one_line_and_leaves_what_is_unanswered(
    stage: Stage, caplog: object
) -> None:
    await stage.chat().asks("/help")
    await stage.server.revoke()
    await asyncio.wait_for(asyncio.shield(stage.running), 5)
    lines = [r for r in caplog.records if r.levelname == "ERROR"]
    assert len(lines) == 1
    assert "refused the bot's token" in lines[0].getMessage()


def settings_of(database: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{database}")


@asynccontextmanager
async def hooked(server: LoopbackTelegram, database: Path) -> AsyncIterator[tuple[Stage, str]]:
    """The bot behind a webhook on a real web server; gives the address too."""
    async with staged(server, database, hook=Hook("http://127.0.0.1:1/", SECRET)) as stage:
        hook = Webhook(SECRET_HEADER, SECRET, stage.service.receive)

        async def ready() -> str:
            return ""

        async with serving(site(ready, {"/telegram/webhook": hook}), "127.0.0.1", 0) as port:
            url = f"http://127.0.0.1:{port}/telegram/webhook"
            await server.until(lambda: server.calls("setWebhook"))
            server.state.webhook["url"] = url
            yield stage, url


async def test_over_a_webhook_everything_works_and_repeats_are_answered_once(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    async with hooked(server, tmp_path / "a.db") as (stage, _):
        ada = stage.chat()
        await stage.enroll(ada)
        said = await ada.says("done 1")
        assert "Done: 1" in (await ada.hears()).text
        await server.again(said)
        await ada.asks("undo")
        assert "0 of 211 tasks" in (await ada.asks("progress")).text


async def test_what_another_replica_received_is_answered_once_and_in_order_by_the_one_that_speaks(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    database = tmp_path / "a.db"
    async with hooked(server, database) as (stage, url), running(settings_of(database), stage.clock) as other:
        ada = stage.chat()
        await stage.enroll(ada)
        words = {"": other.renderer.words("en").get}
        silent = telegram(server.state.token, server.url, other.mentor, other.inbox, words)

        async def ready() -> str:
            return ""

        hook = Webhook(SECRET_HEADER, SECRET, silent.receive)
        async with serving(site(ready, {"/telegram/webhook": hook}), "127.0.0.1", 0) as port:
            server.state.webhook["url"] = f"http://127.0.0.1:{port}/telegram/webhook"
            await ada.says("done 1")
            assert "Done: 1" in (await ada.hears()).text
            server.state.webhook["url"] = url
            assert "1 of 211 tasks" in (await ada.asks("progress")).text
        assert await stage.app.inbox.waiting("telegram") == []
        assert sum("Done: 1" in seen.text for seen in ada.messages) == 1


async def test_forged_oversized_and_broken_deliveries_are_refused_before_anything_is_read(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    async with hooked(server, tmp_path / "a.db") as (stage, url), aiohttp.ClientSession() as outsider:
        good = {SECRET_HEADER: SECRET}
        cases = [
            ({}, b"{}", 401), ({SECRET_HEADER: ""}, b"{}", 401), ({SECRET_HEADER: "x" * 8000}, b"{}", 401),
            ({SECRET_HEADER: SECRET + "x"}, b"{}", 401), (good, b"x" * (LARGEST + 1), 413), (good, b"{", 400),
            (good, b"[" * 100_000, 400), (good, b"[]", 400), (good, b"{}", 200), (good, b'{"update_id": "x"}', 200),
            (good, b'{"update_id": 1, "poll": {}}', 200),
        ]  # fmt: skip
        for headers, body, status in cases:
            async with outsider.post(url, data=io.BytesIO(body), headers=headers) as answer:
                assert answer.status == status, (headers, body[:20])
        async with outsider.get(url, headers=good) as answer:
            assert answer.status == 405
        assert await stage.app.inbox.waiting("telegram") == []


async def test_while_the_database_is_away_the_webhook_asks_for_a_repeat_and_nothing_is_lost(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    async with hooked(server, tmp_path / "a.db") as (stage, _):
        ada = stage.chat()
        await ada.asks("/help")
        with sqlite3.connect(tmp_path / "a.db", isolation_level=None) as other:
            other.execute("ALTER TABLE inbox RENAME TO inbox_away")
            await ada.says("/start")
            await server.until(lambda: 503 in server.webhooks.statuses)
            other.execute("ALTER TABLE inbox_away RENAME TO inbox")
        other.close()
        assert "I'm Milepost" in (await ada.hears()).text


ODD = [
    {"message": {"chat": 5}}, {"message": {"chat": "x", "from": 3}}, {"message": {"chat": {"id": {}}, "from": {}}},
    {"message": {"chat": {"id": 7}, "from": [1], "date": "x"}}, {"message": {"chat": {"id": 7}, "date": 10**400}},
    {"message": None}, {"callback_query": {"message": {"chat": 3}}}, {"my_chat_member": "x"}, {"message": [1]},
]  # fmt: skip


async def test_an_update_of_a_shape_that_nobody_foresaw_is_left_out_and_the_next_is_answered(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    async with hooked(server, tmp_path / "a.db") as (stage, _):
        ada = stage.chat()
        for update in ODD:
            await stage.service.receive([{"update_id": next(server.state.update_ids), **update}])
        await stage.service.receive([{"message": {"chat": {"id": ada.chat.id}}}])
        assert "I'm Milepost" in (await ada.asks("/start")).text
        assert await stage.app.inbox.waiting("telegram") == []


async def test_what_comes_again_because_it_could_not_be_kept_does_not_count_as_too_much(
    server: LoopbackTelegram, tmp_path: Path
) -> None:
    async with staged(server, tmp_path / "a.db") as stage:
        ada = stage.chat()
        await ada.asks("/help")
        with sqlite3.connect(tmp_path / "a.db", isolation_level=None) as other:
            other.execute("ALTER TABLE inbox RENAME TO inbox_away")
            said = [await ada.says("/help") for _ in range(12)]
            for _ in range(4):
                with pytest.raises(OperationalError):
                    await stage.service.receive(said)
            other.execute("ALTER TABLE inbox_away RENAME TO inbox")
        other.close()
        await stage.service.receive(said)
        await ada.hears(12)
        await stage.idle()
        assert all("Say start" in seen.text for seen in ada.messages)
        assert len(ada.messages) == 13
