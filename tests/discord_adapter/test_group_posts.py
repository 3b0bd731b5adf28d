"""A study group on Discord: its news in the channel or thread, buttons for all, and channels closed to us."""

from __future__ import annotations

import re

import pytest

from tests.discord_adapter.house import House
from tests.loopback.discord.people import Person, is_private, labels, words
from tests.loopback.discord.world import Channel


async def founded(house: House) -> tuple[Person, Channel]:
    """Ada's group, bound to a server's channel by a mention."""
    ada, hall = house.discord.person("Ada"), await house.server()
    ada.user.manages = True
    await house.enroll(ada)
    await ada.say("group create Night Owls")
    await ada.say("group bind", hall, mention=True)
    return ada, hall


async def places(house: House) -> list[str]:
    async with house.app.store.work() as work:
        return [chat.channel.chat_id for chat in await work.groups.chats(1)]


async def test_the_weeks_news_is_posted_once_with_buttons_for_everybody(alone: House) -> None:
    _ada, hall = await founded(alone)
    bo = alone.discord.person("Bo")
    await alone.wait(days=7)
    (news,) = [m for m in alone.discord.world.said(hall) if "A quiet week" in words(m)]
    assert labels(news)[:2] == ["Board", "Join"]
    refused = await bo.tap(news, "Board")
    assert "you're not in it yet" in bo.reads(refused)
    assert is_private(refused.posted[0])
    joined = await bo.tap(refused.posted[0], "Join")
    assert "Join **Night Owls**?" in bo.reads(joined)


async def test_an_answer_lost_on_its_way_back_does_not_post_the_news_twice(alone: House) -> None:
    _ada, hall = await founded(alone)
    alone.discord.faults.add("reset", "/channels/.*/messages", after=True, times=2)
    await alone.wait(days=6, hours=10)
    assert len([m for m in alone.discord.world.said(hall) if "A quiet week" in words(m)]) == 1


@pytest.mark.parametrize(("status", "code"), [("403", 50001), ("403", 50013), ("404", 10003), ("403", 160005)])
async def test_a_channel_that_is_closed_to_us_is_let_go_and_the_owner_hears_of_it(
    alone: House, status: str, code: int
) -> None:
    ada, hall = await founded(alone)
    alone.discord.faults.add(status, f"/channels/{hall.id}/messages", code=code)
    await alone.wait(days=6, hours=10)
    assert await places(alone) == []
    await alone.wait(days=3)
    assert any("no longer belongs to **Night Owls**" in words(m) for m in ada.inbox)


async def test_a_reply_to_a_members_question_reaches_the_asker_and_is_thanked_for_where_it_was_said(
    alone: House,
) -> None:
    ada, hall = await founded(alone)
    bo = alone.discord.person("Bo")
    await alone.enroll(bo)
    found = re.search(r"`([0-9A-Z]{8})`", "".join(words(m) for m in await ada.say("group invite")))
    assert found
    (sure,) = await bo.say(f"group join {found[1]}")
    await bo.tap(sure, "Join")
    (shown,) = await ada.say("group ask why does my CNN not learn?")
    await ada.tap(shown, "Ask them")
    await alone.wait(minutes=1)
    question = next(m for m in alone.discord.world.said(hall) if "why does my CNN" in words(m))
    said = await bo.say("lower the learning rate", hall, below=question, mention=True)
    assert [words(m) for m in said if m["channel_id"] == str(hall.id)] == ["Thank you. Ada has it."]
    await alone.wait(minutes=1)
    assert any("lower the learning rate" in words(m) for m in ada.inbox)


async def test_a_name_that_a_member_typed_rings_nobody_in_the_channel(alone: House) -> None:
    ada, hall = await founded(alone)
    bo = alone.discord.person("Bo")
    (shown,) = await ada.say(f"group ask <@{bo.user.id}> @everyone <@&7>: does it work?")
    await ada.tap(shown, "Ask them")
    await alone.wait(minutes=1)
    question = next(m for m in alone.discord.world.said(hall) if "does it work" in words(m))
    assert question["_rings"] == []
    assert f"<@{bo.user.id}>" not in words(question)


async def test_only_who_manages_the_channel_or_organises_the_group_frees_it_by_word_or_button(alone: House) -> None:
    _ada, hall = await founded(alone)
    (bound,) = [m for m in alone.discord.world.said(hall) if "Not this chat" in labels(m)]
    zed = alone.discord.person("Zed")
    await zed.say("group unbind yes", hall, mention=True)
    refused = await zed.tap(bound, "Not this chat")
    assert "an administrator of this chat" in zed.reads(refused)
    assert await places(alone) == [str(hall.id)]
    zed.user.manages = True
    asked = await zed.tap(bound, "Not this chat")
    assert labels(asked.posted[0]) == ["Let the chat go"]
    await zed.say("group unbind yes", hall, mention=True)
    assert await places(alone) == []


async def test_a_thread_is_managed_by_who_manages_the_channel_around_it(alone: House) -> None:
    world, hall = alone.discord.world, await alone.server()
    guild = next(iter(world.guilds.values()))
    thread = world.add_channel(guild, "nights", parent=hall)
    await alone.discord.gateway.emit("GUILD_CREATE", guild.shown(world.bot))
    ada = alone.discord.person("Ada")
    await alone.enroll(ada)
    await ada.say("group create Night Owls")
    await ada.say("group bind", thread, mention=True)
    assert await places(alone) == []
    ada.user.manages = True
    await ada.say("group bind", thread, mention=True)
    assert await places(alone) == [str(hall.id)]


async def test_in_a_server_that_is_not_known_yet_only_organisers_free_a_channel(alone: House) -> None:
    hall = await alone.server(joined=False)
    ada, zed = alone.discord.person("Ada"), alone.discord.person("Zed")
    zed.user.manages = True
    await alone.enroll(ada)
    await ada.say("group create Night Owls")
    await ada.say("group bind", hall, mention=True)
    assert await places(alone) == [str(hall.id)]
    await zed.say("group unbind yes", hall, mention=True)
    assert await places(alone) == [str(hall.id)]
