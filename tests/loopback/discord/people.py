"""What people do in Discord: type commands, tap, choose, fill in forms, write, and read what they are shown."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from tests.loopback.discord.gateway import Gateway
from tests.loopback.discord.interactions import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    Interaction,
    Interactions,
    payload,
)
from tests.loopback.discord.world import DM, EPHEMERAL, LOADING, Channel, Json, User, World, steward_role

SETTLED = 0.04
GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 9, 1 << 12
TYPES = {"str": 3, "int": 4}


def words(message: Json) -> str:
    """All that a message says."""
    return "\n\n".join([message["content"], *(e.get("description") or "" for e in message["embeds"])]).strip()


def components(message: Json) -> Iterator[Json]:
    """A message's buttons and selects."""
    return (item for row in message["components"] for item in row["components"])


def labels(message: Json) -> list[str]:
    """What a message's buttons say."""
    return [item["label"] for item in components(message) if item["type"] == 2]


@dataclass
class Person:
    """Somebody with an account, in front of their screen."""

    user: User
    world: World
    gateway: Gateway
    interactions: Interactions

    @property
    def dm(self) -> Channel:
        """Their direct chat with the bot."""
        return self.world.dm_with(self.user)

    @property
    def inbox(self) -> list[Json]:
        """What the bot said in their direct chat."""
        return self.world.said(self.dm)

    async def begin(
        self, kind: int, data: Json, where: Channel | None = None, message: Json | None = None
    ) -> Interaction:
        """Start an interaction and leave it to the bot."""
        one = Interaction(
            self.world.snowflake(), secrets.token_urlsafe(40), kind, self.user, where or self.dm, message=message
        )
        self.interactions.by_token[one.token] = one
        await self.gateway.emit("INTERACTION_CREATE", payload(one, data, self.world))
        return one

    async def slash(self, name: str, where: Channel | None = None, **options: object) -> Interaction:
        """Send a command and wait for the answer."""
        return await self.settled(await self.begin(COMMAND, self._call(name, options), where))

    def _call(self, name: str, options: dict[str, object], focused: str = "") -> Json:
        command = next((c for c in self.world.commands if c["name"] == name and c.get("type", 1) == 1), None)
        assert command is not None, f"no command /{name} is registered"
        declared = {o["name"]: o for o in command.get("options", [])}
        assert set(options) <= set(declared), f"/{name} has no options {set(options) - set(declared)}"
        missing = {o for o, d in declared.items() if d.get("required")} - set(options)
        assert focused or not missing, f"/{name} needs {missing}"
        given = [{"name": o, "type": declared[o]["type"], "value": v, **({"focused": True} if o == focused else {})}
                 for o, v in options.items()]  # fmt: skip
        return {"id": command["id"], "name": name, "type": 1, "options": given}

    async def type_ahead(self, name: str, option: str, text: str, where: Channel | None = None) -> list[Json]:
        """What is offered while an option is being typed."""
        one = await self.settled(await self.begin(AUTOCOMPLETE, self._call(name, {option: text}, option), where))
        return one.choices

    async def menu(self, name: str, message: Json) -> Interaction:
        """Choose a command from a message's own menu."""
        command = next(c for c in self.world.commands if c["name"] == name and c.get("type") == 3)
        where = self.world.channels[message["channel_id"]]
        shown = {k: v for k, v in message.items() if not k.startswith("_")}
        data = {"id": command["id"], "name": name, "type": 3, "target_id": message["id"],
                "resolved": {"messages": {message["id"]: shown}}}  # fmt: skip
        return await self.settled(await self.begin(COMMAND, data, where))

    async def tap(self, message: Json, label: str) -> Interaction:
        """Tap the button that says so and wait for what happens."""
        found = next((item for item in components(message) if item.get("label") == label), None)
        assert found is not None, f"no button says {label!r}, only {labels(message)}"
        return await self.press(message, found["custom_id"])

    async def press(self, message: Json, custom_id: str) -> Interaction:
        """Press a button by its id, which a tampering client may have changed."""
        where = self.world.channels[message["channel_id"]]
        data = {"custom_id": custom_id, "component_type": 2, "id": 1}
        return await self.settled(await self.begin(COMPONENT, data, where, message))

    async def select(self, message: Json, value: str) -> Interaction:
        """Choose from a message's list."""
        found = next(item for item in components(message) if item["type"] == 3)
        data = {"custom_id": found["custom_id"], "component_type": 3, "values": [value], "id": 1}
        return await self.settled(
            await self.begin(COMPONENT, data, self.world.channels[message["channel_id"]], message)
        )

    async def submit(self, form: Interaction, *values: str) -> Interaction:
        """Fill in the form that an interaction opened, and send it."""
        assert form.modal is not None, "no form was opened"
        filled = [{**row, **_filled(row, value)} for row, value in zip(form.modal["components"], values, strict=True)]
        data = {"custom_id": form.modal["custom_id"], "components": filled}
        return await self.settled(await self.begin(MODAL_SUBMIT, data, form.channel, form.message))

    async def say(
        self, text: str, where: Channel | None = None, *, mention: bool = False, below: Json | None = None
    ) -> list[Json]:
        """Write a message; what the bot says after it, there and in the direct chat."""
        channel = where or self.dm
        before = set(self.world.messages)
        await self.write(text, channel, mention=mention, below=below)
        for _ in range(60):
            await asyncio.sleep(SETTLED)
            fresh = [
                m for i, m in self.world.messages.items() if i not in before and m["author"]["id"] == self.world.bot.id
            ]
            if fresh and not await self._grows(before):
                return fresh
        return []

    async def _grows(self, before: set[str]) -> bool:
        count = len(self.world.messages)
        await asyncio.sleep(SETTLED)
        return len(self.world.messages) > count

    async def write(
        self, text: str, where: Channel | None = None, *, mention: bool = False, below: Json | None = None
    ) -> Json:
        """Write a message, perhaps as a reply to another one, and wait for nothing."""
        channel = where or self.dm
        content = f"<@{self.world.bot.id}> {text}" if mention else text
        message = self.world.add_message(channel, self.user, {"content": content})
        shown = {k: v for k, v in message.items() if not k.startswith("_")}
        if below is not None:
            replied = {k: v for k, v in below.items() if not k.startswith("_")}
            reference = {"type": 0, "channel_id": below["channel_id"], "message_id": below["id"]}
            shown |= {"type": 19, "message_reference": reference, "referenced_message": replied}
        if channel.guild_id:
            roles = [steward_role(channel.guild_id)] if self.user.manages and channel.guild_id else []
            member = {"roles": roles, "joined_at": message["timestamp"], "deaf": False, "mute": False, "flags": 0}
            shown |= {"guild_id": channel.guild_id, "member": member}
        await self.gateway.emit("MESSAGE_CREATE", shown, GUILD_MESSAGES if channel.guild_id else DIRECT_MESSAGES)
        return message

    async def settled(self, one: Interaction, seconds: float = 20.0) -> Interaction:
        """Wait until the bot has answered and says no more. What it wrote into the direct chat counts as answer."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            before = self._seen(one)
            await asyncio.sleep(SETTLED if any(before) else SETTLED / 4)
            pending = one.original is not None and one.original["flags"] & LOADING
            if any(before) and not pending and before == self._seen(one):
                break
        one.posted += [m for m in self._written(one) if m not in one.posted]
        return one

    def _seen(self, one: Interaction) -> tuple[int, int, int, bool, bool]:
        chosen = one.acknowledged == CHOICES
        return len(one.posted), len(one.edits), len(self._written(one)), one.modal is not None, chosen

    def _written(self, one: Interaction) -> list[Json]:
        if one.channel.type != DM:
            return []
        said = (m for m in self.world.said(one.channel) if int(m["id"]) > int(one.id))
        return [m for m in said if not m["flags"] & (EPHEMERAL | LOADING)]

    def reads(self, one: Interaction) -> str:
        """What this person sees in answer to an interaction of their own."""
        return "\n\n".join(words(m) for m in one.posted + [m for m in one.edits if m not in one.posted])


def _filled(row: Json, value: str) -> Json:
    if "component" in row:
        return {"component": {**row["component"], "value": value}}
    return {"components": [{**row["components"][0], "value": value}]}


def is_private(message: Json) -> bool:
    """Whether only the person it answers sees a message."""
    return bool(message["flags"] & EPHEMERAL)
