"""What a group promises its members: who hides is not named, nobody is introduced unasked or taken by surprise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversations.test_groups import founded, templates
from tests.conversations.two_platforms import Side, linked, two_platforms
from tests.talk import Talk


@pytest.fixture
async def sides(tmp_path: Path) -> AsyncIterator[tuple[Side, Side]]:
    async with two_platforms(tmp_path / "m.db") as both:
        yield both


async def test_an_owner_who_hides_is_named_to_nobody(talk: Talk) -> None:
    code = await founded(talk, "bo", "cy")
    await talk.say("group organiser Cy")
    await talk.say("group share hidden")
    assert "Ada" not in await talk.say(f"group join {code}", "eve")
    assert "Ada" not in await talk.say("group", "bo")
    log = await talk.say("group log", "bo")
    assert "somebody who keeps out of sight made an organiser of Cy" in log
    assert "Ada made an organiser of Cy" in await talk.say("group log", "cy")


async def test_a_name_that_a_hidden_member_goes_by_is_not_given_away(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group share hidden", "cy")
    await talk.say("group alias Cy", "bo")
    assert templates(talk) == ["group_alias"]


async def test_the_cheer_and_the_answer_of_somebody_hidden_carry_no_name(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group share hidden", "cy")
    await talk.say("group cheer Ada", "cy")
    await talk.say("group ask why NaN?")
    await talk.tap("Ask them")
    await talk.press("group_answer 1", "cy")
    await talk.say("lower the learning rate", "cy")
    await talk.tap("Send it", "cy")
    words = "\n".join(await talk.wait(days=3))
    assert "Somebody from **Night Owls** saw your work and cheers you on." in words
    assert "Somebody from **Night Owls**, on" in words
    assert "Cy" not in words


async def _stuck(talk: Talk, who: str) -> None:
    await talk.say("stuck", who)
    await talk.tap("Ask my group", who)
    await talk.say("what does a type do?", who)


async def test_nobody_is_introduced_who_was_not_asked(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    for who in ("bo", "cy"):
        await _stuck(talk, who)
        await talk.tap("Ask them", who)
    together = next(b.action for b in talk.buttons if b.action.startswith("group_together"))
    await talk.press(f"{together} yes", "cy")
    assert templates(talk) == ["group_answer_late"]
    await talk.wait(days=2)
    assert "group_introduced" not in {p.message.template for p in talk.mailbox.pushes}


async def test_a_question_that_was_only_prepared_puts_nobody_in_touch(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await _stuck(talk, "bo")
    drafted = next(b.action for b in talk.buttons if "send:" in b.action).rpartition(":")[2]
    await _stuck(talk, "cy")
    await talk.tap("Ask them", "cy")
    await talk.press(f"group_together {int(drafted) + 1} {drafted}", "cy")
    assert templates(talk) == ["group_answer_late"]


async def test_linking_takes_no_pseudonym_off(sides: tuple[Side, Side]) -> None:
    telegram, discord = sides
    await founded(telegram, "bo")
    code = (await telegram.say("group invite")).split("`")[1]
    await discord.say(f"group join {code} yes", "raven")
    await discord.say("group alias Nightbird", "raven")
    assert "Night Owls" in await discord.say(f"link {await telegram.code('bo')}", "raven")
    await discord.tap("Link them", "raven")
    board = await telegram.say("group board")
    assert "Nightbird" in board
    assert "Bo" not in board


async def test_who_is_known_by_the_name_of_one_account_is_not_renamed_by_linking(sides: tuple[Side, Side]) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await telegram.enroll(who="bo")
    await telegram.say("group create Night Owls")
    code = (await telegram.say("group invite")).split("`")[1]
    await discord.say(f"group join {code} yes", "raven")
    await linked(telegram, discord, "bo", "raven")
    board = await telegram.say("group board")
    assert "Raven" in board
    assert "Bo" not in board


async def test_a_bar_holds_for_the_other_account_too(sides: tuple[Side, Side]) -> None:
    telegram, discord = sides
    await founded(telegram, "bo")
    code = (await telegram.say("group invite")).split("`")[1]
    await telegram.say("group remove Bo")
    await telegram.tap("Bar for good")
    await discord.say(f"group join {code} yes", "fresh")
    await linked(telegram, discord, "bo", "fresh")
    assert "You're in no group yet" in await discord.say("group", "fresh")
    assert "came in by another account, and is out again" in await telegram.say("group log")


async def test_cheers_after_the_days_message_come_with_the_next_one(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group cheer Ada", "bo")
    assert any("Bo from" in text for text in await talk.wait(hours=2))
    assert "with the next" in await talk.say("group cheer Ada", "cy")
    assert "already" in await talk.say("group cheer Ada", "bo")
    words = [text for text in await talk.wait(days=3) if "you on" in text]
    assert words == ["Cy from **Night Owls** saw your work and cheers you on."]


async def test_cheers_from_two_groups_on_one_day_come_in_one_message(talk: Talk) -> None:
    await founded(talk, "bo")
    await founded(talk, "cy", name="Early Birds")
    await talk.say("group cheer Ada", "bo")
    await talk.say("group cheer Ada", "cy")
    (words,) = [text for text in await talk.wait(days=3) if "you on" in text]
    assert "Bo from **Night Owls** saw" in words
    assert "Cy from **Early Birds** saw" in words
