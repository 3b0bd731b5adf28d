"""A study group on Telegram: its news in the right topic, buttons for all, and chats that are closed to us."""

from __future__ import annotations

import re

import pytest

from bot.engine.storing import Work
from tests.loopback.telegram.people import Room, migrate
from tests.telegram.stage import Stage


async def founded(stage: Stage, hall: Room) -> Room:
    """Ada's group, bound to a hall. Returns her own chat."""
    ada = stage.chat()
    await stage.enroll(ada)
    await ada.asks("/group create Night Owls")
    await hall.asks("/group bind")
    return ada


async def bound(stage: Stage) -> list[tuple[str, str]]:
    async with stage.app.store.work() as work:
        return await _places(work)


async def _places(work: Work) -> list[tuple[str, str]]:
    return [(c.channel.chat_id, c.channel.thread_id) for c in await work.groups.chats(1)]


async def test_the_weeks_news_is_posted_once_in_the_topic_with_buttons_for_everybody(stage: Stage) -> None:
    hall = await stage.group()
    hall.chat.forum, hall.thread = True, 42
    hall.chat.threads.add(42)
    await founded(stage, hall)
    bo = stage.chat("Bo")
    await stage.wait(days=7)
    news = [seen for seen in hall.messages if "A quiet week" in seen.text]
    assert [seen.raw["message_thread_id"] for seen in news] == [42]
    await hall.taps("Board", on=news[0], who=bo.user)
    assert "you're not in it yet" in (await bo.hears()).text


GONE = [
    (403, "Forbidden: bot was kicked from the supergroup chat"),
    (400, "Bad Request: chat not found"),
    (400, "Bad Request: message thread not found"),
    (400, "Bad Request: not enough rights to send text messages to the chat"),
]


@pytest.mark.parametrize(("code", "text"), GONE)
async def test_a_chat_that_is_closed_to_us_is_let_go_and_the_owner_hears_of_it(
    stage: Stage, code: int, text: str
) -> None:
    hall = await stage.group()
    ada = await founded(stage, hall)
    stage.server.fail("sendMessage", code, text)
    await stage.wait(days=6, hours=10)
    assert await bound(stage) == []
    await stage.wait(days=3)
    assert any("no longer belongs to Night Owls" in seen.text for seen in ada.messages)


async def test_a_group_that_becomes_a_supergroup_gets_its_news_under_its_new_id(stage: Stage) -> None:
    hall = await stage.group(kind="group")
    await founded(stage, hall)
    new = await migrate(hall, announce=False)
    await stage.wait(days=7)
    assert any("A quiet week" in seen.text for seen in new.messages)
    assert await bound(stage) == [(str(new.chat.id), "")]


async def test_an_invitation_opens_as_a_link(stage: Stage) -> None:
    hall = await stage.group()
    ada = await founded(stage, hall)
    invitation = (await ada.asks("/group invite")).text
    found = re.search(r"https://t\.me/milepost_test_bot\?start=(join-[0-9A-Z]{8})", invitation)
    assert found
    bo = stage.chat("Bo")
    assert "Join Night Owls?" in (await bo.asks(f"/start {found[1]}")).text
    await bo.taps("Join")
    assert "Welcome to Night Owls, Bo" in (await bo.hears()).text


async def test_a_code_is_never_said_in_the_groups_chat(stage: Stage) -> None:
    hall = await stage.group()
    ada = await founded(stage, hall)
    await hall.asks("/group invite")
    assert "Code:" in (await ada.hears()).text
    assert not any("Code:" in seen.text for seen in hall.messages)


async def test_a_reply_to_a_members_question_reaches_the_asker_and_is_thanked_for_where_it_was_said(
    stage: Stage,
) -> None:
    hall = await stage.group()
    ada = await founded(stage, hall)
    bo = stage.chat("Bo")
    await stage.enroll(bo)
    found = re.search(r"Code: ([0-9A-Z]{8})", (await ada.asks("/group invite")).text)
    assert found
    await bo.asks(f"/group join {found[1]}")
    await bo.tap("Join")
    await ada.asks("/group ask why does my CNN not learn?")
    await ada.tap("Ask them")
    await stage.wait(minutes=1)
    question = next(seen for seen in hall.messages if "why does my CNN" in seen.text)
    theirs = Room(stage.server, hall.chat, bo.user)
    await theirs.says("lower the learning rate", reply_to_message=question.raw)
    await stage.server.until(lambda: any("Ada has it" in seen.text for seen in hall.messages), what="thanks")
    assert not any("Send" in label for seen in bo.messages for label in seen.labels)
    await stage.wait(minutes=1)
    assert any("lower the learning rate" in seen.text and "Bo" in seen.text for seen in ada.messages)


