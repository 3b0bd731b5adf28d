"""Interactions and their tokens: one answer within three seconds, follow-ups for a quarter of an hour."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.discord.checks import Refused, check_form, check_modal
from tests.loopback.discord.wire import public
from tests.loopback.discord.world import EPHEMERAL, LOADING, Channel, Json, User, World, member, rewrite

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
SAY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9


@dataclass
class Interaction:
    """One tap, command or form, and all that was answered to it."""

    id: str
    token: str
    type: int
    user: User
    channel: Channel
    born: float = field(default_factory=time.monotonic)
    message: Json | None = None
    acknowledged: int = 0
    acked_after: float = 0.0
    original: Json | None = None
    posted: list[Json] = field(default_factory=list)
    edits: list[Json] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    acks_refused: list[int] = field(default_factory=list)
    stir: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def age(self) -> float:
        return time.monotonic() - self.born

    @property
    def thinking(self) -> bool:
        return self.original is not None and bool(self.original["flags"] & LOADING)


@dataclass
class Interactions:
    """All interactions by their tokens. `ack_seconds` and `token_seconds` are Discord's deadlines."""

    world: World
    ack_seconds: float = 3.0
    token_seconds: float = 900.0
    by_token: dict[str, Interaction] = field(default_factory=dict)

    def acknowledge(self, token: str, body: Json, files: list[Json]) -> Json | None:
        """The first answer to an interaction. Raises `Refused`."""
        one = self.by_token.get(token)
        if one is None or one.age > self.ack_seconds:
            self._note(one, 10062)
            raise Refused(404, 10062, "Unknown interaction")
        if one.acknowledged:
            self._note(one, 40060)
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        kind, data = int(body["type"]), body.get("data") or {}
        self._check_kind(one, kind, data)
        one.acknowledged, one.acked_after = kind, one.age
        self._answer(one, kind, data, files)
        one.stir.set()
        return one.original

    def _note(self, one: Interaction | None, code: int) -> None:
        if one is not None:
            one.acks_refused.append(code)

    def _check_kind(self, one: Interaction, kind: int, data: Json) -> None:
        fits = {
            COMMAND: {SAY, DEFER, MODAL}, COMPONENT: {SAY, DEFER, DEFER_UPDATE, UPDATE, MODAL},
            AUTOCOMPLETE: {CHOICES}, MODAL_SUBMIT: {SAY, DEFER, *((DEFER_UPDATE, UPDATE) if one.message else ())},
        }  # fmt: skip
        if kind not in fits[one.type]:
            raise Refused(400, 50035, f"type {kind} does not answer an interaction of type {one.type}")
        if kind in {DEFER, DEFER_UPDATE} and int(data.get("flags") or 0) & ~EPHEMERAL:
            raise Refused(400, 50035, "only EPHEMERAL may be set when deferring")
        if kind == CHOICES and len(data.get("choices") or []) > 25:
            raise Refused(400, 50035, "at most 25 choices")
        if kind == MODAL:
            check_modal(data)
        if kind in {SAY, UPDATE}:
            check_form(data, edit=kind == UPDATE)

    def _answer(self, one: Interaction, kind: int, data: Json, files: list[Json]) -> None:
        flags = int(data.get("flags") or 0)
        if kind == SAY:
            one.original = self._post(one, data | _with(files), flags)
        elif kind == DEFER:
            one.original = self.world.add_message(one.channel, self.world.bot, {}, flags | LOADING)
        elif kind in {DEFER_UPDATE, UPDATE}:
            one.original = one.message
            if kind == UPDATE:
                self._edit(one, one.message or {}, data | _with(files))
        elif kind == CHOICES:
            one.choices = data.get("choices") or []
        else:
            one.modal = data

    def of_token(self, token: str) -> Interaction:
        """The interaction whose token may still be used. Raises `Refused`."""
        one = self.by_token.get(token)
        if one is None or not one.acknowledged:
            raise Refused(404, 10015, "Unknown Webhook")
        if one.age > self.token_seconds:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return one

    def follow_up(self, token: str, body: Json, files: list[Json]) -> Json:
        """A further message; the first one after "thinking" takes its place, and whether all see it."""
        one = self.of_token(token)
        check_form(body, files=len(files))
        if one.thinking and one.original is not None:
            return self._resolve(one, one.original, body | _with(files))
        message = self._post(one, body | _with(files), int(body.get("flags") or 0))
        one.stir.set()
        return message

    def edit(self, token: str, message_id: str, body: Json, files: list[Json]) -> Json:
        """Change the first answer or a follow-up."""
        one = self.of_token(token)
        message = self.find(one, message_id)
        check_form(body, files=len(files), edit=True)
        if message is one.original and one.thinking:
            return self._resolve(one, message, body | _with(files))
        self._edit(one, message, body | _with(files))
        one.stir.set()
        return message

    def delete(self, token: str, message_id: str) -> None:
        """Take back an answer."""
        one = self.of_token(token)
        message = self.find(one, message_id)
        self.world.messages.pop(message["id"], None)
        if message is one.original:
            one.original = None

    def find(self, one: Interaction, message_id: str) -> Json:
        """An answer by its id or as `@original`. Raises `Refused`."""
        found = one.original if message_id == "@original" else self.world.messages.get(message_id)
        if found is None or found["id"] not in self.world.messages:
            raise Refused(404, 10008, "Unknown Message")
        return found

    def _resolve(self, one: Interaction, message: Json, body: Json) -> Json:
        message["flags"] &= ~LOADING
        rewrite(message, body)
        one.posted.append(message)
        one.stir.set()
        return message

    def _post(self, one: Interaction, body: Json, flags: int) -> Json:
        message = self.world.add_message(one.channel, self.world.bot, body, flags)
        message["_for"] = one.user.id if flags & EPHEMERAL else None
        one.posted.append(message)
        return message

    def _edit(self, one: Interaction, message: Json, body: Json) -> None:
        rewrite(message, body)
        one.edits.append(message)


def _with(files: list[Json]) -> Json:
    return {"attachments": files} if files else {}


def payload(one: Interaction, data: Json, world: World) -> Json:
    """The interaction as the gateway hands it to the bot."""
    direct = one.channel.guild_id is None
    context = (1 if one.channel.type == 1 else 2) if direct else 0
    body: Json = {
        "id": one.id, "application_id": world.app_id, "type": one.type, "token": one.token, "version": 1, "data": data,
        "channel_id": one.channel.id, "channel": one.channel.shown(), "locale": one.user.locale, "context": context,
        "app_permissions": "2248473465835073", "entitlements": [], "attachment_size_limit": 26214400,
        "authorizing_integration_owners": {"1": one.user.id},
    }  # fmt: skip
    if one.message is not None:
        body["message"] = public(one.message)
    return body | _who(one)


def _who(one: Interaction) -> Json:
    if one.channel.guild_id is None:
        return {"user": one.user.shown()}
    guild: Any = {"id": one.channel.guild_id, "locale": "en-US", "features": []}
    return {"member": member(one.user), "guild_id": one.channel.guild_id, "guild": guild, "guild_locale": "en-US"}
