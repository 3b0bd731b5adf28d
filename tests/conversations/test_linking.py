"""One person on two platforms, as conversations on both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.linking import ALPHABET, LENGTH
from bot.engine.errors import SendFailed
from tests.conversations.two_platforms import Side, linked, two_platforms

Sides = tuple[Side, Side]


@pytest.fixture
async def sides(tmp_path: Path) -> AsyncIterator[Sides]:
    async with two_platforms(tmp_path / "m.db") as both:
        yield both


async def test_a_code_makes_two_accounts_one_learner(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await telegram.say("done 1")
    asked = await discord.say(f"link {await telegram.code()}")
    assert "Ada on Discord: no roadmap yet" in asked
    assert "Ada on Telegram: Full-Stack ML, 1 task done" in asked
    told = await discord.tap("Link them")
    assert "one learner on Discord and Telegram" in told
    assert "Full-Stack ML**, 1 task done" in told
    assert "1 of 211 tasks" in await discord.say("progress")
    await discord.say("done 2")
    assert "2 of 211 tasks" in await telegram.say("progress")


async def test_nothing_happens_before_the_confirm(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await discord.say(f"link {await telegram.code()}")
    await discord.tap("Leave it as it is")
    assert "only account" in await telegram.say("unlink")


async def test_a_code_may_be_typed_in_any_case_and_grouping(sides: Sides) -> None:
    telegram, discord = sides
    code = await telegram.code()
    for typed in (
        code,
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        f"<{code}>",
        f"{code[:3]} {code[3:]}",
    ):
        assert "become one" in await discord.say(f"link {typed}")


def test_codes_carry_more_than_forty_bits() -> None:
    assert len(set(ALPHABET)) ** LENGTH > 2**40


async def test_codes_are_not_stored_as_they_are(sides: Sides) -> None:
    telegram, _ = sides
    code = (await telegram.code()).replace("-", "")
    await telegram.say("mydata")
    assert code not in telegram.last[0].files[0].content.decode()


async def test_the_same_roadmap_on_both_sides_is_the_union_of_what_was_done(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await telegram.say("done 1 and 2")
    await telegram.wait(days=1)
    await discord.enroll()
    await discord.say("done 2 and 3")
    assert "what's done on either side counts" in await discord.say(f"link {await telegram.code()}")
    assert "3 tasks done" in await discord.tap("Link them")
    assert "3 of 211 tasks" in await telegram.say("progress")
    assert "take back" in await telegram.say("undo")
    assert "take back" in await discord.say("undo")


async def test_of_two_roadmaps_the_one_used_last_goes_on_and_the_other_keeps_its_place(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll("full-stack-ml-36")
    await telegram.say("done 1 and 2")
    await telegram.wait(hours=1)
    await discord.enroll("ml-engineer-40")
    told = await linked(telegram, discord)
    assert "go on with **ML Engineer**" in told
    assert "Full-Stack ML is put aside" in told
    await discord.tap("Another roadmap")
    await discord.tap("Full-Stack ML (36 weeks)")
    assert "2 of 211 tasks" in await discord.say("progress")


async def test_a_confirmed_zone_wins_over_none_and_brings_its_day_and_time(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.say("hi")
    await telegram.wait(minutes=1)
    await discord.enroll(zone="Tokyo")
    await discord.say("at wed 19:00")
    await linked(telegram, discord)
    text = await telegram.say("settings")
    assert "Wednesdays at 19:00" in text
    assert "Tokyo" in text


async def test_the_older_learners_day_moves_the_younger_ones_calendar(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await telegram.wait(minutes=1)
    await discord.enroll()
    await discord.say("at wed 19:00")
    await linked(telegram, discord)
    text = await discord.say("settings")
    assert "Mondays at 09:00" in text
    assert "Next plan: Mon 7 Dec, 09:00 Berlin" in text


async def test_a_week_is_pushed_once_to_somebody_who_was_on_it_twice(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await discord.enroll()
    await linked(telegram, discord)
    await telegram.wait(days=15)
    pushes = [*telegram.mailbox.pushes, *discord.mailbox.pushes]
    assert [push.delivery.local_date.isoformat() for push in pushes] == ["2026-12-07", "2026-12-14"]


async def test_pushes_go_where_they_went_and_elsewhere_when_asked(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    assert "arrives on Telegram" in await linked(telegram, discord)
    await telegram.wait(days=8)
    assert (len(telegram.mailbox.pushes), len(discord.mailbox.pushes)) == (1, 0)
    assert "Sent to: Telegram (you're on Discord and Telegram)" in await telegram.say("settings")
    await telegram.tap("Where it arrives")
    assert "arrives on Discord from now on" in await telegram.tap("Discord")
    await telegram.wait(days=7)
    assert (len(telegram.mailbox.pushes), len(discord.mailbox.pushes)) == (1, 1)
    await telegram.say("undo")
    assert "Sent to: Telegram" in await telegram.say("settings")


async def test_a_push_that_is_refused_goes_to_the_other_account_and_settings_say_so(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await linked(telegram, discord)
    telegram.mailbox.failures = [SendFailed("blocked", permanent=True)]
    await telegram.wait(days=8)
    assert (len(telegram.mailbox.pushes), len(discord.mailbox.pushes)) == (0, 1)
    text = await discord.say("settings")
    assert "Sent to: Discord" in text
    assert "Telegram can't be reached" in text
    await telegram.say("hi")
    assert "Sent to: Telegram" in await discord.say("settings")


async def test_a_platform_that_is_not_mine_is_answered_with_those_that_are(sides: Sides) -> None:
    telegram, discord = sides
    assert "only know you on Telegram" in await telegram.say("pushes discord")
    await telegram.enroll()
    await linked(telegram, discord)
    await telegram.say("pushes whatsapp")
    assert telegram.labels == ["Discord"]


async def test_unlink_says_what_it_means_and_then_does_it(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await linked(telegram, discord)
    await telegram.say("unlink")
    assert "leaves with nothing" in await telegram.tap("Take off Discord")
    assert "211 tasks" in await discord.say("progress")
    assert "Discord is off" in await telegram.tap("Take off Discord")
    assert "Hi Ada" in await discord.say("hi")
    assert "211 tasks" in await telegram.say("progress")
    assert "only account" in await telegram.say("unlink discord yes")


async def test_whoever_takes_their_own_account_off_starts_anew_there(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await linked(telegram, discord)
    assert "The next thing you say here" in await discord.say("unlink discord")
    assert "we start fresh" in await discord.tap("Take off Discord")
    assert "Hi Ada" in await discord.say("hi")
    assert "Linked" in await linked(telegram, discord)


async def test_a_second_account_on_one_platform_is_refused(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await linked(telegram, discord)
    await telegram.say("hi", "bo")
    assert "two accounts on Telegram" in await telegram.say(f"link {await discord.code()}", "bo")
    assert "two accounts on Telegram" in await discord.say(f"link {await telegram.code('bo')}")
    assert "from Discord and Telegram" in await discord.tap("Take one off")


async def test_my_own_code_is_for_the_other_side(sides: Sides) -> None:
    telegram, discord = sides
    code = await telegram.code()
    assert "for the other side" in await telegram.say(f"link {code}")
    await telegram.wait(minutes=10)
    assert "ten minutes are over" in await telegram.say(f"link {code}")
    await linked(telegram, discord)
    assert "one already" in await discord.say(f"link {await telegram.code()}")


async def test_a_code_is_over_after_ten_minutes_even_when_it_was_shown_before(sides: Sides) -> None:
    telegram, discord = sides
    code = await telegram.code()
    await telegram.wait(minutes=9)
    await discord.say(f"link {code}")
    await telegram.wait(minutes=1)
    assert "ten minutes are over" in await discord.tap("Link them")
    assert "only account" in await discord.say("unlink")


async def test_a_code_works_once(sides: Sides) -> None:
    telegram, discord = sides
    code = await telegram.code()
    await discord.say(f"link {code}")
    await discord.tap("Link them")
    assert "used already" in await discord.say(f"link {code}", "bo")
    assert "one already" in await discord.press(f"link {code} yes")


async def test_a_new_code_takes_the_old_ones_place(sides: Sides) -> None:
    telegram, discord = sides
    first = await telegram.code()
    await telegram.code()
    assert "don't know that code" in await discord.say(f"link {first}")


@pytest.mark.parametrize(
    "typed", ["banana", "KMTRW-XQBD", "KMTRW-XQBDPP", "12345-67890", "AEIOU-AEIOU", "x" * 3000, "\u202ekmt"]
)
async def test_what_cannot_be_a_code_is_told_what_one_looks_like_and_is_no_guess(sides: Sides, typed: str) -> None:
    _, discord = sides
    for _ in range(7):
        text = await discord.say(f"link {typed}")
        assert "ten letters and no vowels" in text
        assert len(text) < 300


@pytest.mark.parametrize("words", ["link", "/link", "link my discord account", "Link Telegram", "connect discord"])
async def test_words_that_ask_for_a_code_get_one(sides: Sides, words: str) -> None:
    assert "Your link code" in await sides[0].say(words)


async def test_the_sixth_wrong_code_in_an_hour_is_refused_and_so_is_a_right_one(sides: Sides) -> None:
    telegram, discord = sides
    code = await telegram.code()
    for _ in range(4):
        assert "don't know that code" in await discord.say("link KMTRW-XQBDP")
    assert "That was the fifth" in await discord.say("link KMTRW-XQBDP")
    for typed in ("KMTRW-XQBDP", code):
        assert "from Mon 30 Nov, 09:00 UTC" in await discord.say(f"link {typed}")
    assert "become one" in await discord.say(f"link {code}", "bo")
    await telegram.wait(hours=1)
    assert "become one" in await discord.say(f"link {await telegram.code()}")


async def test_deleting_everything_does_not_give_new_guesses(sides: Sides) -> None:
    _, discord = sides
    for _ in range(5):
        await discord.say("link KMTRW-XQBDP")
    await discord.say("forget")
    await discord.tap("Delete everything")
    assert "I take the next one from" in await discord.say("link KMTRW-XQBDP")


async def test_the_sixth_code_made_in_an_hour_is_refused(sides: Sides) -> None:
    telegram, discord = sides
    for _ in range(5):
        code = await telegram.code()
    assert "next one from Mon 30 Nov, 09:00 UTC" in await telegram.say("link")
    assert "become one" in await discord.say(f"link {code}")


async def test_the_code_of_somebody_who_deleted_their_data_is_unknown(sides: Sides) -> None:
    telegram, discord = sides
    code = await telegram.code()
    await discord.say(f"link {code}")
    await telegram.say("forget")
    await telegram.tap("Delete everything")
    assert "don't know that code" in await discord.tap("Link them")
    assert "only account" in await discord.say("unlink")


async def test_somebody_who_deletes_their_data_before_the_confirm_may_still_link(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await discord.enroll()
    await discord.say(f"link {await telegram.code()}")
    confirm = discord.buttons[0].action
    await discord.say("forget")
    await discord.tap("Delete everything")
    assert "Linked" in await discord.press(confirm)


async def test_a_code_said_in_a_group_is_worth_nothing_any_more(sides: Sides) -> None:
    telegram, discord = sides
    code = await telegram.code()
    assert "worth nothing any more" in await discord.say(f"link {code}", group=True)
    assert discord.last[0].private
    assert "used already" in await discord.say(f"link {code}")
    assert "link code:" not in await telegram.say("link", group=True)
    for words in ("unlink", "pushes"):
        assert "between us" in await telegram.say(words, group=True)


async def test_deleting_everything_deletes_both_accounts(sides: Sides) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await linked(telegram, discord)
    await telegram.say("mydata")
    assert b'"platform": "discord"' in telegram.last[0].files[0].content
    await discord.say("forget")
    await discord.tap("Delete everything")
    assert "Hi Ada" in await telegram.say("hi")


async def test_everything_done_on_both_sides_finishes_the_roadmap(sides: Sides) -> None:
    telegram, discord = sides
    weeks = next(iter(telegram.app.catalog.roadmaps.values())).weeks
    roadmap = next(iter(telegram.app.catalog.roadmaps))
    await telegram.enroll(roadmap)
    await discord.enroll(roadmap)
    for place, week in enumerate(weeks):
        side = (telegram, discord)[place % 2]
        await side.say(" ".join(["done", *(task.id for task in week.tasks)]))
    await linked(telegram, discord)
    assert "Finished" in await telegram.say("progress")
    assert await telegram.wait(days=30) == []


async def test_a_learner_of_three_platforms_is_one_too(sides: Sides) -> None:
    telegram, discord = sides
    terminal = Side(discord.app, discord.clock, discord.mailbox, discord.pushes, platform="terminal")
    await telegram.enroll()
    await linked(telegram, discord)
    assert "Discord and Telegram" in await terminal.say(f"link {await discord.code()}")
    assert "Discord and Telegram and Terminal" in await terminal.tap("Link them")
    await terminal.wait(days=8)
    assert len(telegram.mailbox.pushes) == 1
    assert telegram.clock.now() - telegram.mailbox.pushes[0].delivery.due_at < timedelta(days=8)
