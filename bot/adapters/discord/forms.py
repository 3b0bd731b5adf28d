"""Forms: where typing beats tapping. A button whose command asks for words opens one, with no round trip between."""

from __future__ import annotations

import re
from typing import Any

import discord

from bot.adapters.discord.signing import Signer
from bot.adapters.discord.wording import Wording, word

MARK = "?"
"""Stands before the command in a form's custom id."""
LONGEST = 1000
_ADDRESS = re.compile(r"#?\d+|task:\S+")
"""The parts of an action that say what it is about; whoever taps it has still to say the rest."""


def form_for(action: str, owner: str, locale: str, wording: Wording, signer: Signer) -> discord.ui.Modal | None:
    """The form that a pressed button opens; None for buttons that just act."""
    name = "_".join(part for part in action.split() if not _ADDRESS.fullmatch(part))
    title = word(wording, locale, "forms", name)
    if not title:
        return None
    form = discord.ui.Modal(title=title[:45], custom_id=signer.sign(owner, f"{MARK}{action}"), timeout=900)
    label, example, more = (word(wording, locale, "forms", f"{name}_{key}") for key in ("label", "example", "more"))
    form.add_item(_field(label or title, example))
    if more:
        form.add_item(_field(more, "", required=False))
    return form


def _field(label: str, example: str, *, required: bool = True) -> discord.ui.TextInput[Any]:
    """A place to type in: of one line where there is an example of it, else of several."""
    style = discord.TextStyle.short if example else discord.TextStyle.paragraph
    return discord.ui.TextInput(
        label=label[:45], placeholder=example[:100] or None, max_length=LONGEST, style=style, required=required
    )


def filled_in(interaction: discord.Interaction[Any]) -> str:
    """What was typed into a form, on one line."""
    data: Any = interaction.data or {}
    rows = data.get("components", [])
    fields = [field for row in rows for field in [row.get("component"), *row.get("components", [])] if field]
    return " ".join(" ".join(str(field.get("value") or "").split()) for field in fields)
