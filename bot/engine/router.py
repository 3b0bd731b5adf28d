"""From a message to the commands that answer it: button, command line, answer to a question, plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.answer import Answer, Outcome
from bot.domain.enrollment import EnrollmentState
from bot.domain.intent import Intent, OpenTask, Scene, Understood
from bot.domain.message import Button, ChatKind, Reply
from bot.engine import offers, quiz_words, typed
from bot.engine.answer_views import answer_reply
from bot.engine.asked_after import AfterPeople, member_asked_after
from bot.engine.buttons import NO_BUTTON
from bot.engine.choices import did_you_mean
from bot.engine.command import Args, Command
from bot.engine.competing import CARRIED, competing, solution_asked
from bot.engine.context import Context
from bot.engine.dates import with_iso_dates
from bot.engine.ports import Reader, Sentences
from bot.engine.registry import Registry
from bot.engine.views import week_at_hand

Step = tuple[Command, Args] | Reply
MAX_WISHES = 4
OPEN_QUESTIONS = frozenset(("zone", "at", "hours", "quiet"))
"""What we ask where no yes is an answer."""


@dataclass(frozen=True)
class Router:
    """Decides which commands a message runs. It changes nothing itself."""

    registry: Registry
    reader: Reader
    people: AfterPeople | None = None
    sentences: Sentences | None = None

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
        whole = self._sentence(message.text, learner.asked)
        meant = self.registry.parse_line(whole) if whole else None
        if meant:
            return [meant]
        label = offers.chosen(message.text, learner.offered, asked=bool(learner.asked))
        step = (self.registry.parse_line(label) if label else None) or typed.command(self.registry, context)
        step = self._replied(context) or step or self._answer(message.text, context) or self._asked_again(context)
        if step:
            return [step]
        quiz = await quiz_words.running(context)
        answer = await quiz_words.step(self.registry, context, quiz) if quiz else None
        answer = answer or await self._after_somebody(context) or await solution_asked(self.registry, context)
        if answer:
            return [answer]
        understood = self._understand(context, in_quiz=quiz is not None)
        return [await competing(self.registry, context, found) for found in understood]

    def _sentence(self, text: str, asked: str) -> str:
        """The command that a whole line means, unless it may be an answer: of a place or an hour no such line is one,
        but a name may be any words, and in a quiz `i give up` is about the item."""
        answers = asked.partition(" ")[0] not in ("", *OPEN_QUESTIONS, "group_digest", CARRIED.strip())
        return "" if self.sentences is None or answers else self.sentences.command_in(text)

    async def _after_somebody(self, context: Context) -> tuple[Command, Args] | None:
        """A look at somebody in the speaker's group who is asked after by name."""
        line = await member_asked_after(context, self.people) if self.people else ""
        return self.registry.parse_line(line) if line else None

    def _tapped(self, action: str, context: Context) -> Step:
        """What a button does. A number that no button has may still answer a question."""
        number = action.removeprefix(NO_BUTTON) if action.startswith(NO_BUTTON) else ""
        step = self._answer(number, context) if number else self.registry.parse_line(action)
        if step is None and number:
            return Reply("no_button", {"number": number}, menu(context))
        return step or Reply("stale_button", {}, menu(context))

    def _replied(self, context: Context) -> tuple[Command, Args] | None:
        """What somebody does who replies to a message with one button, such as a member's question."""
        message = context.message
        if len(message.beneath) != 1 or not message.text or message.text.startswith("/"):
            return None
        under = self.registry.parse_line(message.beneath[0])
        return (
            self.registry.parse_line(f"{message.beneath[0]} {message.text}")
            if under and under[0].takes_replies
            else None
        )

    def _answer(self, text: str, context: Context) -> tuple[Command, Args] | None:
        """The command that asked something, with a bare text as the answer to it."""
        asked = context.learner.asked
        answer = self.registry.parse_line(f"{asked} {text}") if asked else None
        return answer if answer and self._fits(answer, context) else None

    def _asked_again(self, context: Context) -> tuple[Command, Args] | None:
        """The question once more for whoever says yes to one that wants more than a yes."""
        asked = context.learner.asked
        wants_more = asked in OPEN_QUESTIONS and offers.folded(context.message.text) in offers.YES
        return self.registry.parse_line(asked) if wants_more else None

    def _fits(self, answer: tuple[Command, Args], context: Context) -> bool:
        """Whether a bare text answers the question asked: the command that asked says so."""
        command, args = answer
        return command.accepts is None or command.accepts(context, args)

    def _understand(self, context: Context, *, in_quiz: bool = False) -> Sequence[Step]:
        understood = self.reader.read(with_iso_dates(context.message.text), replace(scene(context), quiz=in_quiz))
        self._refuse_misread(context, understood)
        if any(intent.slots.get("negated") for intent in understood.intents[:1]):
            return [self._step(understood.intents[0], context)]
        if _mere_weekday(understood, context.message.text):
            understood = replace(understood, asks_first=True, choices=understood.intents)
        steps = [self._step(intent, context) for intent in understood.sure[:MAX_WISHES]]
        if understood.asks_first:
            steps.append(self._asked(understood, context))
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

    def _asked(self, understood: Understood, context: Context) -> Step:
        """The question about what is doubtful: a command's own, where it asks before it acts, else one with buttons."""
        doubtful = [intent for intent in understood.intents if intent not in understood.sure]
        command = self.registry.for_intent(doubtful[0].name) if len(doubtful) == 1 else None
        if command is not None and command.confirms:
            return self._step(doubtful[0], context)
        return did_you_mean(self.registry, context, understood.choices) or not_understood(context)

    def _step(self, intent: Intent, context: Context) -> Step:
        if intent.slots.get("negated"):
            marked = still_marked(intent, context)
            offer = did_you_mean(self.registry, context, (marked,)) if marked else None
            return offer or Reply("left_alone", {"intent": intent.name}, menu(context))
        if intent.name == "smalltalk":
            return Reply("smalltalk", {"enrolled": context.enrollment is not None}, menu(context))
        command = self.registry.for_intent(intent.name)
        if command is None:
            return not_understood(context)
        return command, {"text": context.message.text, **intent.slots}


