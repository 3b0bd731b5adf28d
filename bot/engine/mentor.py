"""The one way in: a message arrives, the mentor answers. Knows no platform, no database, no words."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.domain.answer import Spender
from bot.domain.catalog import Catalog
from bot.domain.errors import Refusal
from bot.domain.learner import Identity, Learner, Preferences
from bot.domain.message import ChatKind, Message, Rendered, Reply
from bot.domain.text import both_ends, clean, clean_name
from bot.engine import crashpoints, offers
from bot.engine.clarifying import clarified, is_unclear
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.errors import AuthorityUnasked
from bot.engine.ports import Clock, Painter, Places, Renderer
from bot.engine.refusals import refused
from bot.engine.router import Router, Step
from bot.engine.seats import is_public
from bot.engine.storing import Store, Work
from bot.engine.study import Study
from bot.engine.subject import about
from bot.engine.tutoring import Partial, lets_model, remember, spender_of, tutored

log = logging.getLogger(__name__)


@dataclass
class Mentor:
    """Answers messages. One transaction a message: what it changes, the note that it was seen, and the words of
    the answer stand or fall together. `links` are addresses that open a chat with the mentor, by platform, to which
    a payload is added."""

    store: Store
    catalog: Catalog
    router: Router
    renderer: Renderer
    places: Places
    clock: Clock
    study: Study | None = None
    painter: Painter | None = None
    links: dict[str, str] = field(default_factory=dict)

    async def handle(self, message: Message, show: Partial | None = None) -> Sequence[Rendered]:
        """What to say to a message, in order: nothing for one seen before, or said to others in a group.

        `show` is told of an answer that is still growing; what is returned in the end replaces it. Raises
        `AuthorityUnasked`, with nothing changed and nothing seen, where the platform has to be asked first.
        """
        message = replace(message, text=clean(both_ends(message.text)), button=clean(message.button))
        if message.channel.kind is ChatKind.GROUP and not (message.mentioned or message.button):
            return ()
        with about(f"{message.platform}:{message.event_id}"):
            return await self.painted(await self._answered(message, show))

    async def painted(self, replies: Sequence[Rendered]) -> Sequence[Rendered]:
        """The same answers with their pictures drawn: after the transaction, which no picture may keep waiting."""
        if self.painter is None:
            return replies
        return [await self.painter.painted(reply) for reply in replies]

    async def _answered(self, message: Message, show: Partial | None) -> Sequence[Rendered]:
        try:
            return await self._answer(message, show)
        except AuthorityUnasked:
            raise
        except Exception:
            code = secrets.token_hex(2)
            log.exception("message could not be answered", extra={"code": code, "event": message.event_id})
            return (self.renderer.render(Reply("our_fault", {"code": code}), Preferences()),)

    async def _answer(self, message: Message, show: Partial | None) -> Sequence[Rendered]:
        now = self.clock.now()
        async with self.store.work() as work:
            if not await work.first_time(message.platform, message.event_id, now):
                return ()
            context = await self._context(message, work)
            replies = await self._replies(context)
            rendered = [self.renderer.render(reply, context.preferences) for reply in replies]
            await work.keep_replies(message.platform, message.event_id, rendered)
            await self._remember(context, rendered)
            asks_model = await self._asks_model(context, replies)
            crashpoints.reach("work.open")
        crashpoints.reach("work.committed")
        return await self._tutored(context, replies, show) if asks_model else rendered

    async def _asks_model(self, context: Context, replies: Sequence[Reply]) -> bool:
        """Whether a command left a question for the model, or a line stayed unclear that it may read."""
        if self.study is None or self.study.tutor is None:
            return False
        unclear = any(is_unclear(context, reply) for reply in replies)
        return any(reply.question for reply in replies) or (unclear and await lets_model(context))

    async def _remember(self, context: Context, rendered: Sequence[Rendered]) -> None:
        """Keep what the answer's buttons say and do, for those who type a label."""
        offered = offers.written(rendered)
        if offered != context.learner.offered:
            await context.work.set_offered(context.learner.id, offered)

    async def _tutored(self, context: Context, replies: Sequence[Reply], show: Partial | None) -> Sequence[Rendered]:
        """The same answers, with the model's words for a question, and its reading of an unclear line as buttons."""
        message = context.message
        async with self.store.work() as work:
            spender = await spender_of(replace(context, work=work))
        show = None if is_public(message.channel) else show  # the whole may go to the asker's own chat instead
        better = [await self._bettered(context, reply, spender, show) for reply in replies]
        rendered = [self.renderer.render(reply, context.preferences) for reply in better]
        async with self.store.work() as work:
            await work.keep_replies(message.platform, message.event_id, rendered)
            for reply in better:
                await remember(work, context.learner.id, reply)
            await work.set_offered(context.learner.id, offers.written(rendered))
        return rendered

    async def _bettered(self, context: Context, reply: Reply, spender: Spender, show: Partial | None) -> Reply:
        tutor, interpreter = (self.study.tutor, self.study.interpreter) if self.study else (None, None)
        if interpreter is not None and is_unclear(context, reply):
            return await clarified(interpreter, self.router.registry, context, reply)
        return await tutored(tutor, reply, spender, show) if tutor else reply

    async def _context(self, message: Message, work: Work) -> Context:
        learner = await self._learner(message, work)
        plan = await work.current_enrollment(learner.id)
        if plan is not None and plan.roadmap_id not in self.catalog.roadmaps:
            plan = None  # the organiser took the roadmap away; its progress stays, to be found when it returns
        now = self.clock.now()
        return Context(message, learner, plan, self.catalog, self.places, work, now, self.study, self.links)

    async def _learner(self, message: Message, work: Work) -> Learner:
        sender, channel = message.sender, message.channel
        chat = channel.chat_id if channel.kind is ChatKind.DIRECT else ""
        identity = Identity(message.platform, sender.external_id, chat)
        learner = await work.learner_of(message.platform, sender.external_id)
        if learner is None:
            preferences = Preferences(zone=sender.zone, locale=clean(sender.locale, 8) or "en")
            return await work.add_learner(clean_name(sender.name), identity, preferences, self.clock.now())
        if chat:
            await work.keep_identity(learner.id, identity)
        today = self.clock.now().date()
        if learner.seen_on != today:
            await work.note_seen(learner.id, today)
        return replace(learner, seen_on=today)

    async def _replies(self, context: Context) -> list[Reply]:
        steps = await self._steps(context)
        asked = context.learner.asked
        replies = [step if isinstance(step, Reply) else await self._run(context, *step) for step in steps]
        if asked and context.learner.asked == asked and not context.asking:
            await context.ask("")
        return replies

    async def _steps(self, context: Context) -> Sequence[Step]:
        try:
            return await self.router.route(context)
        except Refusal as refusal:  # an argument that can be read and cannot be, such as 7:77
            return [refused(refusal, context)]

    async def _run(self, context: Context, command: Command, args: Args) -> Reply:
        if command.needs_plan and context.enrollment is None:
            command, args = self.router.start, {"first": True}
        try:
            return await command.run(context, args)
        except Refusal as refusal:
            return refused(refusal, context)
