"""One thing said, tapped or commanded in Discord, as plain values: what the inbox keeps until it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import discord

from bot.domain.message import Authority, ChannelRef, ChatKind, Message, Sender
from bot.engine.storing import Event

PLATFORM = "discord"
TOKEN_LIFE = 14.5 * 60
"""Discord takes answers through an interaction's token for 15 minutes; we stop a little earlier."""


class Kind(StrEnum):
    """How something was said, which decides how it is answered."""

    MESSAGE = "message"
    COMMAND = "command"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Heard:
    """Who said what where, and the token through which an interaction is answered.

    `shared` is true where others may read: a server's channel or a chat of several. `born` is in seconds since 1970.
    `beneath` are the actions of the buttons under the message of ours that this one replies to. `hidden` says of an
    interaction before others that only its sender sees the message it began with: the tapped one, or its "thinking".
    """

    kind: Kind
    event_id: str
    user: str
    name: str
    channel: str
    born: float
    text: str = ""
    action: str = ""
    locale: str = ""
    shared: bool = False
    thread: str = ""
    place: str = ""
    token: str = ""
    application: str = ""
    beneath: tuple[str, ...] = ()
    authority: str = Authority.UNKNOWN.value
    hidden: bool = True

    def event(self) -> Event:
        """For the inbox."""
        return Event(PLATFORM, self.event_id, self.user, asdict(self))

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Heard:
        """From the inbox."""
        return cls(**{**payload, "kind": Kind(payload["kind"])})

    def message(self) -> Message:
        """For the mentor."""
        kind = ChatKind.GROUP if self.shared else ChatKind.DIRECT
        channel = ChannelRef(PLATFORM, self.channel, kind, self.place, self.thread)
        sender = Sender(self.user, self.name, self.locale[:8])
        at = datetime.fromtimestamp(self.born, UTC)
        return Message(
            PLATFORM, self.event_id, sender, channel, at, self.text, self.action, mentioned=True,
            beneath=tuple(self.beneath), authority=Authority(self.authority),
        )  # fmt: skip

    def token_lives(self, now: float) -> bool:
        """Whether the interaction's token may still be used; `now` in seconds since 1970."""
        return bool(self.token) and now - self.born < TOKEN_LIFE


def from_interaction(interaction: discord.Interaction[Any], kind: Kind, *, text: str = "", action: str = "") -> Heard:
    """An interaction in our own words."""
    channel, thread, place = _place(interaction.channel, interaction.channel_id)
    return Heard(
        kind, str(interaction.id), str(interaction.user.id), interaction.user.display_name, channel,
        interaction.created_at.timestamp(), text, action, interaction.locale.value, is_shared(interaction), thread,
        place, interaction.token, str(interaction.application_id),
        authority=_authority(interaction.permissions if interaction.guild_id is not None else None),
        hidden=interaction.message is None or interaction.message.flags.ephemeral,
    )  # fmt: skip


def is_shared(interaction: discord.Interaction[Any]) -> bool:
    """Whether others may read where an interaction happened: everywhere but in the direct chat with the bot."""
    if interaction.guild_id is not None:
        return True
    private = isinstance(interaction.channel, discord.DMChannel)
    return not private or interaction.context.private_channel is True


def from_message(message: discord.Message, text: str, beneath: tuple[str, ...] = ()) -> Heard:
    """A written message in our own words."""
    channel, thread, place = _place(message.channel, message.channel.id)
    return Heard(
        Kind.MESSAGE, str(message.id), str(message.author.id), message.author.display_name, channel,
        message.created_at.timestamp(), text, shared=not is_direct(message), thread=thread, place=place,
        beneath=beneath, authority=_authority(_permissions(message)),
    )  # fmt: skip


def _permissions(message: discord.Message) -> discord.Permissions | None:
    """The author's permissions in the channel, for a thread in the one around it; None outside a server, and where its
    roles or channels are not known yet."""
    here: object = message.channel
    here = here.parent if isinstance(here, discord.Thread) else here
    author, guild = message.author, message.guild
    if guild is None or guild.get_role(guild.id) is None or not isinstance(author, discord.Member):
        return None
    return here.permissions_for(author) if isinstance(here, discord.abc.GuildChannel) else None


def _authority(may: discord.Permissions | None) -> str:
    """Whoever may manage the channel or its server manages the chat."""
    if may is None:
        return Authority.UNKNOWN.value
    manages = may.administrator or may.manage_channels or may.manage_guild
    return (Authority.MANAGES if manages else Authority.NONE).value


def is_direct(message: discord.Message) -> bool:
    """Whether only we read a message. Its server says nothing: one that is not known yet looks like none at all."""
    return isinstance(message.channel, discord.DMChannel)


def _place(channel: object, channel_id: int | None) -> tuple[str, str, str]:
    """The ids of a channel and of the thread in it, and what the channel is called."""
    name = str(getattr(channel, "name", "") or "")
    if isinstance(channel, discord.Thread):
        return str(channel.parent_id), str(channel.id), name
    return str(channel_id or ""), "", name
