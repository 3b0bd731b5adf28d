"""Buttons: whose they are, whether they are genuine, and how long they live."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.discord.components import view_of
from bot.adapters.discord.signing import LIMIT, Signer, nonce
from bot.domain.message import Button
from tests.discord_adapter.house import House, living
from tests.loopback.discord.people import components, is_private, labels, words
from tests.loopback.discord.server import LoopbackDiscord

shared = pytest.mark.asyncio(loop_scope="module")


@shared
async def test_somebody_elses_button_is_refused_politely_and_does_nothing(house: House) -> None:
    ada, bo = house.discord.person("Ada"), house.discord.person("Bo")
    await house.enroll(ada)
    await house.enroll(bo)
    shown = (await ada.slash("next")).posted[0]
    refused = await bo.tap(shown, "Done")
    assert "somebody else's" in bo.reads(refused)
    assert is_private(refused.posted[0])
    for person in (ada, bo):
        assert "0 of 211" in person.reads(await person.slash("progress"))


@shared
async def test_a_changed_custom_id_is_explained_and_does_nothing(house: House) -> None:
    """Whichever part is changed: owner, tag or action; and whether or not the message was changed with it."""
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    shown = (await ada.slash("next")).posted[0]
    button = next(components(shown))
    genuine = button["custom_id"]
    for place in range(0, len(genuine), 7):
        tampered = genuine[:place] + ("x" if genuine[place] != "x" else "y") + genuine[place + 1 :]
        button["custom_id"] = tampered if place % 2 else genuine
        answer = await ada.press(shown, tampered)
        assert "out of date" in ada.reads(answer)
    assert "0 of 211" in ada.reads(await ada.slash("progress"))


@shared
async def test_an_old_button_brings_a_fresh_way_on(house: House) -> None:
    ada = house.discord.person("Ada")
    await house.enroll(ada)
    shown = (await ada.slash("next")).posted[0]
    stale = await ada.press(shown, "persistent_view:from_another_bot")
    assert labels(stale.posted[0]) == ["What's next?", "This week"]
    assert "Next: 1" in ada.reads(await ada.tap(stale.posted[0], "What's next?"))


async def test_buttons_work_after_a_restart(discord: LoopbackDiscord, tmp_path: Path) -> None:
    ada = discord.person("Ada")
    async with living(discord, tmp_path / "milepost.db") as house:
        await house.enroll(ada)
        shown = (await ada.slash("next")).posted[0]
    async with living(discord, tmp_path / "milepost.db"):
        await ada.tap(shown, "Done")
        assert "Done: 1" in words(shown)


def test_a_token_that_was_changed_makes_old_buttons_stale() -> None:
    made = Signer("first").sign("1", "done x")
    assert Signer("first").read(made) is not None
    assert Signer("second").read(made) is None


def test_the_longest_action_still_fits() -> None:
    longest = Signer("token").sign("9" * 20, "a" * 48, 24)
    assert len(longest) <= LIMIT
    assert Signer("token").read(longest) is not None
    with pytest.raises(ValueError, match="too long"):
        Signer("token").sign("9" * 20, "a" * 80)


def test_names_for_messages_are_short_and_differ_by_part() -> None:
    names = {nonce("12-weekly-20261207", part) for part in range(50)}
    assert len(names) == 50
    assert max(map(len, names)) <= 25


async def test_more_buttons_than_discord_shows_become_a_list() -> None:
    rows = tuple((Button(f"Roadmap {n}", f"begin r{n}"),) for n in range(12))
    view = view_of(rows, Signer("token"), "1")
    assert view is not None
    drawn = view.to_components()
    assert len(drawn) == 5
    assert [o["value"] for o in drawn[4]["components"][0]["options"]] == [f"begin r{n}" for n in range(4, 12)]


async def test_two_buttons_that_do_the_same_stand_side_by_side() -> None:
    view = view_of(((Button("One", "next"), Button("Other", "next")),), Signer("token"), "1")
    assert view is not None
    ids = [c["custom_id"] for c in view.to_components()[0]["components"]]
    assert len(set(ids)) == 2
