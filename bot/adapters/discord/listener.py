"""Hears what people do in Discord. Acknowledges first; only then is anything looked up or written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.adapters.discord.acknowledging import acknowledge
from bot.adapters.discord.desk import Desk
from bot.adapters.discord.forms import MARK, filled_in, form_for
from bot.adapters.discord.heard import Kind, from_interaction, from_message, is_direct, is_shared
from bot.adapters.discord.parts import CONTENT, NO_PINGS, SHARE, parts
from bot.adapters.discord.signing import Signer
from bot.adapters.discord.turns import Turn
from bot.adapters.discord.wording import Wording
from bot.domain.learner import Preferences
from bot.domain.message import Button, Reply
from bot.rendering.discord_markup import escape
from bot.rendering.pieces import utf16

Tap = discord.Interaction[Any]
MENU = ((Button("whats_next", "next"), Button("this_week", "week")),)
REMEMBERED = 5000
"""So many answers that were shared are known, so that a button pressed again and again fills no channel."""
SPOKEN = frozenset({discord.MessageType.default, discord.MessageType.reply})


@dataclass
class Listener:
    """What each kind of event leads to."""

    desk: Desk
    signer: Signer
    wording: Wording
    warned: set[str] = field(default_factory=set)
    shared: dict[int, None] = field(default_factory=dict)

    async def command(self, tap: Tap, line: str) -> None:
        """A slash command, or one from a message's menu, as the line that could have been typed."""
        turn = await self._turn(tap)
        if turn is not None:
            shared = is_shared(tap)
            acked = await acknowledge(lambda: tap.response.defer(ephemeral=shared, thinking=True))
            await self._go_on(tap, turn, acked, Kind.COMMAND, text=line)

    async def press(self, tap: Tap, custom_id: str, picked: str) -> None:
        """A button, or a choice from a list."""
        pressed, user = self.signer.read(custom_id), str(tap.user.id)
        if pressed is None:
            return await self.explain(tap, "stale_button")
        if not pressed.belongs_to(user):
            return await self.explain(tap, "not_your_button")
        if pressed.action == SHARE:
            return await self._share(tap)
        action = picked or pressed.action
        form = form_for(action, user, tap.locale.value, self.wording, self.signer)
        if form is not None:
            await acknowledge(lambda: tap.response.send_modal(form))
            return None
        return await self._act(tap, action=action)

    async def form(self, tap: Tap, custom_id: str) -> None:
        """A form that was sent."""
        pressed = self.signer.read(custom_id)
        if pressed is None or not pressed.belongs_to(str(tap.user.id)) or not pressed.action.startswith(MARK):
            return await self.explain(tap, "stale_button")
        return await self._act(tap, text=f"/{pressed.action.removeprefix(MARK)} {filled_in(tap)}")

    async def _act(self, tap: Tap, *, text: str = "", action: str = "") -> None:
        turn = await self._turn(tap)
        if turn is not None:
            acked = await acknowledge(tap.response.defer)
            await self._go_on(tap, turn, acked, Kind.PRESS, text=text, action=action)

    async def _go_on(self, tap: Tap, turn: Turn, acked: bool, kind: Kind, *, text: str = "", action: str = "") -> None:
        if acked:
            return await self.desk.take(from_interaction(tap, kind, text=text, action=action), turn)
        async with turn:
            return None

    async def _turn(self, tap: Tap) -> Turn | None:
        """A place in the person's line, or, when it is too long, a word about that."""
        turn, told = self._place(str(tap.user.id))
        if not told:
            await self.explain(tap, "too_fast")
        return turn

    def _place(self, user: str) -> tuple[Turn | None, bool]:
        """A place in somebody's line, if it has one, and whether they know by now that it is too long."""
        turn = self.desk.turns.take(user)
        if turn is not None:
            if self.desk.turns.waiting(user) == 1:  # what they sent too fast is over
                self.warned.discard(user)
            return turn, True
        told = user in self.warned
        self.warned.add(user)
        return None, told

    async def message(self, message: discord.Message, me: int) -> None:
        """Something written: in a direct chat, or before others to us."""
        if message.author.bot or message.webhook_id is not None or message.type not in SPOKEN:
            return
        if not is_direct(message) and not _is_for(message, me):
            return
        text = re.sub(rf"<@!?{me}>", " ", message.content).strip()
        heard = from_message(message, text or "/help", self._beneath(message, me))
        turn, told = self._place(heard.user)
        if turn is not None:
            await self.desk.take(heard, turn)
        elif not told:
            await self.desk.tell(heard, "too_fast")

    def _beneath(self, message: discord.Message, me: int) -> tuple[str, ...]:
        """What the buttons do that stand under a message of ours, when this one replies to it."""
        replied = message.reference.resolved if message.reference else None
        if not isinstance(replied, discord.Message) or replied.author.id != me:
            return ()
        rows = (row for row in replied.components if isinstance(row, discord.ActionRow))
        ids = (getattr(child, "custom_id", None) for row in rows for child in row.children)
        pressed = (self.signer.read(custom_id) for custom_id in ids if custom_id)
        return tuple(p.action for p in pressed if p is not None and p.belongs_to(str(message.author.id)))

    async def explain(self, tap: Tap, template: str) -> None:
        """Answer at once with a sentence of our own that only this person sees."""
        rows = MENU if template == "stale_button" else ()
        reply = self.wording.render(Reply(template, {}, rows), Preferences(locale=tap.locale.value))
        part = parts(reply, str(tap.user.id))[0]
        await acknowledge(lambda: tap.response.send_message(ephemeral=True, **part.for_send(self.signer)))

    async def _share(self, tap: Tap) -> None:
        """Show a private answer to everybody here, once: its words are in the message that was tapped."""
        number = tap.message.id if tap.message else 0
        if number in self.shared:
            return await self.explain(tap, "tapped_already")
        self.shared[number] = None
        if len(self.shared) > REMEMBERED:
            del self.shared[next(iter(self.shared))]
        shown = tap.message.content if tap.message else ""
        embeds = tap.message.embeds if tap.message else []
        whole = f"**{escape(tap.user.display_name)}**\n{shown}"
        if utf16(whole) > CONTENT:
            whole, embeds = f"**{escape(tap.user.display_name)}**", [discord.Embed(description=shown)]
        if not await acknowledge(lambda: tap.response.send_message(whole, embeds=embeds, allowed_mentions=NO_PINGS)):
            self.shared.pop(number, None)
        return None


def _is_for(message: discord.Message, me: int) -> bool:
    """Whether something written before others was meant for us: it names us, or replies to us."""
    if any(user.id == me for user in message.mentions):
        return True
    replied = message.reference.resolved if message.reference else None
    return isinstance(replied, discord.Message) and replied.author.id == me and bool(message.content)
