"""Sends parts to chats: paced, with each of Telegram's refusals answered in its own way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

from telegram import LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.adapters.telegram.client import Bot
from bot.adapters.telegram.failures import ChatMoved, MarkupRefused, Refused, ThreadGone, failure
from bot.adapters.telegram.html import unpinged
from bot.adapters.telegram.parts import Part, readable
from bot.delivery.pacing import Pacing, Slot
from bot.domain.message import ChannelRef, ChatKind
from bot.engine.errors import SendFailed

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"
TYPING_AFTER = 1.0
TYPING_EVERY = 4.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where a part goes: a chat, perhaps a topic in it, below a message or in place of one. `strict`: only there."""

    chat_id: int
    group: bool = False
    thread_id: int | None = None
    reply_to: int | None = None
    edit: int | None = None
    strict: bool = False

    @classmethod
    def of(cls, channel: ChannelRef, **more: Any) -> Target:
        """The target that a channel names."""
        group = channel.kind is ChatKind.GROUP
        return cls(int(channel.chat_id), group, int(channel.thread_id) if channel.thread_id else None, **more)


@dataclass
class Post:
    """Sends one part at a time. `moved` is told when a group turns out to have another id."""

    bot: Bot
    pacing: Pacing
    moved: Callable[[int, int], Awaitable[None]]

    async def answer(self, part: Part, to: Target) -> int:
        """Send a part of an answer, at once. Returns the message's number. Raises `SendFailed`."""
        return await self._put(part, to, await self.pacing.answer(str(to.chat_id), group=to.group))

    async def push(self, part: Part, to: Target) -> int:
        """Send a part of a push, when it is its turn. Returns the message's number. Raises `SendFailed`."""
        return await self._put(part, to, await self.pacing.push(str(to.chat_id), group=to.group))

    async def _put(self, part: Part, to: Target, slot: Slot) -> int:
        if to.group:
            part = replace(part, html=unpinged(part.html))
        try:
            return await self._once(part, to, ParseMode.HTML)
        except MarkupRefused:
            log.warning("Telegram refused our markup; sent as plain text")
            return await self._once(part, to, None)
        except Refused:
            if part.image is None or not part.html:
                raise
            log.warning("Telegram refused a picture; its words go alone")
            return await self._once(replace(part, image=None), to, ParseMode.HTML)
        except ThreadGone as gone:
            if to.strict:
                raise SendFailed(str(gone), permanent=True) from gone
            return await self._once(part, replace(to, thread_id=None), ParseMode.HTML)
        except ChatMoved as moved:
            await self.moved(to.chat_id, moved.new_id)
            return await self._once(part, replace(to, chat_id=moved.new_id, edit=None), ParseMode.HTML)
        finally:
            slot.done()

    async def _once(self, part: Part, to: Target, mode: ParseMode | None) -> int:
        try:
            if to.edit and part.edits and (done := await self._edit(part, to, to.edit, mode)):
                return done
            return await self._send(part, to, mode)
        except TelegramError as error:
            failed = failure(error)
            if failed.retry_after:
                log.warning("Telegram asks for a pause of %d s", failed.retry_after.total_seconds())
                self.pacing.refused(failed.retry_after.total_seconds(), str(to.chat_id), group=to.group)
            raise failed from error

    async def _edit(self, part: Part, to: Target, number: int, mode: ParseMode | None) -> int:
        """Change a message in place; 0 when it cannot be changed, so that a new one is sent."""
        text = part.html if mode else part.plain
        try:
            await self.bot.edit_message_text(
                text, to.chat_id, number, parse_mode=mode, reply_markup=part.keyboard, link_preview_options=NO_PREVIEW
            )
        except BadRequest as error:
            known = ("to edit", "can't be edited")
            if any(words in error.message.lower() for words in known):
                return 0
            if UNCHANGED not in error.message:
                raise
        return number

    async def _send(self, part: Part, to: Target, mode: ParseMode | None) -> int:
        words = part.html if mode else part.plain
        place: dict[str, Any] = {"message_thread_id": to.thread_id, "reply_markup": part.keyboard}
        if to.reply_to:
            place["reply_parameters"] = ReplyParameters(to.reply_to, allow_sending_without_reply=True)
        if part.file:
            sent = await self.bot.send_document(to.chat_id, part.file.content, filename=part.file.name, **place)
        elif part.image and (content := readable(part.image)):
            sent = await self.bot.send_photo(to.chat_id, content, words or None, parse_mode=mode, **place)
        else:
            sent = await self.bot.send_message(
                to.chat_id, words or "…", parse_mode=mode, link_preview_options=NO_PREVIEW, **place
            )
        return sent.message_id

    @asynccontextmanager
    async def typing(self, to: Target) -> AsyncIterator[None]:
        """Show that an answer is on its way, when it takes longer than a moment."""
        task = asyncio.create_task(self._type(to))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _type(self, to: Target) -> None:
        await asyncio.sleep(TYPING_AFTER)
        while True:
            with suppress(TelegramError):
                await self.bot.send_chat_action(to.chat_id, ChatAction.TYPING, message_thread_id=to.thread_id)
            await asyncio.sleep(TYPING_EVERY)

    async def toast(self, query: str, text: str = "") -> None:
        """Answer a tap, which the app waits for; too late is no harm."""
        with suppress(TelegramError):
            await self.bot.answer_callback_query(query, text=text[:200] or None, show_alert=bool(text) or None)
