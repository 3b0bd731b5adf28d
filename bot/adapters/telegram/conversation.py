"""One update from the inbox to its answer: read it, ask the mentor, send what the mentor says."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from bot.adapters.telegram.administrators import authority
from bot.adapters.telegram.draft import Draft
from bot.adapters.telegram.failures import Refused, TokenRefused
from bot.adapters.telegram.parts import Part, linked, parts
from bot.adapters.telegram.post import Post, Target
from bot.adapters.telegram.raw import PLATFORM
from bot.adapters.telegram.signing import ANYBODY, VERSION, Signer
from bot.adapters.telegram.updates import Flooded, Moved, Said, Standing, Tapped, Unnamed, UpdateReader, tapped
from bot.delivery.intake import LeftForLater
from bot.domain.delivery import RetryPolicy
from bot.domain.learner import Identity, Preferences
from bot.domain.message import Button, ChatKind, Message, Rendered, Reply
from bot.engine.errors import AuthorityUnasked, SendFailed
from bot.engine.mentor import Mentor
from bot.engine.storing import Inbox, Received

log = logging.getLogger(__name__)

RETRY = RetryPolicy(first=timedelta(seconds=1), longest=timedelta(minutes=1), attempts=40)
START = datetime.min
KEPT_EDITS = 5000
OPEN_CHAT = ((Button("open_chat", "start"),),)

Outgoing = tuple[Part, Target]


@dataclass
class Conversation:
    """Answers updates. What it has to keep lies in the database, but for which buttons edited messages show now."""

    mentor: Mentor
    inbox: Inbox
    reader: UpdateReader
    post: Post
    signer: Signer
    retry: RetryPolicy = RETRY
    _edited: OrderedDict[tuple[int, int], frozenset[str]] = field(default_factory=OrderedDict)

    async def answer(self, received: Received) -> None:
        """Do all that an update asks for. Raises `LeftForLater` when the token is refused."""
        event = received.event
        incoming = self.reader.read(event.event_id, event.payload, self.mentor.clock.now())
        match incoming:
            case Said():
                await self._said(received, incoming)
            case Tapped():
                await self._tapped(received, incoming)
            case Standing():
                await self._standing(received, incoming)
            case Flooded():
                slower = Part(self._words("too_many", incoming.message).text)
                await self._deliver(slower, Target.of(incoming.message.channel))
            case Unnamed():
                note = linked(self._words("group_anonymous", incoming.message, button=True), self._our_chat)
                await self._deliver(note, Target.of(incoming.message.channel, reply_to=incoming.number))
            case Moved():
                await self.moved(int(incoming.old), int(incoming.new))

    async def _said(self, received: Received, said: Said) -> None:
        group = said.message.channel.kind is ChatKind.GROUP
        to = Target.of(said.message.channel, reply_to=said.number if group else None)
        known = (self.signer.action(data, said.message.sender.external_id) for data in said.beneath)
        message = replace(said.message, beneath=tuple(action for action in known if action))
        await self._send(received, message, *await self._replies(received, message, to))

    async def _replies(self, received: Received, message: Message, to: Target) -> tuple[Sequence[Rendered], Target]:
        """What was answered before a restart, or what the mentor says now, and where to say it."""
        if received.replies is not None:
            return _in_place(await self.mentor.painted(received.replies), to, int(received.draft or 0))
        draft = Draft(self.post, to, partial(self.inbox.note_draft, received.number))
        try:
            async with self.post.typing(to):
                replies = await self._handled(message, draft)
        finally:
            await draft.close()
        return _in_place(replies, to, draft.number)

    async def _handled(self, message: Message, draft: Draft) -> Sequence[Rendered]:
        """What the mentor says; where it hangs on who manages the chat, Telegram is asked first."""
        try:
            return await self.mentor.handle(message, draft.show)
        except AuthorityUnasked:
            known = replace(message, authority=await authority(self.reader.bot, message))
            return await self.mentor.handle(known, draft.show)

    async def _tapped(self, received: Received, tap: Tapped) -> None:
        to = Target.of(tap.message.channel, edit=tap.number)
        action = self.signer.action(tap.data, tap.message.sender.external_id)
        if received.replies is None and await self._is_gone(tap, to):
            await self.post.toast(tap.query, self._words("tapped_already", tap.message).text)
            return
        if action is None and tap.data.startswith(f"{VERSION}.") and not tap.at_home:
            await self.post.toast(tap.query, self._words("not_your_button", tap.message).text)
            return
        message = tapped(tap, action or "outdated")
        toast = asyncio.create_task(self.post.toast(tap.query))
        try:
            replies, place = await self._replies(received, message, to)
        finally:
            await toast
        await self._send(received, message, replies, place)
        if any(reply.replaces for reply in replies[:1]):
            async with self.mentor.store.work() as work:
                await work.first_time(PLATFORM, tap.key, self.mentor.clock.now())

    async def _is_gone(self, tap: Tapped, to: Target) -> bool:
        """Whether the button was replaced since: then this is the same tap again, or one that came too late.

        What edited messages show now is known of this run; of earlier ones, which taps led to an edit.
        """
        shown = self._edited.get((to.chat_id, tap.number))
        if tap.gone or shown is not None:
            return tap.gone or (shown is not None and tap.data not in shown)
        async with self.mentor.store.work() as work:
            return await work.seen(PLATFORM, tap.key)

    def _words(self, template: str, message: Message, *, button: bool = False) -> Rendered:
        reply = Reply(template, {}, OPEN_CHAT if button else ())
        return self.mentor.renderer.render(reply, Preferences(locale=message.sender.locale or "en"))

    async def _send(self, received: Received, message: Message, replies: Sequence[Rendered], to: Target) -> None:
        outgoing = list(self._outgoing(message, replies, to))
        elsewhere = any(target.chat_id != to.chat_id for _, target in outgoing)
        reached = True
        for count, (part, target) in enumerate(outgoing, 1):
            if count > received.sent and (reached or target.chat_id == to.chat_id):
                arrived = await self._deliver(part, target)
                reached = reached and (arrived or target.chat_id == to.chat_id)
                if count < len(outgoing) or elsewhere:
                    await self.inbox.note_sent(received.number, count)
        if elsewhere and not (reached and message.button):  # or a post that many tap would fill the group with notes
            template = "answered_privately" if reached else "open_our_chat"
            note = linked(self._words(template, message, button=True), self._our_chat)
            await self._deliver(note, replace(to, edit=None))

    def _outgoing(self, message: Message, replies: Sequence[Rendered], to: Target) -> Iterator[Outgoing]:
        """Every part with where it goes: what is private is never said in a group."""
        sender = message.sender.external_id
        target = to
        for reply in replies:
            private = reply.private and to.group
            owner = ANYBODY if to.group and not reply.private else sender
            for part in parts(reply, partial(self.signer.sign, owner)):
                yield part, Target(int(sender)) if private else target
                target = replace(target, edit=None, reply_to=None)

    @property
    def _our_chat(self) -> str:
        return f"https://t.me/{self.reader.bot.username}?start=group"

    async def _deliver(self, part: Part, to: Target) -> bool:
        """Send a part, trying again while that may help. False when it did not arrive."""
        attempt, doubts = 0, 0
        while True:
            try:
                self._note_edit(part, to, await self.post.answer(part, to))
                return True
            except SendFailed as failed:
                attempt, doubts = attempt + 1, doubts + failed.in_doubt
                wait = _pause(failed, self.retry, attempt, doubts)
                if wait is None:
                    log.warning("an answer was not taken: %s", failed)
                    return False
            await asyncio.sleep(wait)

    def _note_edit(self, part: Part, to: Target, number: int) -> None:
        if number != to.edit:
            return
        rows = part.keyboard.inline_keyboard if part.keyboard else ()
        self._edited[to.chat_id, number] = frozenset(str(b.callback_data) for row in rows for b in row)
        if len(self._edited) > KEPT_EDITS:
            self._edited.popitem(last=False)

    async def _standing(self, received: Received, change: Standing) -> None:
        direct = change.channel.kind is ChatKind.DIRECT
        async with self.mentor.store.work() as work:
            fresh = await work.first_time(PLATFORM, received.event.event_id, self.mentor.clock.now())
            learner = await work.learner_of(PLATFORM, change.sender.external_id)
            if direct and learner:
                identity = Identity(PLATFORM, change.sender.external_id, change.channel.chat_id, change.inside)
                await work.keep_identity(learner.id, identity)
        log.info("now %s chat %s", "in" if change.inside else "out of", change.channel.chat_id)
        if fresh and not direct and change.inside and not change.was_inside:
            message = Message(PLATFORM, "", change.sender, change.channel, self.mentor.clock.now())
            hello = linked(self._words("group_hello", message, button=True), self._our_chat)
            await self._deliver(hello, Target.of(change.channel))

    async def moved(self, old: int, new: int) -> None:
        """A group has another id now: change it wherever it is kept."""
        async with self.mentor.store.work() as work:
            await work.move_chat(PLATFORM, str(old), str(new))
        log.info("group %s is the supergroup %s now", old, new)


def _in_place(replies: Sequence[Rendered], to: Target, draft: int) -> tuple[Sequence[Rendered], Target]:
    """An answer in place of the message in which it was shown as it grew, where there is one."""
    if not (draft and replies):
        return replies, to
    return [replace(replies[0], replaces=True), *replies[1:]], replace(to, edit=draft, reply_to=None)


def _pause(failed: SendFailed, retry: RetryPolicy, attempt: int, doubts: int) -> float | None:
    """Seconds until the next try; None to give up. What may have arrived is repeated once at most."""
    if isinstance(failed, TokenRefused):
        raise LeftForLater from failed
    if failed.permanent or isinstance(failed, Refused) or doubts > 1:
        return None
    if failed.retry_after:
        return 0.0  # the pacing waits for it
    again = retry.decide(attempt, START, None, random.random())
    return None if again is None else (again - START).total_seconds()
