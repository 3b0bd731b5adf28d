"""What an update says, in the mentor's terms. Whatever is not for us becomes None."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, MaybeInaccessibleMessage, MessageEntity, Update, User
from telegram import Message as TelegramMessage
from telegram.constants import ChatID, ChatType

from bot.adapters.telegram.client import Bot
from bot.adapters.telegram.raw import PLATFORM, TOO_MANY
from bot.domain.message import Authority, ChannelRef, ChatKind, Message, Sender

HANDED_OVER = {"link": "link", "join": "group join"}
"""Commands that a deep link may name with their argument: only such as ask before they change anything."""
KINDS = {ChatType.PRIVATE: ChatKind.DIRECT, ChatType.GROUP: ChatKind.GROUP, ChatType.SUPERGROUP: ChatKind.GROUP}


@dataclass(frozen=True, slots=True)
class Said:
    """Something said to the mentor. `number` is the message's own, to answer below it; `beneath` is the data of the
    buttons under the message of ours that it replies to, not trusted yet."""

    message: Message
    number: int
    beneath: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button under our message `number`. `data` is not trusted yet; `gone` says that the message no longer
    shows that button. `version` is the instant of the message's last edit that the tapper saw, 0 for none."""

    message: Message
    number: int
    query: str
    data: str
    gone: bool
    version: int = 0

    @property
    def key(self) -> str:
        """The same for this tap whenever it comes again, under whatever update id."""
        what = f"{self.message.channel.chat_id}/{self.number}/{self.version}/{self.data}"
        return f"tap/{sha256(what.encode()).hexdigest()[:40]}"

    @property
    def at_home(self) -> bool:
        """Whether it was tapped in the tapper's own chat, where all buttons are theirs: one that means nothing to us is
        from before the bot had a new token."""
        return self.message.channel.chat_id == self.message.sender.external_id


