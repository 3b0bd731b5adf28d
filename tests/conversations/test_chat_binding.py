"""Whose chat it is: who may give a chat to a group, and who may take it back."""

from __future__ import annotations

import pytest

from bot.domain.message import Authority
from bot.engine.errors import AuthorityUnasked
from tests.conversations.test_groups import founded, templates
from tests.talk import Talk

NONE, MANAGES, UNKNOWN = Authority.NONE, Authority.MANAGES, Authority.UNKNOWN


async def test_who_manages_a_chat_can_free_it_and_the_owner_hears_of_it(talk: Talk) -> None:
    await founded(talk, name="Spam Inc")
    bound = await talk.say("group bind", group=True, authority=MANAGES)
    assert "an administrator of this chat can say **group unbind**" in bound
    await talk.say("group unbind", "zed", group=True, authority=MANAGES)
    assert templates(talk) == ["group_unbind_sure"]
    await talk.say("group unbind yes", "zed", group=True, authority=MANAGES)
    assert templates(talk) == ["group_unbound"]
    assert "somebody in the chat let go of the chat" in await talk.say("group log")
    assert any("let it go" in text for text in await talk.wait(days=2))


@pytest.mark.parametrize("authority", [NONE, UNKNOWN])
@pytest.mark.parametrize("line", ["group unbind", "group unbind yes", "group bind", "group create Mine"])
async def test_a_stranger_neither_frees_a_chat_nor_takes_it_over(talk: Talk, authority: Authority, line: str) -> None:
    await founded(talk, "bo")
    await talk.say("group bind", group=True)
    await talk.say("group create Takers", "zed")
    await talk.say(line, "zed", group=True, authority=authority)
    await talk.say(line, "bo", group=True, authority=authority)
    assert "Night Owls" in await talk.say("group board", group=True)
    assert "/ group-1" not in await talk.say("group log")


async def test_what_is_said_names_an_administrator_only_where_one_can_be_told(talk: Talk) -> None:
    await founded(talk)
    assert "administrator" not in await talk.say("group bind", group=True)
    assert "administrator" not in await talk.say("group unbind", "zed", group=True)
    assert "administrator" in await talk.say("group unbind", "zed", group=True, authority=NONE)


async def test_an_organiser_frees_a_chat_that_somebody_else_manages(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind", group=True, authority=MANAGES)
    await talk.say("group unbind", group=True, authority=NONE)
    assert templates(talk) == ["group_unbound"]


async def test_an_organiser_who_does_not_manage_the_chat_asks_for_it_and_who_does_lets_it_in(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind", group=True, authority=NONE)
    assert templates(talk) == ["group_bind_ask"]
    allow = talk.buttons[0].action
    await talk.say("", "cy", group=True, button=allow, authority=NONE)
    assert templates(talk) == ["group_none"]
    await talk.say("", "mo", group=True, button=allow, authority=MANAGES)
    assert templates(talk) == ["group_bound"]
    assert "Night Owls" in await talk.say("group board", group=True)


async def test_nobody_binds_their_chat_to_a_group_that_did_not_ask_for_it(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind #1", "eve", group=True, authority=MANAGES)
    assert templates(talk) == ["group_none"]
    await talk.say("group bind", group=True, authority=NONE)
    await talk.wait(days=1, hours=1)
    await talk.say("group bind #1", "eve", group=True, authority=MANAGES)
    assert templates(talk) == ["group_none"]


async def test_a_group_founded_in_a_chat_of_others_waits_for_whoever_manages_it(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("group create Owls", group=True, authority=NONE)
    assert templates(talk) == ["group_bind_ask"]
    assert "Owls" in await talk.say("group")
    await talk.say("", "mo", group=True, button="group_bind #1", authority=MANAGES)
    assert templates(talk) == ["group_bound"]


async def test_a_platform_is_asked_only_when_something_hangs_on_it_and_nothing_has_happened_by_then(
    talk: Talk,
) -> None:
    await founded(talk)
    assert await talk.say("group board", group=True, authority=Authority.UNASKED)
    with pytest.raises(AuthorityUnasked):
        await talk.say("group bind", group=True, authority=Authority.UNASKED)
    assert "No chat belongs" in await talk.say("group chats")
