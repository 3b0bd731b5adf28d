"""read: a study note, a screen at a time."""

from __future__ import annotations

from bot.commands.ask import answered
from bot.domain.message import Button, Reply
from bot.domain.plan import next_step
from bot.domain.topic import Topic
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.pages import pages


async def read(context: Context, args: Args) -> Reply:
    """Show a page of the note that was named, or of the one the next task needs."""
    name, page = _said(str(args.get("text") or ""))
    topic = _topic(context, name)
    if topic is None:
        return Reply("note_gone", {}, ((buttons.WEEK, buttons.NEXT),))
    all_pages = pages(topic)
    at = min(max(page, 1), len(all_pages))
    data = {"topic": topic, "page": all_pages[at - 1], "number": at, "total": len(all_pages)}
    return Reply("read", data, _turning(topic, at, len(all_pages)), replaces=bool(context.message.button) and page > 0)


def _said(text: str) -> tuple[str, int]:
    """The name and the page in `smote 3`; page 0 when none was said."""
    name, _, last = text.rpartition(" ")
    return (name, int(last)) if name and last.isascii() and last.isdigit() and len(last) < 4 else (text, 0)


def _topic(context: Context, name: str) -> Topic | None:
    library = context.study.library
    if name:
        cited = None if library.find(name) else answered(context, name)[1].citations[:1]
        return library.find(cited[0].note if cited else name)
    step = next_step(context.plan, context.roadmap, context.today) if context.enrollment else None
    named = [*step.task.topics, *(t.note for t in step.week.all_topics)] if step else []
    return next((topic for note in named if (topic := library.find(note))), None)


def _turning(topic: Topic, at: int, total: int) -> buttons.Rows:
    back = (Button("page_back", f"read {topic.id} {at - 1}"),) if at > 1 else ()
    on = (Button("page_next", f"read {topic.id} {at + 1}"),) if at < total else (Button("quiz_me", f"quiz {topic.id}"),)
    return ((*back, *on),)


COMMAND = Command("read", read, words=("note",), args=(Arg("text", ArgKind.TEXT),), in_menu=True, group="learning")