@dataclass(frozen=True, slots=True)
class Standing:
    """Our own standing in a chat changed."""

    channel: ChannelRef
    sender: Sender
    inside: bool
    was_inside: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Flooded:
    """Somebody says too much at once."""

    message: Message


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Something said to the mentor by an admin who writes as the group: nobody can tell who it is."""

    message: Message
    number: int


Incoming = Said | Tapped | Standing | Moved | Flooded | Unnamed


@dataclass(frozen=True)
class UpdateReader:
    """Reads updates for one bot. `knows` tells a command line of ours, `roadmaps` the ids that deep links may name."""

    bot: Bot
    knows: Callable[[str], bool]
    roadmaps: Container[str]

    def read(self, event_id: str, payload: Mapping[str, Any], now: datetime) -> Incoming | None:
        """What an update says to us, if anything."""
        update = Update.de_json(dict(payload), self.bot)
        if payload.get(TOO_MANY) and update.effective_user and update.effective_chat:
            channel = ChannelRef(PLATFORM, str(update.effective_chat.id), KINDS[ChatType(update.effective_chat.type)])
            return Flooded(Message(PLATFORM, event_id, _sender(update.effective_user), channel, now))
        if update.message:
            return self._message(event_id, update.message)
        if update.callback_query:
            return _tap(event_id, update.callback_query, now)
        return _standing(update.my_chat_member) if update.my_chat_member else None

    def _message(self, event_id: str, message: TelegramMessage) -> Incoming | None:
        if message.migrate_to_chat_id:
            return Moved(str(message.chat.id), str(message.migrate_to_chat_id))
        if not _from_somebody(message) or message.from_user is None:
            return None
        channel = _channel(message)
        text = self._text(message)
        direct = channel.kind is ChatKind.DIRECT
        if text is None or not (direct or self._for_us(message, text)):
            return None
        sender = _sender(message.from_user)
        if message.from_user.is_bot:
            return Unnamed(Message(PLATFORM, event_id, sender, channel, message.date), message.message_id)
        said = Message(
            PLATFORM, event_id, sender, channel, message.date, self._linked(text), mentioned=not direct,
            authority=_authority(channel),
        )  # fmt: skip
        return Said(said, message.message_id, self._beneath(message.reply_to_message))

    def _text(self, message: TelegramMessage) -> str | None:
        """The words meant for us, without our name; None when a command is for another bot."""
        text = message.text or message.caption or ""
        name = f"@{self.bot.username}"
        word = text.split(maxsplit=1)[0] if text.strip() else ""
        if word.startswith("/") and "@" in word:
            command, _, addressed = word.partition("@")
            if addressed.lower() != self.bot.username.lower():
                return None
            return f"{command}{text[len(word) :]}"
        return _without(text, name) if message.chat.type != ChatType.PRIVATE else text

    def _for_us(self, message: TelegramMessage, text: str) -> bool:
        """Whether something in a group is meant for the mentor: it names or answers us, or is a command of ours."""
        replied = message.reply_to_message
        if replied and replied.from_user and replied.from_user.id == self.bot.id and not replied.forum_topic_created:
            return True
        if (message.text or "").startswith("/"):
            addressed = f"@{self.bot.username}".lower() in (message.text or "").split()[0].lower()
            return addressed or self.knows(text)
        entities = message.parse_entities() | message.parse_caption_entities()
        return any(self._names_us(entity, words) for entity, words in entities.items())

    def _beneath(self, replied: TelegramMessage | None) -> tuple[str, ...]:
        """What the buttons under a message of ours hold."""
        if replied is None or replied.from_user is None or replied.from_user.id != self.bot.id:
            return ()
        rows = replied.reply_markup.inline_keyboard if replied.reply_markup else ()
        return tuple(str(button.callback_data) for row in rows for button in row if button.callback_data)

    def _names_us(self, entity: MessageEntity, words: str) -> bool:
        if entity.type == MessageEntity.MENTION:
            return words.lower() == f"@{self.bot.username}".lower()
        return bool(entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == self.bot.id)

    def _linked(self, text: str) -> str:
        """`/start` with what a deep link handed over: a roadmap's id begins it, or asks whoever is on another one;
        `link-CODE` links accounts, `join-CODE` lets into a group."""
        word, _, payload = text.partition(" ")
        if word != "/start":
            return text
        verb, _, rest = payload.strip().partition("-")
        if verb in HANDED_OVER and rest:
            return f"{HANDED_OVER[verb]} {rest}"
        return f"switch {payload.strip()}" if payload.strip() in self.roadmaps else text


def _without(text: str, name: str) -> str:
    at = text.lower().find(name.lower())
    return text if at < 0 else " ".join(f"{text[:at]} {text[at + len(name) :]}".split(" ")).strip(" ,:")


SPOKEN = (
    "sticker", "voice", "video_note", "photo", "document", "video", "audio", "animation", "poll", "dice", "contact",
    "location", "venue", "story", "game",
)  # fmt: skip


def _from_somebody(message: TelegramMessage) -> bool:
    """Whether a person sent it, perhaps as the group they are an admin of: no bot, no channel, no event in the chat."""
    author = message.from_user
    if author is None or message.is_automatic_forward or message.chat.type not in KINDS:
        return False
    if author.is_bot and author.id != ChatID.ANONYMOUS_ADMIN:
        return False
    return bool(message.text or message.caption or not (message.media_group_id or _is_service(message)))


def _is_service(message: TelegramMessage) -> bool:
    """Whether a message tells of an event in the chat instead of being something a person sent."""
    return not any(getattr(message, kind) for kind in SPOKEN)


def _channel(message: TelegramMessage) -> ChannelRef:
    chat = message.chat
    thread = str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else ""
    return ChannelRef(PLATFORM, str(chat.id), KINDS[ChatType(chat.type)], chat.title or "", thread)


def _authority(channel: ChannelRef) -> Authority:
    """Who manages a group is asked when something hangs on it."""
    return Authority.UNASKED if channel.kind is ChatKind.GROUP else Authority.UNKNOWN


def _sender(user: User) -> Sender:
    return Sender(str(user.id), user.full_name, user.language_code or "")


def _tap(event_id: str, query: CallbackQuery, now: datetime) -> Tapped | None:
    shown = query.message
    if shown is None or shown.chat.type not in KINDS:
        return None
    seen = shown if isinstance(shown, TelegramMessage) and shown.is_accessible else None
    channel = _channel(seen) if seen else _bare(shown)
    message = Message(PLATFORM, event_id, _sender(query.from_user), channel, now, authority=_authority(channel))
    data = query.data or ""
    version = int(seen.edit_date.timestamp()) if seen and seen.edit_date else 0
    return Tapped(message, shown.message_id, query.id, data, seen is not None and not _shows(seen, data), version)


def _bare(shown: MaybeInaccessibleMessage) -> ChannelRef:
    """The place of a message so old that we are told nothing more about it."""
    return ChannelRef(PLATFORM, str(shown.chat.id), KINDS[ChatType(shown.chat.type)], shown.chat.title or "")


def _shows(message: TelegramMessage, data: str) -> bool:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return any(button.callback_data == data for row in rows for button in row)


def tapped(tap: Tapped, action: str) -> Message:
    """A tap whose data was found to be good, as a message."""
    return replace(tap.message, button=action, mentioned=True)


def _standing(change: ChatMemberUpdated) -> Standing | None:
    if change.chat.type not in KINDS:
        return None
    channel = ChannelRef(PLATFORM, str(change.chat.id), KINDS[ChatType(change.chat.type)], change.chat.title or "")
    outside = ("left", "kicked")
    now, before = change.new_chat_member.status, change.old_chat_member.status
    return Standing(channel, _sender(change.from_user), now not in outside, before not in outside)
