"""quiz: five questions on a week or a topic, one tap each; taken up where it was left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.week import week_asked
from bot.domain.message import Button, Reply
from bot.domain.quiz import QuizRun
from bot.domain.text import Prose
from bot.domain.topic import Topic
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.notes import alike, find_note, notes_of, own_notes, week_said
from bot.engine.quizzing import LATER, about_words, begin, put_off, question

LONGEST_SAID = 40
NEW = re.compile(r"new\b\s*", re.IGNORECASE)
"""Before what is wanted, it leaves the quiz that is open."""
FILLERS = frozenset(
    ("me", "it", "again", "now", "then", "please", "pls", "practice", "on", "this", "the", "my", "week")
)
"""Words that name no note."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a quiz is about: a week or a note by its id, its words, and the notes it is drawn from."""

    id: str
    words: str
    said: str
    own: Sequence[str]
    further: Sequence[str] = ()
    topic: Topic | None = None


async def quiz(context: Context, args: Args) -> Reply:
    """Go on with the open quiz, or begin one on what was asked for; another one only when that is meant."""
    said = str(args.get("note") or args.get("words") or args.get("topic") or "").strip()
    run = await context.work.quizzes.open(context.learner.id)
    run = None if run is None or run.over else run
    if said.lower() in LATER:
        return await put_off(context, run)
    named, new = NEW.sub("", said, count=1), NEW.match(said) is not None
    nothing = {word.strip("?!.,") for word in named.lower().split()} <= FILLERS and args.get("week") is None
    if run and nothing and not new:
        return await question(context, run)
    subject = _subject(context, "" if nothing else named, args.get("week"))
    if subject is None:
        return _unknown(context, named)
    if run and not new and run.about == subject.id:
        return await question(context, run)
    if run and not new and run.at:  # where nothing was answered, nothing is lost
        return await _leave(context, run, subject)
    run = await begin(context, subject.id, subject.own, subject.further)
    return await question(context, run) if run else _none(subject)


def _subject(context: Context, named: str, week: object) -> Subject | None:
    """What was named: a week by its number, a note by any name, this week when nothing was."""
    number = week if week is not None else week_said(named)
    if number is None and named:
        topic = find_note(context.study.library, named)
        return Subject(topic.id, str(topic.title), topic.id, [topic.id], topic=topic) if topic else None
    found = week_asked(context, number)
    own = own_notes(found)
    further = [note for note in notes_of(found) if note not in own]
    return Subject(found.id, f"week {found.label}", str(found.first), own, further)


def _unknown(context: Context, named: str) -> Reply:
    near = alike(context.study.library, named)
    rows = [(Button("quiz_of", f"quiz {topic.id}", {"title": topic.title}),) for topic in near]
    data = {"said": named[:LONGEST_SAID], "near": bool(near)}
    return Reply("quiz_which", data, (*rows, (Button("week_quiz", "quiz this week"), buttons.NEXT)))


async def _leave(context: Context, run: QuizRun, subject: Subject) -> Reply:
    """Ask before a quiz that was begun is dropped for another."""
    await context.ask("")
    data = {"run": run, "total": len(run.items), "about": about_words(context, run), "other": Prose(subject.words)}
    choices = (Button("quiz_on", "quiz"), Button("quiz_leave", f"quiz new {subject.said}"))
    return Reply("quiz_other", data, (choices,))


def _none(subject: Subject) -> Reply:
    topic = subject.topic.title if subject.topic else ""
    return Reply("no_quiz", {"topic": topic}, ((buttons.WEEK, buttons.NEXT),))


COMMAND = Command(
    "quiz", quiz, words=("quizme",), intents=("quiz",),
    args=(Arg("week", ArgKind.WEEK), Arg("note", ArgKind.TEXT)), in_menu=True, needs_plan=True,
    group="learning",
)  # fmt: skip