def _mere_weekday(understood: Understood, text: str) -> bool:
    """Whether a day is all that was said: it may mean many things, and moving the plan is only one."""
    (first, *more) = understood.intents or (Intent("unknown"),)
    return first.name == "set_time" and not more and set(first.slots) == {"weekday"} and len(text.split()) == 1


def still_marked(intent: Intent, context: Context) -> Intent | None:
    """Opening again what somebody says is not done, where it is marked as done; None where nothing is."""
    said = intent.slots.get("tasks")
    if intent.name != "done" or not isinstance(said, list) or context.enrollment is None:
        return None
    week = week_at_hand(context.learner, context.plan, context.roadmap, context.today)
    done = [number for number, task in enumerate(week.tasks, 1) if number in said and context.plan.is_done(task)]
    return Intent("undo", {"tasks": done}) if done else None


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
    if context.plan.state is EnrollmentState.PAUSED:
        return ((Button("resume", "resume"), Button("this_week", "week")), (Button("help", "help"),))
    return ((Button("whats_next", "next"), Button("this_week", "week")), (Button("help", "help"),))


def not_understood(context: Context) -> Reply:
    """Says in two lines what the mentor can do now."""
    return Reply(
        "not_understood", {"enrolled": context.enrollment is not None, "moment": _moment(context)}, menu(context)
    )


def _moment(context: Context) -> str:
    """What is special about now: a pause, an end, a week with nothing left; "" for an ordinary day."""
    if context.enrollment is None:
        return ""
    state = context.plan.state
    if state in (EnrollmentState.PAUSED, EnrollmentState.FINISHED):
        return state.value
    week = week_at_hand(context.learner, context.plan, context.roadmap, context.today)
    return "" if context.plan.open_tasks(week) else "week_done"