async def test_a_name_that_a_member_typed_rings_nobody_in_the_groups_chat(stage: Stage) -> None:
    hall = await stage.group()
    ada = await founded(stage, hall)
    await ada.asks("/group ask @boris_k, @here: does https://medium.com/@boris/x help? me@example.org")
    await ada.tap("Ask them")
    await stage.wait(minutes=1)
    (question,) = [seen for seen in hall.messages if "boris_k" in seen.text]
    assert re.findall(r"(?<![\w/])@\w+", question.text) == []
    assert "https://medium.com/@boris/x" in question.text
    assert "me@example.org" in question.text
    shown = await ada.asks("/group ask is @property worth it?")
    assert "@property" in shown.text


async def test_only_an_administrator_or_an_organiser_frees_a_chat(stage: Stage) -> None:
    hall = await stage.group()
    await founded(stage, hall)
    zed = stage.seen_by("Zed", hall)
    await zed.hears()
    assert "for an organiser of the group or an administrator" in (await zed.asks("/group unbind")).text
    hall.chat.creators.add(zed.user["id"])
    assert "Shall this chat no longer" in (await zed.asks("/group unbind")).text
    assert await bound(stage) == [(str(hall.chat.id), "")]
    await zed.taps("Let the chat go")
    await zed.hears()
    assert await bound(stage) == []


async def test_where_telegram_does_not_say_who_manages_a_chat_only_organisers_free_it(stage: Stage) -> None:
    hall = await stage.group()
    await founded(stage, hall)
    zed = stage.seen_by("Zed", hall)
    hall.chat.creators.add(zed.user["id"])
    await zed.hears()
    for method in ("getChatMember", "getChatAdministrators"):
        stage.server.fail(method, 400, "Bad Request: CHAT_ADMIN_REQUIRED")
    assert "is for an organiser of the group" in (await zed.asks("/group unbind")).text
    await hall.hears()
    assert await bound(stage) == [(str(hall.chat.id), "")]
    await hall.asks("/group unbind")
    assert await bound(stage) == []


async def test_where_members_are_hidden_the_list_of_administrators_says_who_manages_a_chat(stage: Stage) -> None:
    hall = await stage.group()
    stage.server.fail("getChatMember", 400, "Bad Request: CHAT_ADMIN_REQUIRED")
    await founded(stage, hall)
    assert await bound(stage) == [(str(hall.chat.id), "")]


@pytest.mark.parametrize(("code", "text"), [(500, "Internal Server Error"), (429, "Too Many Requests: retry after 5")])
async def test_an_outage_gives_nobody_a_chat_that_they_do_not_manage(stage: Stage, code: int, text: str) -> None:
    hall, zed = await stage.group(), stage.chat("Zed")
    await stage.enroll(zed)
    await zed.asks("/group create Pirates")
    for method in ("getChatMember", "getChatAdministrators"):
        stage.server.fail(method, code, text)
    asked = await stage.seen_by("Zed", hall).asks("/group bind")
    assert "for somebody who manages the chat" in asked.text
    assert await bound(stage) == []
    await hall.hears()
    await hall.tap("Let it in")
    assert await bound(stage) == [(str(hall.chat.id), "")]


async def test_a_tap_that_is_answered_in_the_own_chat_leaves_no_line_in_the_group(stage: Stage) -> None:
    hall = await stage.group()
    await founded(stage, hall)
    await stage.idle()
    before = len(hall.messages)
    post = next(seen for seen in hall.messages if "Join" in seen.labels)
    for name in ("Bo", "Cy"):
        own = stage.chat(name)
        await hall.taps("Join", on=post, who=own.user)
        assert "Join Night Owls?" in (await own.hears()).text
    await stage.idle()
    assert len(hall.messages) == before
