"""From a message to the commands that answer it: button, command line, answer to a question, plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.intent import Intent, OpenTask, Scene, Slot, Understood
from bot.domain.message import Button, ChatKind, Reply
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.ports import Reader
from bot.engine.registry import Registry
from bot.engine.views import week_at_hand

Step = tuple[Command, Args] | Reply
MAX_WISHES = 4


@dataclass(frozen=True)
class Router:
    """Decides which commands a message runs. It changes nothing itself."""

    registry: Registry
    reader: Reader

    @property
    def start(self) -> Command:
        """The command for those who have no plan yet."""
        return self.registry.commands["start"]

    async def route(self, context: Context) -> Sequence[Step]:
        """The commands to run in order, or a reply where there is nothing to run."""
        message = context.message
        if message.button:
            return [self.registry.parse_line(message.button) or Reply("stale_button", buttons=menu(context))]
        direct = self.registry.parse_line(message.text)
        if direct:
            return [direct]
        if context.learner.asked:
            answer = self.registry.parse_line(f"{context.learner.asked} {message.text}")
            if answer and self._fits(answer, context):
                return [answer]
        return self._understand(context)

    def _fits(self, answer: tuple[Command, Args], context: Context) -> bool:
        """Whether a bare text answers the question asked: the command that asked says so."""
        command, args = answer
        return command.accepts is None or command.accepts(context, args)

    def _understand(self, context: Context) -> Sequence[Step]:
        understood = self.reader.read(context.message.text, scene(context))
        if any(intent.slots.get("negated") for intent in understood.intents[:1]):
            return [self._step(understood.intents[0], context)]
        if understood.asks_first and not self._asks_itself(understood):
            return [self._question(understood, context)]
        steps = [self._step(intent, context) for intent in understood.intents[:MAX_WISHES]]
        return steps or [not_understood(context)]

    def _asks_itself(self, understood: Understood) -> bool:
        """Whether the one thing that was understood is a command that asks before it acts."""
        commands = [self.registry.for_intent(intent.name) for intent in understood.intents]
        return len(commands) == 1 and commands[0] is not None and commands[0].confirms

    def _step(self, intent: Intent, context: Context) -> Step:
        if intent.slots.get("negated"):
            return Reply("left_alone", {"intent": intent.name}, menu(context))
        command = self.registry.for_intent(intent.name)
        if command is None:
            return not_understood(context)
        return command, {"text": context.message.text, **intent.slots}

    def _question(self, understood: Understood, context: Context) -> Reply:
        buttons = [b for b in map(self._choice, understood.choices) if b is not None]
        if not buttons:
            return not_understood(context)
        count = len(buttons)
        if count == 1:  # a question with one answer would be no question
            buttons.append(Button("leave_it", "as-it-is"))
        return Reply("did_you_mean", {"count": count}, tuple((button,) for button in buttons[:3]))

    def _choice(self, intent: Intent) -> Button | None:
        command = self.registry.for_intent(intent.name)
        if command is None:
            return None
        words = [_spoken(intent.slots[a.name]) for a in command.args if a.name in intent.slots]
        action = " ".join([command.name, *words])
        label = f"choice_{command.name}"
        return Button(label, action, {"said": " ".join(words)}) if len(action.encode()) <= 48 else None


def _spoken(slot: Slot) -> str:
    return " ".join(map(str, slot)) if isinstance(slot, list) else str(slot)


def scene(context: Context) -> Scene:
    """What the moment tells about the learner's words."""
    group = context.message.channel.kind is ChatKind.GROUP
    local = context.now.astimezone(context.preferences.tz)
    titles = {r.id: str(r.title) for r in context.catalog.roadmaps.values()}
    if context.enrollment is None:
        return Scene(local, context.preferences.locale, None, (), titles, group)
    week = week_at_hand(context.learner, context.plan, context.roadmap, context.today)
    names = {topic.note: str(topic.name) for topic in week.all_topics}
    tasks = tuple(
        OpenTask(number, task.id, task.title, tuple(names.get(t, t) for t in task.topics), week.first)
        for number, task in enumerate(week.tasks, 1)
        if not context.plan.is_done(task)
    )
    return Scene(local, context.preferences.locale, week.first, tasks, titles, group)


def menu(context: Context) -> tuple[tuple[Button, ...], ...]:
    """What makes sense to tap at this moment."""
    if context.enrollment is None:
        return ((Button("begin", "start"),),)
    return ((Button("whats_next", "next"), Button("this_week", "week")), (Button("help", "help"),))


def not_understood(context: Context) -> Reply:
    """Says in two lines what the mentor can do now."""
    return Reply("not_understood", {"enrolled": context.enrollment is not None}, menu(context))
