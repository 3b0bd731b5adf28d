"""What people do in Telegram, in a test's words: type, tap, edit, join, block; and what they then see."""

from __future__ import annotations

import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.telegram.entities import typed
from tests.loopback.telegram.methods import RIGHTS
from tests.loopback.telegram.server import LoopbackTelegram
from tests.loopback.telegram.state import Chat, Json

_ids = itertools.count(7000)


@dataclass
class Seen:
    """A message of the bot as a person sees it."""

    raw: Json

    @property
    def text(self) -> str:
        """The words; a link shows its address behind it, as a screen without links would."""
        text = str(self.raw.get("text") or self.raw.get("caption") or "")
        encoded = text.encode("utf-16-le")
        links = [e for e in self.raw.get("entities", []) if e["type"] == "text_link"]
        for e in sorted(links, key=lambda e: -int(e["offset"])):
            end = 2 * (e["offset"] + e["length"])
            if encoded[2 * e["offset"] : end].decode("utf-16-le") != e["url"]:
                encoded = encoded[:end] + f" ({e['url']})".encode("utf-16-le") + encoded[end:]
        return encoded.decode("utf-16-le")

    @property
    def buttons(self) -> list[Json]:
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


@dataclass
class Room:
    """A chat as one person has it open. Waiting methods return what the bot says next."""

    server: LoopbackTelegram
    chat: Chat
    user: Json
    thread: int = 0
    read: set[tuple[int, int]] = field(default_factory=set)

    async def says(self, text: str, **extra: Any) -> Json:
        """Type a message."""
        return await self._message(text=text, entities=typed(text), **extra)

    async def posts(self, **body: Any) -> Json:
        """Send anything else: a sticker, a poll, a photo with a caption."""
        return await self._message(**body)

    async def _message(self, **body: Any) -> Json:
        if self.chat.type == "private":
            self.chat.started, self.chat.blocked = True, False
        number = next(self.server.state.numbers)
        message: Json = {
            "message_id": number, "date": int(time.time()), "chat": self.chat.json(), "from": self.user, **body,
        }  # fmt: skip
        if self.thread:
            message |= {"message_thread_id": self.thread, "is_topic_message": True}
        if not self._delivered(message):
            return message
        self.chat.messages[number] = message
        return await self.server.add(message=message)

    def _delivered(self, message: Json) -> bool:
        """Privacy mode: in a group the bot sees commands, mentions of it, and replies to it."""
        bot = self.server.state.bot
        if self.chat.type == "private" or self.chat.bot_admin or bot["can_read_all_group_messages"]:
            return True
        if not self.chat.bot_in:
            return False
        text, name = str(message.get("text", "")), str(bot["username"]).lower()
        answered = message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]
        command = text.startswith("/") and ("@" not in text.split()[0] or text.split()[0].lower().endswith(f"@{name}"))
        return command or f"@{name}" in text.lower() or answered or "text" not in message

    async def edits(self, message: Json, text: str) -> Json:
        """Change what was typed before."""
        return await self.server.add(edited_message={**message["message"], "text": text, "edit_date": int(time.time())})

    async def taps(self, label: str, on: Seen | None = None, data: str = "", who: Json | None = None) -> Json:
        """Tap the button with this label under a message (the latest that has it)."""
        on = on or next(s for s in reversed(self.messages) if label in s.labels)
        data = data or next(b["callback_data"] for b in on.buttons if b["text"] == label)
        query = str(next(self.server.state.numbers))
        self.server.state.callbacks[query] = time.monotonic()
        body = {
            "id": query, "from": who or self.user, "message": on.raw.copy(), "chat_instance": "1", "data": data,
        }  # fmt: skip
        return await self.server.add(callback_query=body)

    @property
    def messages(self) -> list[Seen]:
        """All that the bot has said here and that was not deleted, oldest first."""
        bot = self.server.state.bot["id"]
        here = [m for m in self.chat.messages.values() if m["from"]["id"] == bot]
        return [Seen(m) for m in here if m.get("message_thread_id", 0) == self.thread]

    def _unread(self) -> list[Seen]:
        return [s for s in self.messages if self._version(s) not in self.read]

    @staticmethod
    def _version(seen: Seen) -> tuple[int, int]:
        return (seen.raw["message_id"], hash(repr(seen.raw)))

    async def hears(self, count: int = 1, seconds: float = 8.0) -> Seen:
        """The latest of the next `count` new or edited messages of the bot."""
        await self.server.until(lambda: len(self._unread()) >= count, seconds, f"{count} messages in {self.chat.id}")
        unread = self._unread()
        self.read |= {self._version(seen) for seen in unread}
        return unread[-1]

    async def news(self, settled: Callable[[], Awaitable[None]]) -> list[Seen]:
        """All new or edited messages, once at least one has come and the bot has nothing more to say."""
        await self.server.until(self._unread, what="news")
        await settled()
        unread = self._unread()
        self.read |= {self._version(seen) for seen in unread}
        return unread

    async def asks(self, text: str, count: int = 1) -> Seen:
        """Type something and read the answer."""
        await self.says(text)
        return await self.hears(count)

    async def tap(self, label: str) -> Seen:
        """Tap and read what changes."""
        await self.taps(label)
        return await self.hears()

    def toasts(self) -> list[str]:
        """What the bot showed above taps."""
        return [str(a.get("text", "")) for a in self.server.state.answers]


