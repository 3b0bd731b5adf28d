"""From a message to the commands that answer it: button, command line, answer to a question, plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.answer import Answer, Outcome
from bot.domain.intent import Intent, OpenTask, Scene, Slot, Understood
from bot.domain.message import Button, ChatKind, Reply
from bot.engine import offers
from bot.engine.answer_views import answer_reply
from bot.engine.buttons import NO_BUTTON
from bot.engine.command import ArgKind, Args, Command
from bot.engine.competing import competing
from bot.engine.context import Context
from bot.engine.ports import Reader
from bot.engine.registry import Registry
from bot.engine.views import week_at_hand

Step = tuple[Command, Args] | Reply
MAX_WISHES = 4
BARE = {"done": "choice_done_bare", "undo": "choice_undo_bare", "week": "choice_week_bare"}
"""Labels of choices whose usual label names what was said, for when nothing was."""


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
        message, learner = context.message, context.learner
        if message.button:
            return [self._tapped(message.button, context)]
        if in_distress(context):
            return [answer_reply(Answer(Outcome.DISTRESS))]
        label = offers.chosen(message.text, learner.offered, asked=bool(learner.asked))
        step = (self.registry.parse_line(label) if label else None) or self.registry.parse_line(message.text)
        step = step or self._answer(message.text, context)
        if step:
            return [step]
        return [await competing(self.registry, context, found) for found in self._understand(context)]

    def _tapped(self, action: str, context: Context) -> Step:
        """What a button does. A number that no button has may still answer a question."""
        number = action.removeprefix(NO_BUTTON) if action.startswith(NO_BUTTON) else ""
        step = self._answer(number, context) if number else self.registry.parse_line(action)
        if step is None and number:
            return Reply("no_button", {"number": number}, menu(context))
        return step or Reply("stale_button", {}, menu(context))

    def _answer(self, text: str, context: Context) -> tuple[Command, Args] | None:
        """The command that asked something, with a bare text as the answer to it."""
        asked = context.learner.asked
        answer = self.registry.parse_line(f"{asked} {text}") if asked else None
        return answer if answer and self._fits(answer, context) else None

    def _fits(self, answer: tuple[Command, Args], context: Context) -> bool:
        """Whether a bare text answers the question asked: the command that asked says so."""
        command, args = answer
        return command.accepts is None or command.accepts(context, args)

    def _understand(self, context: Context) -> Sequence[Step]:
        understood = self.reader.read(context.message.text, scene(context))
        self._refuse_misread(context, understood)
        if any(intent.slots.get("negated") for intent in understood.intents[:1]):
            return [self._step(understood.intents[0], context)]
        if _mere_weekday(understood, context.message.text):
            understood = replace(understood, asks_first=True, choices=understood.intents)
        if understood.asks_first and not self._asks_itself(understood):
            return [self._question(understood, context)]
        steps = [self._step(intent, context) for intent in understood.intents[:MAX_WISHES]]
        return steps or [not_understood(context)]

    def _refuse_misread(self, context: Context, understood: Understood) -> None:
        """A typed command whose rest cannot be meant is refused, and never done without it. Raises `Refusal`."""
        command, rest = self.registry.begins(context.message.text)
        if command is None or command.misread is None or not rest:
            return
        slots = understood.intents[0].slots if understood.intents else {}
        ours = bool(understood.intents) and understood.intents[0].name in command.intents
        refusal = command.misread(context, rest, slots if ours else {})
        if refusal is not None:
            raise refusal

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
        words = _said(command, intent)
        action = f"{command.name} {words}".strip()
        label = f"choice_{command.name}" if words else BARE.get(command.name, f"choice_{command.name}")
        if command.name == "at" and words:
            label, words = "choice_at_said", words.capitalize()
        return Button(label, action, {"said": words}) if len(action.encode()) <= 48 else None


def _mere_weekday(understood: Understood, text: str) -> bool:
    """Whether a day is all that was said: it may mean many things, and moving the plan is only one."""
    (first, *more) = understood.intents or (Intent("unknown"),)
    return first.name == "set_time" and not more and set(first.slots) == {"weekday"} and len(text.split()) == 1


def _said(command: Command, intent: Intent) -> str:
    """The slots a command takes, as they are typed after its name."""
    words = [_spoken(intent.slots[a.name]) for a in command.args if a.name in intent.slots]
    if any(arg.kind is ArgKind.TASKS for arg in command.args):
        words = words or (["all"] if intent.slots.keys() & {"all", "week"} else [])
        words += [f"of week {intent.slots['week']}"] if "week" in intent.slots else []
    return " ".join(words)


def _spoken(slot: Slot) -> str:
    return " ".join(map(str, slot)) if isinstance(slot, list) else str(slot)


def in_distress(context: Context) -> bool:
    """Whether the words ask for help that no study bot can give. Looked at before anything else is made of them."""
    text = context.message.text
    return context.shelf is not None and not text.startswith("/") and context.shelf.answers.in_distress(text)


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
