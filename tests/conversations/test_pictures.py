"""The pictures that go with words: the board, and the invitation to scan."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.storage.answers import from_json, to_json
from tests.talk import Talk

LINK = "https://t.me/our_milepost_bot?start="


def size(file: str) -> tuple[int, int]:
    width, height = struct.unpack(">II", Path(file).read_bytes()[16:24])
    return width, height


def lose(file: str) -> None:
    Path(file).unlink()


@pytest.fixture
async def group(talk: Talk) -> Talk:
    """Ada, on a roadmap, in a group of her own."""
    await talk.say("start")
    await talk.tap("ML Engineer (40 weeks)")
    await talk.say("group create Night <owls> & co")
    return talk


async def test_the_board_comes_with_a_picture_and_with_words_for_those_who_cannot_see_it(group: Talk) -> None:
    said = await group.say("group board")

    (image,) = group.last[-1].images
    assert "0 % of 40 weeks" in said
    assert size(image.path)[0] == 720
    assert "0 %" in image.alt
    texts = [node.text for node in ElementTree.fromstring(image.svg).iter("{http://www.w3.org/2000/svg}text")]
    assert "Night <owls> & co" in texts


async def test_an_invitation_can_be_scanned_where_there_is_an_address_to_scan(group: Talk) -> None:
    await group.say("group invite")
    assert group.last[-1].images == ()

    group.app.mentor.links["telegram"] = LINK
    said = await group.say("group invite")

    (image,) = group.last[-1].images
    assert size(image.path) == (420, 520)
    code = image.alt.rstrip(".").rpartition(" ")[2]
    assert f"{LINK}join-{code}" in said


async def test_a_picture_that_waited_through_a_restart_is_drawn_again(group: Talk) -> None:
    await group.say("group board")
    kept = from_json(to_json(group.last))
    lose(kept[-1].images[0].path)
    unpainted = from_json([{**item, "images": [[alt, "", svg] for alt, _, svg in item["images"]]}
                           for item in to_json(kept)])  # fmt: skip

    drawn = await group.app.mentor.painted(unpainted)

    assert size(drawn[-1].images[0].path)[0] == 720


async def test_what_a_small_share_is_can_be_told_from_a_smaller_one(group: Talk) -> None:
    async def filled(who: str) -> int:
        await group.say("group board", who)
        fills = [
            int(node.get("width", "0"))
            for node in ElementTree.fromstring(group.last[-1].images[0].svg).iter("{http://www.w3.org/2000/svg}rect")
            if node.get("fill") == "#0072b2"
        ]
        return max(fills)

    for number in range(1, 4):
        await group.say(f"week {number}")
        await group.say("done all")
    some = await filled("ada")
    for number in range(4, 6):
        await group.say(f"week {number}")
        await group.say("done all")
    assert 4 < some < await filled("ada") < 60


async def test_the_words_for_a_picture_are_read_out_and_so_carry_no_backslashes(group: Talk) -> None:
    await group.say("group alias a_b*c")
    await group.say("group board")
    assert "a_b*c" in group.last[-1].images[0].alt
