"""read: a study note, a screen at a time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.ask import answered
from bot.commands.week import week_asked
from bot.domain.answer import Outcome
from bot.domain.message import Button, Reply
from bot.domain.plan import next_step
from bot.domain.roadmap import Week
from bot.domain.topic import Topic
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.notes import LIKELY, OFFERED, SURE, alike, find_note, found, notes_for, notes_of, week_said
from bot.engine.pages import pages

MOST_OFFERED = 4
LONGEST_SAID = 40
BARE = frozenset(("", "note", "the note", "notes", "the notes", "my notes", "it", "week", "this week", "the week"))
"""Said after `read`, these name no note: the week's are offered."""


async def read(context: Context, args: Args) -> Reply:
    """Show a page of the note that was named, or which notes there are for a week."""
    said = str(args.get("text") or "").strip()
    number = week_said(said)
    if context.enrollment and (number is not None or said.lower() in BARE):
        return _notes(context, week_asked(context, number))
    name, page = _said(said)
    topic, near = _named(context, name)
    return _page(context, topic, page) if topic else _gone(name, near)


def _notes(context: Context, week: Week) -> Reply:
    """The notes of a week, those of the next task first; a single one is opened at once."""
    step = next_step(context.plan, context.roadmap, context.today)
    first = notes_for(step.task, step.week) if step and step.week is week else []
    topics = found(context.study.library, dict.fromkeys((*first, *notes_of(week))))
    if len(topics) == 1:
        return _page(context, topics[0], 0)
    if not topics:
        return _gone("", [])
    data = {"week": week, "topics": topics, "first": first if step and step.task.topics else ()}
    return Reply("notes", data, _offers(topics[:MOST_OFFERED]))


def _page(context: Context, topic: Topic, page: int) -> Reply:
    all_pages = pages(topic)
    at = min(max(page, 1), len(all_pages))
    data = {"topic": topic, "page": all_pages[at - 1], "number": at, "total": len(all_pages)}
    return Reply("read", data, _turning(topic, at, len(all_pages)), replaces=bool(context.message.button) and page > 0)


def _said(text: str) -> tuple[str, int]:
    """The name and the page in `smote 3`; page 0 when none was said."""
    name, _, last = text.rpartition(" ")
    return (name, int(last)) if name and last.isascii() and last.isdigit() and len(last) < 4 else (text, 0)


def _named(context: Context, name: str) -> tuple[Topic | None, list[Topic]]:
    """The note of a name, or the one that surely answers it; else those that it may have meant."""
    library = context.study.library
    topic = find_note(library, name)
    if topic is not None or not name:
        return topic, []
    answer = answered(context, name)[1]
    cited = found(library, dict.fromkeys(citation.note for citation in answer.citations if citation.note))
    if cited and answer.outcome is Outcome.ANSWERED and answer.certainty >= SURE:
        return cited[0], []
    near = {topic.id: topic for topic in (*alike(library, name), *(cited if answer.certainty >= LIKELY else ()))}
    return None, list(near.values())[:OFFERED]


def _gone(name: str, near: Sequence[Topic]) -> Reply:
    data = {"said": name[:LONGEST_SAID], "near": bool(near)}
    return Reply("note_gone", data, (*_offers(near), (buttons.WEEK, buttons.NEXT)))


def _offers(topics: Sequence[Topic]) -> buttons.Rows:
    return tuple((Button("note_named", f"read {topic.id}", {"title": topic.title}),) for topic in topics)


def _turning(topic: Topic, at: int, total: int) -> buttons.Rows:
    back = (Button("page_back", f"read {topic.id} {at - 1}"),) if at > 1 else ()
    on = (Button("page_next", f"read {topic.id} {at + 1}"),) if at < total else (Button("quiz_me", f"quiz {topic.id}"),)
    return ((*back, *on),)


COMMAND = Command("read", read, words=("note",), args=(Arg("text", ArgKind.TEXT),), in_menu=True, group="learning")
