"""Forms: where typing beats tapping. A button whose command asks for words opens one, with no round trip between."""

from __future__ import annotations

from typing import Any

import discord

from bot.adapters.discord.signing import Signer
from bot.adapters.discord.wording import Wording, word

MARK = "?"
"""Stands before the command in a form's custom id."""
LONGEST = 1000


def form_for(action: str, owner: str, locale: str, wording: Wording, signer: Signer) -> discord.ui.Modal | None:
    """The form that a pressed button opens; None for buttons that just act."""
    title = word(wording, locale, "forms", action)
    if not title:
        return None
    form = discord.ui.Modal(title=title[:45], custom_id=signer.sign(owner, f"{MARK}{action}"), timeout=900)
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        label=word(wording, locale, "forms", f"{action}_label")[:45] or title[:45],
        placeholder=word(wording, locale, "forms", f"{action}_example")[:100] or None, max_length=LONGEST,
    )  # fmt: skip
    form.add_item(field)
    return form


def filled_in(interaction: discord.Interaction[Any]) -> str:
    """What was typed into a form, on one line."""
    data: Any = interaction.data or {}
    rows = data.get("components", [])
    fields = [field for row in rows for field in [row.get("component"), *row.get("components", [])] if field]
    return " ".join(" ".join(str(field.get("value") or "").split()) for field in fields)
