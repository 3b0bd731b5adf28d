"""What Telegram refuses, and what becomes of the message."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters.telegram.client import client
from bot.adapters.telegram.parts import Part, parts
from bot.adapters.telegram.post import Post, Target
from bot.adapters.telegram.signing import Signer
from bot.adapters.telegram.transport import TelegramTransport
from bot.delivery.pacing import Pacing
from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.learner import Identity
from bot.domain.message import Button, Image, Rendered
from bot.engine.errors import SendFailed
from bot.engine.ports import Push
from tests.loopback.telegram.people import Room
from tests.loopback.telegram.server import TOKEN
from tests.telegram.stage import Stage

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def push(stage: Stage, room: Room, text: str = "**Week 2**") -> Push:
    now = stage.clock.now()
    delivery = Delivery(1, 1, 1, DeliveryKind.WEEKLY, now.date(), now, now, now)
    message = Rendered("weekly", text, ((Button("Start", "next"),),))
    return Push(delivery, Identity("telegram", str(room.user["id"]), str(room.chat.id)), message)


CASES = [
    # code, text, parameters, permanent, asks to wait
    (403, "Forbidden: bot was blocked by the user", {}, True, 0),
    (403, "Forbidden: user is deactivated", {}, True, 0),
    (403, "Forbidden: bot was kicked from the supergroup chat", {}, True, 0),
    (400, "Bad Request: chat not found", {}, True, 0),
    (403, "Forbidden: something new", {}, False, 0),  # what nobody knows is not taken for final
    (400, "Bad Request: something new", {}, False, 0),
    (429, "Too Many Requests: retry after 7", {"retry_after": 7}, False, 7),
    (500, "Internal Server Error", {}, False, 0),
    (502, "Bad Gateway", {}, False, 0),
    (503, "Service Unavailable", {}, False, 0),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "parameters", "permanent", "wait"), CASES)
async def test_refusals_are_told_apart(
    stage: Stage, code: int, text: str, parameters: dict[str, int], permanent: bool, wait: int
) -> None:
    ada = stage.chat()
    stage.server.fail("sendMessage", code, text, **parameters)
    with pytest.raises(SendFailed) as caught:
        await stage.service.transport.send(push(stage, ada))
    failed = caught.value
    assert (failed.permanent, failed.in_doubt) == (permanent, False)
    assert (failed.retry_after.total_seconds() if failed.retry_after else 0) == wait
    assert len(stage.server.calls("sendMessage")) == 1


async def test_a_connection_that_breaks_after_sending_leaves_the_message_in_doubt(stage: Stage) -> None:
    ada = stage.chat()
    stage.server.fail("sendMessage", cut=True, after=True)
    with pytest.raises(SendFailed) as caught:
        await stage.service.transport.send(push(stage, ada))
    assert caught.value.in_doubt
    assert len(ada.messages) == 1


async def test_a_push_of_several_messages_that_broke_off_goes_on_from_the_one_that_is_missing(stage: Stage) -> None:
    ada = stage.chat()
    long = push(stage, ada, "\n\n".join(f"**Part {n}** " + "word " * 700 for n in range(2)))
    sending = asyncio.create_task(stage.service.transport.send(long))
    await stage.server.until(lambda: len(ada.messages) == 1)
    stage.server.fail("sendMessage", 502, "Bad Gateway")  # the second waits a second for its turn in this chat
    with pytest.raises(SendFailed):
        await sending
    await stage.service.transport.send(long)
    assert [seen.text[:6] for seen in ada.messages] == ["Part 0", "Part 1"]
    assert [bool(seen.labels) for seen in ada.messages] == [False, True]


async def test_a_server_that_is_not_there_is_no_doubt_and_the_error_keeps_the_token_to_itself(stage: Stage) -> None:
    async with _elsewhere("http://127.0.0.1:9") as transport:
        with pytest.raises(SendFailed) as caught:
            await transport.send(push(stage, stage.chat()))
    assert not caught.value.in_doubt
    assert not caught.value.permanent
    assert "canary" not in f"{caught.value} {caught.value.__cause__} {caught.value.__cause__.__cause__}"  # type: ignore[union-attr]


@asynccontextmanager
async def _elsewhere(url: str, patience: float = 10.0) -> AsyncIterator[TelegramTransport]:
    """A transport of our own to some other server."""
    bot = client(TOKEN, url, patience)

    async def moved(old: int, new: int) -> None:
        raise AssertionError("no chat moves here")

    try:
        yield TelegramTransport(Post(bot, Pacing(), moved), Signer(TOKEN))
    finally:
        await bot.request.shutdown()


async def test_a_server_that_takes_a_message_and_says_nothing_leaves_it_in_doubt(stage: Stage) -> None:
    ada = stage.chat()
    stage.server.fail("sendMessage", delay=1.0, after=True)
    async with _elsewhere(stage.server.url, patience=0.2) as transport:
        with pytest.raises(SendFailed) as caught:
            await transport.send(push(stage, ada))
    assert caught.value.in_doubt
    assert len(ada.messages) == 1


async def test_a_proxy_that_the_environment_names_is_used(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = stage.chat()
    monkeypatch.setenv("http_proxy", stage.server.url)
    monkeypatch.delenv("no_proxy", raising=False)
    async with _elsewhere("http://api.telegram.invalid") as transport:
        await transport.send(push(stage, ada))
    assert len(ada.messages) == 1
    monkeypatch.setenv("no_proxy", "telegram.invalid")
    async with _elsewhere("http://api.telegram.invalid") as transport:
        with pytest.raises(SendFailed):
            await transport.send(push(stage, ada))


async def test_asked_to_wait_nothing_is_sent_before_and_a_long_pause_goes_back_to_the_outbox(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    ada, bo = stage.chat("Ada"), stage.chat("Bo")
    stage.server.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    started = time.monotonic()
    await ada.asks("/help")
    assert time.monotonic() - started >= 1
    assert [record.getMessage() for record in caplog.records] == ["Telegram asks for a pause of 1 s"]
    stage.service.conversation.post.pacing.hold(60)
    with pytest.raises(SendFailed) as caught:
        await stage.service.transport.send(push(stage, bo))
    assert caught.value.retry_after
    assert caught.value.retry_after.total_seconds() > 50
    assert not bo.messages


async def test_a_pause_asked_for_in_one_chat_keeps_no_other_waiting_and_in_two_it_keeps_all(stage: Stage) -> None:
    eve, ada, bo = stage.chat("Eve"), stage.chat("Ada"), stage.chat("Bo")
    pacing = stage.service.conversation.post.pacing
    told = {"retry_after": 30}
    stage.server.fail("sendMessage", 429, "Too Many Requests: retry after 30", chat_id=eve.chat.id, **told)
    await eve.says("/help")
    await stage.server.until(lambda: pacing.held(str(eve.chat.id)) > 20)
    assert "Say start" in (await ada.asks("/help")).text
    stage.server.fail("sendMessage", 429, "Too Many Requests: retry after 30", chat_id=ada.chat.id, **told)
    await ada.says("/help")
    await stage.server.until(lambda: pacing.held(str(bo.chat.id)) > 20)


async def test_an_answer_survives_a_bad_gateway(stage: Stage) -> None:
    ada = stage.chat()
    stage.server.fail("sendMessage", 502, "Bad Gateway", times=2)
    assert "Say start" in (await ada.asks("/help")).text
    assert len(ada.messages) == 1


async def test_an_answer_in_doubt_is_repeated_once_at_most(stage: Stage) -> None:
    ada = stage.chat()
    stage.server.fail("sendMessage", cut=True, after=True, times=2)
    await ada.says("/help")
    await ada.hears(2)
    await stage.idle()
    assert len(ada.messages) == 2
    assert "Say start" in (await ada.asks("/help")).text


async def test_an_answer_in_doubt_is_still_sent_when_what_followed_surely_did_not_arrive(stage: Stage) -> None:
    ada = stage.chat()
    stage.server.fail("sendMessage", cut=True)
    stage.server.fail("sendMessage", 502, "Bad Gateway")
    await ada.says("/help")
    assert "Say start" in (await ada.hears(seconds=15)).text
    assert len(ada.messages) == 1


async def test_markup_that_telegram_refuses_goes_out_as_plain_text(stage: Stage) -> None:
    ada = stage.chat()
    stage.server.fail("sendMessage", 400, "Bad Request: can't parse entities: unsupported start tag")
    seen = await ada.asks("/start")
    assert "Hi Ada, I'm Milepost" in seen.text
    assert seen.raw["entities"] == []
    assert seen.labels


async def test_a_message_telegram_will_never_take_does_not_hold_up_the_chat(stage: Stage) -> None:
    ada = stage.chat()
    stage.server.fail("sendMessage", 400, "Bad Request: BUTTON_DATA_INVALID", times=1)
    await ada.says("/help")
    assert "I'm Milepost" in (await ada.asks("/start")).text
    assert len(ada.messages) == 1


async def test_a_picture_carries_its_words_as_caption_and_long_words_follow_it(stage: Stage, tmp_path: Path) -> None:
    ada = stage.chat()
    file = tmp_path / "card.png"
    file.write_bytes(PIXEL)
    post, to = stage.service.conversation.post, Target(ada.chat.id)
    buttons = ((Button("Next", "next"),),)
    card = (Image("Your progress: 3 of 211", str(file)),)
    await _send(post, Rendered("progress", "**3** of 211", buttons, images=card), to)
    await _send(post, Rendered("progress", "word " * 300, buttons, images=card), to)
    short, picture, words = ada.messages
    assert short.raw["photo"] and short.text == "3 of 211" and short.labels == ["Next"]
    assert picture.text == "Your progress: 3 of 211"
    assert words.labels == ["Next"]
    gone = Rendered("progress", "words", images=(Image("alt", str(tmp_path / "gone.png")),))
    await _send(post, gone, to)
    assert ada.messages[-1].text == "words"


@pytest.mark.parametrize(
    "text", ["not enough rights to send photos to the chat", "CHAT_SEND_PHOTOS_FORBIDDEN", "IMAGE_PROCESS_FAILED"]
)
async def test_where_no_picture_may_be_sent_its_words_go_alone_and_the_chat_is_kept(
    stage: Stage, tmp_path: Path, text: str
) -> None:
    ada = stage.chat()
    file = tmp_path / "card.png"
    file.write_bytes(PIXEL)
    card = Rendered("progress", "**3** of 211", ((Button("Next", "next"),),), images=(Image("alt", str(file)),))
    stage.server.fail("sendPhoto", 400, f"Bad Request: {text}")
    await _send(stage.service.conversation.post, card, Target(ada.chat.id))
    assert [(seen.text, seen.labels) for seen in ada.messages] == [("3 of 211", ["Next"])]


async def test_a_long_answer_comes_in_several_messages_with_the_buttons_under_the_last(stage: Stage) -> None:
    ada = stage.chat()
    post, to = stage.service.conversation.post, Target(ada.chat.id)
    text = "\n\n".join(f"**Part {n}** " + "palavra 🙂 " * 60 for n in range(20))
    await _send(post, Rendered("x", text, ((Button("Next", "next"),),)), to)
    assert len(ada.messages) > 2
    assert [bool(seen.labels) for seen in ada.messages] == [False] * (len(ada.messages) - 1) + [True]
    assert all(seen.text.startswith("Part") for seen in ada.messages)


async def _send(post: Post, reply: Rendered, to: Target) -> None:
    made: list[Part] = parts(reply, lambda action: f"v1.{action}.x")
    for part in made:
        await post.answer(part, to)
