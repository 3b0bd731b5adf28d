"""Buttons and lists that live in their custom ids alone, so that they work after any restart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Self

import discord

from bot.adapters.discord.signing import Signer
from bot.domain.message import Button

IN_ROW, ROWS, LABEL, OPTIONS, OPTION = 5, 5, 80, 25, 100
PICK = "!pick"
"""The action of a list; what was picked is in its values."""
_HEAD = r"m1\|[^|]*\|[^|]*\|[^|]*\|"


class ActionButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"{_HEAD}(?!{PICK}).*"):
    """A button of ours; pressing it raises the client's event `milepost_press`. Whether it is genuine is seen there."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button as it was pressed."""
        return cls(item)  # type: ignore[arg-type]  # discord.py hands in the component that the template wraps

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press on."""
        interaction.client.dispatch("milepost_press", interaction, self.custom_id, "")


class ActionList(discord.ui.DynamicItem[discord.ui.Select[Any]], template=rf"{_HEAD}{PICK}"):
    """A list of ours; picking from it raises `milepost_press` with the action picked."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The list as it was picked from."""
        return cls(item)  # type: ignore[arg-type]  # discord.py hands in the component that the template wraps

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the pick on."""
        picked = self.item.values[0] if self.item.values else ""
        interaction.client.dispatch("milepost_press", interaction, self.custom_id, picked)


ITEMS = (ActionButton, ActionList)
"""What a client must be told of to hear presses on messages of an earlier run."""


def view_of(rows: Sequence[Sequence[Button]], signer: Signer, owner: str) -> discord.ui.View | None:
    """Buttons as Discord shows them: five a row, five rows; what does not fit goes into a list below."""
    wrapped = [row[i : i + IN_ROW] for row in rows for i in range(0, len(row), IN_ROW)]
    if not wrapped:
        return None
    view = discord.ui.View(timeout=None)
    kept, rest = (wrapped, []) if len(wrapped) <= ROWS else (wrapped[: ROWS - 1], wrapped[ROWS - 1 :])
    for number, (row, button) in enumerate(_placed(kept)):
        view.add_item(ActionButton(_button(button, signer.sign(owner, button.action, number), row)))
    if rest:
        listed = [button for row in rest for button in row][:OPTIONS]
        view.add_item(ActionList(_list(listed, signer.sign(owner, PICK))))
    view.stop()  # it is only drawn: discord.py would otherwise remember every message for ever
    return view


def _placed(rows: Sequence[Sequence[Button]]) -> Iterator[tuple[int, Button]]:
    return ((number, button) for number, row in enumerate(rows) for button in row)


def _button(button: Button, custom_id: str, row: int) -> discord.ui.Button[Any]:
    return discord.ui.Button(
        style=discord.ButtonStyle.secondary, label=button.label[:LABEL] or "·", custom_id=custom_id, row=row
    )


def _list(buttons: Sequence[Button], custom_id: str) -> discord.ui.Select[Any]:
    picks = dict.fromkeys(b.action[:OPTION] for b in buttons)
    labels = {b.action[:OPTION]: b.label[:OPTION] or "·" for b in buttons}
    options = [discord.SelectOption(label=labels[action], value=action) for action in picks]
    return discord.ui.Select(custom_id=custom_id, options=options, row=ROWS - 1)
