"""Two who want company: introduced, and given a way to each other wherever they are."""

from __future__ import annotations

from pathlib import Path

from tests.conversations.test_groups import code_in, founded, templates
from tests.conversations.two_platforms import Side, two_platforms
from tests.talk import Talk


async def introduced(talk: Talk) -> None:
    """Ada and Bo, through the mentor; the button is under Bo's last answer."""
    await founded(talk, "bo", "cy")
    await talk.say("group buddy")
    await talk.say("group buddy", "bo")
    assert templates(talk) == ["group_buddy"]


async def says_hi(talk: Talk, text: str, who: str) -> None:
    await talk.say(text, who)
    await talk.tap("Send it", who)


async def test_two_on_two_platforms_say_hello_to_each_other_through_the_mentor(tmp_path: Path) -> None:
    async with two_platforms(tmp_path / "m.db") as (telegram, discord):
        await telegram.enroll()
        await telegram.say("group create Owls")
        code = code_in(await telegram.say("group invite"))
        await discord.enroll(who="bo")
        await discord.say(f"group join {code} yes", "bo")
        await telegram.say("group buddy")
        await discord.say("group buddy", "bo")
        await discord.tap("Say hi", "bo")
        shown = await discord.say("Hi, I study on Tuesdays; I'm bo#7 here", "bo")
        assert "To Ada, from Bo:" in shown
        await discord.tap("Send it", "bo")
        assert await pushed(telegram, "ada") == ["group_buddy", "group_hi"]
        assert "Bo from **Owls**, to you alone:" in telegram.mailbox.texts[-1]
        back = telegram.mailbox.pushes[-1].message.buttons[0][0]
        await telegram.press(back.action)
        await says_hi(telegram, "Tuesday at 18:00 it is", "ada")
        assert "group_hi" in await pushed(discord, "bo")
        assert "Tuesday at 18:00 it is" in discord.mailbox.texts[-1]


async def pushed(side: Side, who: str) -> list[str]:
    await side.wait(days=2)
    return [
        p.message.template for p in side.mailbox.pushes if p.to.external_id == who and "group" in p.message.template
    ]


async def test_a_first_word_is_shown_before_it_goes_and_can_be_left(talk: Talk) -> None:
    await introduced(talk)
    await talk.tap("Say hi", "bo")
    await talk.say("hi there", "bo")
    assert templates(talk) == ["group_hi_sure"]
    await talk.tap("Not now", "bo")
    assert not [text for text in await talk.wait(days=2) if "hi there" in text]


async def test_nobody_else_gets_into_a_talk_of_two(talk: Talk) -> None:
    await introduced(talk)
    say_hi = talk.buttons[0].action
    await talk.press(say_hi, "cy")
    assert templates(talk) == ["group_hi_late"]
    for forged in ("group_hi #1 3-1-20261130", "group_hi #1 1-3-20261130", "group_hi #1 send:99", "group_hi #1"):
        await talk.press(forged, "cy")
        assert templates(talk) == ["group_hi_late"], forged


async def test_who_is_blocked_or_gone_hears_nothing_more(talk: Talk) -> None:
    await introduced(talk)
    say_hi = talk.buttons[0].action
    await talk.press(say_hi, "bo")
    await says_hi(talk, "see you on Tuesday", "bo")
    await talk.say("group block Bo")
    assert not [text for text in await talk.wait(days=2) if "Tuesday" in text]
    await talk.press(say_hi, "bo")
    assert templates(talk) == ["group_hi_late"]


async def test_three_words_a_day_are_carried_between_two_and_one_tapped_twice_is_one(talk: Talk) -> None:
    await introduced(talk)
    say_hi = talk.buttons[0].action
    for number in range(4):
        await talk.press(say_hi, "bo")
        await talk.say(f"word {number}", "bo")
        send = next(b.action for b in talk.buttons if b.label == "Send it")
        await talk.press(send, "bo")
        if number < 3:
            await talk.press(send, "bo")
            assert templates(talk) == ["group_hi_sent"]
    assert templates(talk) == ["group_hi_enough"]
    assert len([text for text in await talk.wait(days=2) if "> word" in text]) == 3


async def test_who_hides_is_asked_before_a_name_is_given_away(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group share hidden", "bo")
    await talk.say("group buddy")
    await talk.say("group buddy", "bo")
    assert templates(talk) == ["group_buddy_sure"]
    assert not [text for text in await talk.wait(days=2) if "company" in text]
    await talk.say("group buddy", "bo")
    await talk.tap("Introduce me", "bo")
    assert templates(talk) == ["group_buddy"]
