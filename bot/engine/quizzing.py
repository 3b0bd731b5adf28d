"""Quizzes in a chat: which items, the next question, and the words' data for an answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.message import Button, Reply
from bot.domain.quiz import Asked, QuizRun, Sheet, drawn, sheet
from bot.domain.text import Prose
from bot.domain.topic import QuizItem
from bot.engine import buttons
from bot.engine.context import Context
from bot.engine.notes import found


def item_of(context: Context, item_id: str) -> QuizItem | None:
    """A quiz item by its id, which begins with its note's."""
    note, _, _ = item_id.rpartition("-")
    topic = context.study.library.find(note)
    items: Sequence[QuizItem] = context.study.library.quiz(topic.id) if topic else ()
    return next((item for item in items if item.id == item_id), None)


LATER = frozenset(("later", "stop", "quit", "exit", "enough", "not now", "stop it", "stop quiz", "stop the quiz"))
"""Said while an item waits, these leave the quiz for now."""


async def begin(context: Context, about: str, own: Sequence[str], further: Sequence[str] = ()) -> QuizRun | None:
    """A new run of five items, most of them from the notes it is about; None when there are none.

    What the run before asked comes last.
    """
    quizzes, library = context.work.quizzes, context.study.library
    before = await quizzes.open(context.learner.id)
    last = frozenset(before.items) if before else frozenset()
    seed = int(context.now.timestamp()) ^ context.learner.id
    mine, others = ([library.quiz(topic.id) for topic in found(library, notes)] for notes in (own, further))
    items = drawn(mine, others, Asked(await quizzes.known(context.learner.id), last), seed)
    if not items:
        return None
    run = QuizRun(context.learner.id, about, items, seed, context.now)
    await quizzes.keep(run)
    return run


def about_words(context: Context, run: QuizRun) -> str:
    """What a run is about, as a learner calls it."""
    week = next((w for w in context.roadmap.weeks if w.id == run.about), None) if context.enrollment else None
    if week is not None:
        return f"week {week.label}"
    topic = context.study.library.find(run.about)
    return str(topic.title) if topic else run.about


async def question(
    context: Context, run: QuizRun, before: dict[str, object] | None = None, *, unfit: bool = False
) -> Reply:
    """The item that waits, after what is to be said of the one before. `unfit`: what was said is no answer."""
    item = item_of(context, run.item)
    if item is None:  # the organiser took the item away
        run = run.answered(False)
        await context.work.quizzes.keep(run)
        return result(context, run, before) if run.over else await question(context, run, before)
    shown = sheet(item, run.seed)
    await context.ask(f"pick {item.id}")
    data = {"sheet": shown, "number": run.at + 1, "total": len(run.items), "about": about_words(context, run),
            "before": before, "unfit": unfit, "code": Prose(getattr(item, "code", "").rstrip()),
            "language": getattr(item, "language", "")}  # fmt: skip
    return Reply("quiz", data, _choices(shown), replaces=before is not None)


def _choices(shown: Sheet) -> buttons.Rows:
    made = [Button("pick", f"pick {shown.item.id} {n}", {"said": c.label}) for n, c in enumerate(shown.choices, 1)]
    rows = [tuple(made)] if max(len(c.label) for c in shown.choices) < 3 else [(button,) for button in made]
    return (*rows, (Button("quiz_later", "quiz later"),))


def result(context: Context, run: QuizRun, before: dict[str, object] | None) -> Reply:
    """The score, when the last item has been answered."""
    data = {"run": run, "total": len(run.items), "about": about_words(context, run), "before": before}
    return Reply(
        "quiz_over", data, ((Button("quiz_again", f"quiz {_said(context, run)}"), buttons.NEXT),), replaces=True
    )


def _said(context: Context, run: QuizRun) -> str:
    week = next((w for w in context.roadmap.weeks if w.id == run.about), None) if context.enrollment else None
    return str(week.first) if week else run.about


async def put_off(context: Context, run: QuizRun | None) -> Reply:
    """Leave the quiz for now, and say that its place and score are kept."""
    await context.ask("")
    if run is None or run.over:
        return Reply("quiz_gone", {}, ((buttons.QUIZ, buttons.NEXT),))
    data = {"run": run, "total": len(run.items), "about": about_words(context, run)}
    return Reply("quiz_kept", data, ((Button("quiz_on", "quiz"), buttons.NEXT),))
