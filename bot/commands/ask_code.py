"""ask_code: a note's worked example, its code whole."""

from __future__ import annotations

from bot.domain.message import Button, Reply
from bot.domain.topic import SectionKey
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def ask_code(context: Context, args: Args) -> Reply:
    """Show the worked example of a note."""
    topic = context.study.library.find(str(args["note"]))
    if topic is None:
        return Reply("note_gone", {}, ((buttons.WEEK, buttons.NEXT),))
    data = {"topic": topic, "example": topic.section(SectionKey.EXAMPLE).text}
    return Reply("ask_code", data, ((Button("quiz_me", f"quiz {topic.id}"), Button("read_note", f"read {topic.id}")),))


COMMAND = Command("ask_code", ask_code, words=("example",), args=(Arg("note", ArgKind.TEXT, required=True),))
