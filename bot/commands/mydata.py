"""mydata: what is stored, a copy of it, and the way to delete it."""

from __future__ import annotations

import json

from bot.domain.message import Attachment, Button, ChatKind, Reply
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def mydata(context: Context, args: Args) -> Reply:
    """Send a copy of everything stored about the learner, as a file; never where others read."""
    if context.message.channel.kind is ChatKind.GROUP:
        return Reply("only_in_private", {})
    stored = await context.work.export(context.learner.id)
    text = json.dumps(stored, ensure_ascii=False, indent=2, default=str)
    data = {"tables": {name: len(rows) for name, rows in stored.items() if isinstance(rows, list) and rows}}
    file = Attachment("milepost-my-data.json", text.encode())
    return Reply("mydata", data, ((Button("delete_all", "forget"),),), files=(file,))


COMMAND = Command(
    "mydata",
    mydata,
    words=("export",),
    intents=("export_data",),
    args=(Arg("what", ArgKind.WORD, pattern="(?i)all|everything|data|copy|me"),),
    in_menu=True,
    group="settings",
)
