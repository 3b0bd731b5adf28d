"""A learner in a direct chat and in a server: commands, taps, forms, written words."""

from __future__ import annotations

import asyncio

import pytest

from tests.discord_adapter.house import House
from tests.loopback.discord.people import is_private, labels, words

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_first_hello_by_command_leads_to_a_plan(house: House) -> None:
    ada = house.discord.person("Ada")
    hello = await ada.slash("start")
    assert "Ada" in ada.reads(hello)
    picked = await ada.tap(hello.posted[0], "Full-Stack ML (36 weeks)")
    assert "where are you?" in ada.reads(picked)
    said = await ada.say("Berlin")
    assert "09:00 for you now" in words(said[0])
    assert "Next: 1" in ada.reads(await ada.slash("next"))


async def test_plain_words_in_a_direct_chat_are_understood(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    said = await ada.say("what's next?")
    assert "First step, 15 minutes" in words(said[0])
    assert "Done" in labels(said[0])


async def test_a_tap_changes_the_message_it_was_on(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    shown = (await ada.slash("next")).posted[0]
    tapped = await ada.tap(shown, "Done")
    assert "Done: 1" in words(shown)
    assert not tapped.posted
    assert "Undo" in labels(shown)


async def test_undo_by_tap_takes_back_what_was_done(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    done = await ada.slash("done", tasks="1")
    await ada.tap(done.posted[0], "Undo")
    assert "0 of 211 tasks" in ada.reads(await ada.slash("progress"))


async def test_a_command_in_a_server_is_answered_for_one_pair_of_eyes(house: House) -> None:
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada, hall)
    answer = await ada.slash("next", hall)
    assert "Next: 1" in ada.reads(answer)
    assert all(is_private(m) for m in house.discord.world.said(hall))
    tapped = await ada.tap(answer.posted[0], "Show me")
    assert all(is_private(m) for m in tapped.posted)


async def test_sharing_shows_a_private_answer_to_all_without_buttons(house: House) -> None:
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada, hall)
    progress = (await ada.slash("progress", hall)).posted[0]
    shared = (await ada.tap(progress, "Share")).posted[0]
    assert not is_private(shared)
    assert words(progress) in words(shared)
    assert "**Ada**" in words(shared)
    assert labels(shared) == []


async def test_shared_again_and_again_it_stands_there_once(house: House) -> None:
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada, hall)
    progress = (await ada.slash("progress", hall)).posted[0]
    taps = await asyncio.gather(*(ada.tap(progress, "Share") for _ in range(5)))
    assert len([m for m in house.discord.world.said(hall) if not is_private(m)]) == 1
    assert sum("taken care of already" in ada.reads(tap) for tap in taps) == 4


async def test_a_mention_in_a_server_is_answered_directly_and_says_so(house: House) -> None:
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada, hall)
    said = await ada.say("what's next?", hall, mention=True)
    assert "Next: 1" in words(ada.inbox[-1])
    assert [words(m) for m in said if m["channel_id"] == hall.id] == ["I've answered you in our own chat."]


async def test_a_mention_by_somebody_who_takes_no_direct_messages_says_how_to_go_on(house: House) -> None:
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada, hall)
    ada.user.accepts_dms = False
    said = await ada.say("what's next?", hall, mention=True)
    assert "direct messages are closed" in words(said[0])
    assert "Next: 1" not in words(said[0])


async def test_talk_in_a_server_that_is_not_for_us_is_left_alone(house: House) -> None:
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada, hall)
    before = len(house.discord.world.said(hall))
    await ada.write("done 1", hall)
    assert "0 of 211" in ada.reads(await ada.slash("progress"))
    assert len(house.discord.world.said(hall)) == before


async def test_a_server_we_do_not_know_yet_is_not_taken_for_a_direct_chat(house: House) -> None:
    ada, hall = house.discord.person("Ada"), await house.server(joined=False)
    await house.enroll(ada)
    await ada.say("what's next?", hall, mention=True)
    assert [words(m) for m in house.discord.world.said(hall)] == ["I've answered you in our own chat."]


async def test_asking_about_somebodys_message_does_not_obey_it(house: House) -> None:
    ada, bo, hall = house.discord.person("Ada"), house.discord.person("Bo"), await house.server()
    await house.enroll(ada, hall)
    message = await bo.write("done 1", hall)
    answer = await ada.menu("Ask Milepost", message)
    assert answer.posted
    assert is_private(answer.posted[0])
    assert "0 of 211" in ada.reads(await ada.slash("progress"))


async def test_another_city_opens_a_form_at_once(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    settings = (await ada.slash("settings")).posted[0]
    form = await ada.tap(settings, "Time zone")
    assert form.modal is not None
    sent = await ada.submit(form, "new york")
    assert "New York it is" in ada.reads(sent)


async def test_my_data_comes_as_a_file(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    answer = await ada.slash("mydata")
    file = answer.posted[0]["attachments"][0]
    assert file["filename"] == "milepost-my-data.json"
    assert b'"Ada"' in file["_content"]


async def test_a_command_works_where_the_bot_is_no_member(house: House) -> None:
    """A user install takes the commands along into anybody's server."""
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    elsewhere = await house.server(joined=False)
    assert "Next: 1" in ada.reads(await ada.slash("next", elsewhere))
