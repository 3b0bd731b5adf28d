"""How much of anything a group carries: answers, groups, news, and places that can be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.test_groups import code_in, founded, templates
from tests.conversations.two_platforms import Side, linked, two_platforms
from tests.talk import Talk


async def test_one_person_answers_ten_times_a_day_and_is_thanked_for_the_eleventh(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group ask how do you test a model?")
    await talk.tap("Ask them")
    for number in range(11):
        await talk.say("group answer 1", "bo")
        await talk.say(f"with a held-out set, part {number}", "bo")
        await talk.tap("Send it", "bo")
    assert templates(talk) == ["group_answer_enough"]
    assert "Ada will be as glad of it tomorrow" in talk.last[0].text
    assert len([text for text in await talk.wait(hours=2) if "held-out" in text]) == 10
    await talk.wait(days=1)
    await talk.say("group answer 1", "bo")
    await talk.say("and one for tomorrow", "bo")
    await talk.tap("Send it", "bo")
    assert templates(talk) == ["group_answer_sent"]


async def test_an_answer_that_is_sent_twice_counts_once(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group ask how do you test a model?")
    await talk.tap("Ask them")
    await talk.say("group answer 1", "bo")
    await talk.say("with a held-out set", "bo")
    send = next(b.action for b in talk.buttons if b.label == "Send it")
    for _ in range(12):
        await talk.press(send, "bo")
    assert templates(talk) == ["group_answer_sent"]


async def test_who_has_more_than_five_groups_by_linking_keeps_them_and_joins_no_further_one(tmp_path: Path) -> None:
    async with two_platforms(tmp_path / "m.db") as (one, other):
        for side, who, count in ((one, "ada", 4), (other, "ada", 3)):
            for number in range(count):
                await side.say(f"group create {side.platform} {number}", who)
        await other.say("group create Bos", "bo")
        code = code_in(await other.say("group invite", "bo"))
        await other.say(f"link {await one.code()}")
        assert "That's more than 5: all of them stay" in other.last[0].text
        await other.tap("Link them")
        assert "You're in 7 groups now, and stay in all of them" in other.last[0].text
        assert await groups_of(one) == await groups_of(other) == 7
        for line in (f"group join {code}", "group create An eighth"):
            assert "You're in 7 groups, since two accounts of yours became one" in await one.say(line)
        assert await groups_of(one) == 7


async def groups_of(side: Side) -> int:
    await side.say("group use")
    return len(side.buttons)


async def test_within_five_groups_linking_says_nothing_of_a_bound(tmp_path: Path) -> None:
    async with two_platforms(tmp_path / "m.db") as (one, other):
        await one.say("group create Owls")
        assert "groups now" not in await linked(one, other)


@pytest.mark.parametrize(("said", "offered"), [("Atlantis", ["New York"]), ("Londn", ["London"]), ("Narnia", [])])
async def test_a_place_that_is_not_known_sets_nothing_and_one_that_is_near_it_is_asked(
    talk: Talk, said: str, offered: list[str]
) -> None:
    await founded(talk)
    text = await talk.say(f"group digest {said}")
    assert f'I don\'t know "{said}" as a place' in text
    assert talk.labels == offered
    assert "18:00 Berlin" in await talk.say("group digest")


async def test_a_place_that_was_asked_is_set_by_a_tap_or_by_saying_another(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group digest Londn")
    await talk.tap("London")
    assert "18:00 London" in talk.last[0].text
    await talk.say("group digest fri 17:30 Londn")
    await talk.tap("London")
    assert "Fridays at 17:30 London" in talk.last[0].text
    await talk.say("group digest sun 18:00 Atlantis")
    assert "Sundays at 18:00 Kolkata" in await talk.say("Pune")
    for said in ("Europe/Paris", "UTC+5:30", "germany", "sao paulo"):
        await talk.say(f"group digest {said}")
        assert templates(talk) == ["group_digest"], said


async def test_news_is_counted_by_those_who_get_it_and_spares_those_on_a_break(talk: Talk) -> None:
    await founded(talk, "bo", "cy", "dee")
    await talk.say("pause", "bo")
    await talk.say("pause", "cy")
    await talk.say("group share hidden", "cy")
    assert "2 people in **Night Owls**" in await talk.say("group announce We meet on Friday")
    await talk.tap("Send it")
    assert "Sent to 2 people" in talk.last[0].text
    await talk.wait(days=6)
    told = {push.to.external_id for push in talk.mailbox.pushes if push.message.template == "group_announcement"}
    assert told == {"dee"}