def person(server: LoopbackTelegram, name: str, language: str = "en") -> Json:
    """Somebody with an account."""
    user: Json = {"id": next(_ids), "is_bot": False, "first_name": name, "language_code": language}
    server.state.users[user["id"]] = user
    return user


def direct(server: LoopbackTelegram, user: Json, started: bool = True) -> Room:
    """The direct chat of somebody with the bot."""
    chat = Chat(user["id"], "private", user_id=user["id"], started=started)
    server.state.chats.setdefault(chat.id, chat)
    return Room(server, server.state.chats[chat.id], user)


async def group(server: LoopbackTelegram, user: Json, title: str = "Night Owls", kind: str = "supergroup") -> Room:
    """A group the bot is in, as `user` sees it; the bot is told nothing about it."""
    chat = Chat(-next(_ids), kind, title, creators={user["id"]})
    server.state.chats[chat.id] = chat
    return Room(server, chat, user)


async def membership(room: Room, old: str, new: str) -> Json:
    """The bot's own standing in a chat changes: added, kicked, promoted, blocked, unblocked."""
    bot = room.server.state.bot
    room.chat.bot_in = new not in ("left", "kicked")
    room.chat.bot_admin = new == "administrator"
    room.chat.blocked = room.chat.type == "private" and new == "kicked"
    change = {
        "chat": room.chat.json(), "from": room.user, "date": int(time.time()),
        "old_chat_member": _member(bot, old), "new_chat_member": _member(bot, new),
    }  # fmt: skip
    return await room.server.add(my_chat_member=change)


def _member(bot: Json, status: str) -> Json:
    more: Json = dict.fromkeys(RIGHTS, False) if status == "administrator" else {}
    more |= {"until_date": 0} if status == "kicked" else {}
    return {"user": bot, "status": status, **more}


async def migrate(room: Room, new_id: int = 0, announce: bool = True) -> Room:
    """The group becomes a supergroup: the old id is dead, and (if `announce`) a service message says so."""
    number = new_id or -100_000_000_000 - next(_ids)
    new = Chat(number, "supergroup", room.chat.title, creators=room.chat.creators)
    room.server.state.chats[new.id] = new
    room.chat.migrated_to = new.id
    if announce:
        body = {"message_id": next(room.server.state.numbers), "date": int(time.time()), "chat": room.chat.json(),
                "from": room.user, "migrate_to_chat_id": new.id}  # fmt: skip
        await room.server.add(message=body)
    return Room(room.server, new, room.user)
