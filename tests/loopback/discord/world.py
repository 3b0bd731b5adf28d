"""What exists on a Discord made for tests: people, servers, channels, messages, and how each looks on the wire."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
EPOCH_MS = 1_420_070_400_000
TEXT, DM, GROUP_DM, PUBLIC_THREAD = 0, 1, 3, 11
EPHEMERAL, LOADING = 64, 128
MANAGE_CHANNELS = 1 << 4
EVERYTHING = str(1 << 11 | 1 << 10 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 35 | 1 << 38)


@dataclass
class User:
    """Somebody with an account. `accepts_dms` and `shares_a_server` say whether the bot may write to them;
    `manages` gives them the role that may manage channels, in every server."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"
    accepts_dms: bool = True
    shares_a_server: bool = True
    manages: bool = False

    def shown(self) -> Json:
        return {"id": self.id, "username": self.name.lower(), "global_name": self.name, "discriminator": "0",
                "avatar": None, "bot": self.bot, "public_flags": 0}  # fmt: skip


@dataclass
class Channel:
    """A place for messages. `problem` is the error code that every write into it is answered with; `denied` are the
    permissions that nobody has there."""

    id: str
    type: int
    guild_id: str | None = None
    name: str = "general"
    recipients: list[User] = field(default_factory=list)
    parent_id: str | None = None
    archived: bool = False
    locked: bool = False
    problem: int = 0
    denied: int = 0

    def shown(self) -> Json:
        body: Json = {"id": self.id, "type": self.type, "flags": 0, "last_message_id": None}
        if self.type in {DM, GROUP_DM}:
            return body | {"recipients": [user.shown() for user in self.recipients]}
        body |= {"guild_id": self.guild_id, "name": self.name, "parent_id": self.parent_id, "position": 0,
                 "permission_overwrites": self._denials(), "nsfw": False, "topic": None, "rate_limit_per_user": 0,
                 "permissions": EVERYTHING}  # fmt: skip
        if self.type == PUBLIC_THREAD:
            meta = {"archived": self.archived, "locked": self.locked, "auto_archive_duration": 1440,
                    "archive_timestamp": stamp()}  # fmt: skip
            body |= {"owner_id": self.parent_id, "message_count": 0, "member_count": 1, "thread_metadata": meta}
        return body

    def _denials(self) -> list[Json]:
        return [{"id": self.guild_id, "type": 0, "allow": "0", "deny": str(self.denied)}] if self.denied else []


