"""What goes over the wire stays within Discord's limits, rings nobody, and is shown as it was meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.parts import CONTENT, EMBED, parts
from bot.adapters.discord.signing import Signer
from bot.domain.message import Rendered
from bot.rendering.discord_markup import DISCORD, escape
from bot.rendering.markup import convert
from bot.rendering.pieces import packed, utf16
from tests.discord_adapter.house import House
from tests.loopback.discord.people import words

shared = pytest.mark.asyncio(loop_scope="module")
SIGNER = Signer("token")


@shared
async def test_nobody_is_rung_by_a_name_or_an_answer(house: House) -> None:
    eve, hall = house.discord.person("@everyone <@1> **x**"), await house.server()
    for one in (await eve.slash("start"), await eve.slash("start", hall)):
        assert all(m["_rings"] == [] for m in one.posted)
        assert "\\*\\*x" in eve.reads(one)
        assert "@everyone" not in eve.reads(one)


@shared
async def test_edits_ring_nobody_either(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    shown = (await ada.slash("next")).posted[0]
    await ada.tap(shown, "Done")
    for sent in house.discord.sent("PATCH", "/messages/"):
        assert sent.body is not None
        assert sent.body["allowed_mentions"] == {"parse": []}


@shared
@pytest.mark.parametrize(
    "text", ["x" * 2000, "🙃" * 900, "\u202eabc\u202c", "a\u0300" * 500, "```" * 100, "\u200b", "   "]
)
async def test_odd_texts_are_answered(house: House, text: str) -> None:
    ada = house.discord.person("Ada")
    assert await ada.say(text)


@shared
async def test_a_form_with_four_thousand_letters_is_answered(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    form = await ada.tap((await ada.slash("settings")).posted[0], "Time zone")
    assert ada.reads(await ada.submit(form, "x" * 4000))


@given(st.text(max_size=300))
def test_any_text_is_escaped_to_something_that_means_nothing(text: str) -> None:
    shown = escape(text)
    assert "@everyone" not in shown
    assert "@here" not in shown
    if "http" not in text:
        assert "<" not in shown.replace("\\<", "")


@given(st.lists(st.text(min_size=1, max_size=6000), min_size=1, max_size=4))
def test_pieces_fit_and_nothing_but_space_is_lost(blocks: list[str]) -> None:
    made = packed(blocks, CONTENT)
    assert all(utf16(piece) <= CONTENT for piece in made)
    assert "".join("".join(made).split()).replace("`", "") == "".join("".join(blocks).split()).replace("`", "")


def test_code_that_is_cut_stays_code() -> None:
    made = packed(["```py\n" + "x = 1\n" * 900 + "```"], CONTENT)
    assert len(made) > 1
    assert all(piece.startswith("```py\n") and piece.endswith("\n```") for piece in made)


@pytest.mark.parametrize(("length", "messages", "embedded"), [(1500, 1, False), (3500, 1, True), (9000, 5, False)])
def test_long_answers_become_an_embed_and_then_several_messages(length: int, messages: int, embedded: bool) -> None:
    made = parts(Rendered("week", "word " * (length // 5)), "1")
    assert len(made) == messages
    assert (utf16(made[0].text) > CONTENT) is embedded
    assert all(utf16(part.text) <= (EMBED if embedded else CONTENT) for part in made)
    assert ("embeds" in made[0].for_send(SIGNER)) is embedded


def test_markup_reads_as_it_was_meant() -> None:
    text = "## Week 8\n\n**Bold** *fine* `code` [note](https://x.y/a_b) 2 * 3 > 1 #tag https://a.b/c_d.\n\n- one\n- two"
    shown = convert(text, DISCORD)
    assert shown.startswith("### Week 8\n\n**Bold** *fine* `code` [note](<https://x.y/a_b>) 2 \\* 3 \\> 1 #tag ")
    assert shown.endswith("<https://a.b/c_d>.\n\n• one\n• two")


@shared
async def test_times_in_a_server_are_each_readers_own(house: House) -> None:
    ada, hall = house.discord.person("Ada"), await house.server()
    await house.enroll(ada, hall)
    assert re.search(r"once: <t:\d{10}:f>\.", ada.reads(await ada.slash("snooze", hall)))
    assert "<t:" not in ada.reads(await ada.slash("snooze"))


@shared
async def test_the_words_of_all_answers_are_those_of_the_mentor(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    assert all(words(m) for m in (await ada.slash("week")).posted)
