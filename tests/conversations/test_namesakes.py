"""Several of one name in a group: every button and every question says whom it means, and tells of nobody who hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.group import Membership, Role, Sharing
from bot.domain.namesakes import told_apart
from tests.conversations.test_groups import founded, templates
from tests.talk import Talk

BASE = Membership(1, 1, Role.MEMBER, datetime(2026, 11, 30, tzinfo=UTC), name="Bo")


def names(*members: Membership) -> list[str]:
    return [member.shown_name for member in told_apart(members)]


def test_names_that_look_alike_are_numbered_as_their_bearers_came() -> None:
    later = replace(BASE, learner_id=2, joined_at=datetime(2026, 12, 1, tzinfo=UTC), name="B\u043e")
    assert names(later, BASE, replace(BASE, learner_id=3, name="Cy")) == ["B\u043e (2)", "Bo (1)", "Cy"]


def test_a_number_that_somebody_bears_in_their_name_is_left_to_them() -> None:
    bos = [replace(BASE, learner_id=n, name=name) for n, name in enumerate(("Bo", "Bo", "Bo (1)"))]
    assert names(*bos) == ["Bo (2)", "Bo (3)", "Bo (1)"]


def test_those_who_hide_are_numbered_last() -> None:
    hidden = replace(BASE, sharing=Sharing.HIDDEN)
    assert names(hidden, replace(BASE, learner_id=2), replace(BASE, learner_id=3)) == ["Bo (3)", "Bo (1)", "Bo (2)"]


async def two_bos(talk: Talk) -> None:
    """Ada's group with two who are called Bo, come in the same minute."""
    code = await founded(talk, "bo")
    await talk.enroll("ml-engineer-40", who="BO")
    await talk.say(f"group join {code} yes", "BO")


async def test_two_of_one_name_who_came_on_one_day_have_buttons_of_their_own(talk: Talk) -> None:
    await two_bos(talk)
    for who in ("bo", "BO"):
        await talk.say("done 1", who)
    board = await talk.say("group board")
    assert "Bo (1) ·" in board
    assert "Bo (2) ·" in board
    for line in ("group board", "group cheer", "group member Bo", "group block Bo"):
        await talk.say(line)
        assert len(set(talk.labels)) == len(talk.labels), line
    assert "Bo (2) will hear of it" in await talk.say("group cheer Bo (2)")
    assert any("cheers you on" in text for text in await talk.wait(days=2))
    assert {push.to.external_id for push in talk.mailbox.pushes if push.message.template == "group_cheered"} == {"BO"}


async def test_what_is_asked_before_it_is_done_says_which_of_them_is_meant(talk: Talk) -> None:
    await two_bos(talk)
    for line in ("group remove Bo (2)", "group transfer Bo (2)", "group report Bo (2) shouts at people"):
        assert "Bo (2)" in await talk.say(line), line
    await talk.say("group remove Bo (2)")
    await talk.tap("Take out")
    assert "Bo ·" in await talk.say("group board")
    assert "You're in no group yet" in await talk.say("group", "BO")


async def test_nobody_is_numbered_for_the_sake_of_somebody_who_hides_or_is_blocked(talk: Talk) -> None:
    await two_bos(talk)
    await talk.enroll(who="cy")
    await talk.say("group share hidden", "bo")
    for line in ("group board", "group member Bo", "group cheer"):
        assert "Bo (" not in await talk.say(line, "BO")
        assert not any("Bo (" in label for label in talk.labels)


async def test_a_report_finds_no_name_of_somebody_who_hides(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group alias Cy Smith", "cy")
    await talk.say("group share hidden", "cy")
    assert "can't find Cy among" in await talk.say("group report Cy Smith is rude", "bo")


async def test_two_groups_alike_in_everything_have_buttons_of_their_own(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group create Night Owls")
    await talk.say("group use")
    assert len(set(talk.labels)) == 2


async def test_somebody_is_found_by_a_name_copied_with_its_direction(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group alias \u05e9\u05e8\u05d4", "bo")
    board = await talk.say("group board")
    assert "- \u2068\u05e9\u05e8\u05d4\u2069 \u00b7 0 %" in board
    await talk.say("group member \u2068\u05e9\u05e8\u05d4\u2069")
    assert templates(talk) == ["group_member"]