@dataclass
class Guild:
    """A server and its channels."""

    id: str
    name: str
    channels: list[Channel] = field(default_factory=list)

    def shown(self, bot: User) -> Json:
        everyone = {"id": self.id, "name": "@everyone", "color": 0, "hoist": False, "position": 0, "flags": 0,
                    "permissions": EVERYTHING, "managed": False, "mentionable": False,
                    "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}  # fmt: skip
        stewards = everyone | {"id": steward_role(self.id), "name": "Stewards", "permissions": str(MANAGE_CHANNELS)}
        plain = [c.shown() for c in self.channels if c.type != PUBLIC_THREAD]
        threads = [c.shown() for c in self.channels if c.type == PUBLIC_THREAD]
        return {
            "id": self.id, "name": self.name, "owner_id": "1", "roles": [everyone, stewards],
            "emojis": [], "features": [],
            "channels": plain, "threads": threads, "members": [member(bot)], "member_count": 2, "large": False,
            "joined_at": stamp(), "unavailable": False, "voice_states": [], "presences": [], "stickers": [],
            "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [], "verification_level": 0,
            "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0, "premium_tier": 0,
            "nsfw_level": 0, "preferred_locale": "en-US", "system_channel_flags": 0, "afk_timeout": 300,
            "premium_progress_bar_enabled": False, "safety_alerts_channel_id": None, "icon": None, "splash": None,
            "discovery_splash": None, "afk_channel_id": None, "application_id": None, "system_channel_id": None,
            "rules_channel_id": None, "vanity_url_code": None, "description": None, "banner": None,
            "public_updates_channel_id": None, "region": "deprecated",
        }  # fmt: skip


def steward_role(guild_id: str) -> str:
    """The id of a server's role that may manage channels."""
    return str(int(guild_id) + 1)


def member(user: User) -> Json:
    """A user as a member of a server, with their permissions in the channel."""
    may = str(int(EVERYTHING) | MANAGE_CHANNELS * user.manages)
    return {"user": user.shown(), "roles": [], "joined_at": stamp(), "deaf": False, "mute": False, "flags": 0,
            "permissions": may, "avatar": None, "nick": None}  # fmt: skip


def stamp(at: float | None = None) -> str:
    """An instant as Discord writes it."""
    return datetime.fromtimestamp(at or time.time(), UTC).isoformat()


@dataclass
class World:
    """All there is, and how much of it there has been."""

    token: str = "NzAwMDAwMDAwMDAwMDAwMDAx.loopback.secret-token-of-the-loopback-bot"
    app_id: str = "700000000000000001"
    guild_count: int = 1
    recommended_shards: int = 1
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    messages: dict[str, Json] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    command_writes: int = 0
    nonces: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)
    nonce_seconds: float = 300
    _count: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.bot = User(self.app_id, "Milepost", bot=True)
        self.users[self.bot.id] = self.bot

    def snowflake(self) -> str:
        """A fresh id that tells when it was made."""
        return str((int(time.time() * 1000) - EPOCH_MS) << 22 | next(self._count) & 0x3FFFFF)

    def add_user(self, name: str) -> User:
        user = User(self.snowflake(), name)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str) -> Guild:
        guild = Guild(self.snowflake(), name)
        self.guilds[guild.id] = guild
        return guild

    def add_channel(self, guild: Guild, name: str = "general", parent: Channel | None = None) -> Channel:
        kind = PUBLIC_THREAD if parent else TEXT
        channel = Channel(self.snowflake(), kind, guild.id, name, parent_id=parent.id if parent else None)
        guild.channels.append(channel)
        self.channels[channel.id] = channel
        return channel

    def dm_with(self, user: User) -> Channel:
        """The direct chat between the bot and somebody; there is one."""
        for channel in self.channels.values():
            if channel.type == DM and channel.recipients == [user]:
                return channel
        channel = Channel(self.snowflake(), DM, recipients=[user])
        self.channels[channel.id] = channel
        return channel

    def add_message(self, channel: Channel, author: User, body: Json, flags: int = 0) -> Json:
        """Something said, as it is kept and shown."""
        mentioned = [u.shown() for u in self.users.values() if f"<@{u.id}>" in (body.get("content") or "")]
        message: Json = {
            "id": self.snowflake(), "channel_id": channel.id, "author": author.shown(), "content": "",
            "timestamp": stamp(), "edited_timestamp": None, "tts": False, "mention_everyone": False,
            "mentions": mentioned, "mention_roles": [], "attachments": [], "embeds": [], "components": [],
            "pinned": False, "type": 0, "flags": flags,
        }  # fmt: skip
        self.messages[message["id"]] = message
        rewrite(message, body)
        return message

    def said(self, channel: Channel) -> list[Json]:
        """What the bot said in a channel, in order."""
        return [m for m in self.messages.values() if m["channel_id"] == channel.id and m["author"]["id"] == self.bot.id]


def rewrite(message: Json, body: Json) -> None:
    """Put into a message what a create or edit carries; what it leaves out stays."""
    for key in ("content", "embeds", "components", "attachments"):
        if key in body:
            message[key] = body[key] if body[key] is not None else ("" if key == "content" else [])
    for key in ("nonce", "message_reference"):
        if body.get(key) is not None:
            message[key] = body[key]
    # What would ring: nothing but what `allowed_mentions` lets through; left out, everything may.
    allowed = body.get("allowed_mentions")
    parsed = ["everyone", "users", "roles"] if allowed is None else allowed.get("parse", [])
    message["_rings"] = sorted(parsed)
