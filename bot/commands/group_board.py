"""group board: how everybody in the group is doing, each on their own road."""

from __future__ import annotations

from bot.domain.board import Board
from bot.domain.message import Button, Reply
from bot.engine.boards import board
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.seats import Seat, seated

CHEERS = 3
"""Buttons to cheer somebody on under one screen."""


async def show(context: Context, args: Args, seat: Seat) -> Reply:
    """One screen of the board: for all in the group's chat, else for its reader, whose own weeks come first."""
    reader = None if seat.here else context.learner.id
    page = int(str(args.get("page") or 1))
    found = await board(context.work, context.catalog, seat.group, reader, page, context.now)
    rows = (*_pages(found), *(() if seat.here else _more(found)))
    turned = bool(args.get("page"))  # a turned page is edited in place, and a picture cannot take a text's place
    picture = "" if turned else "group_board"
    return Reply(
        "group_board", {"board": found}, rows, private=not seat.here, replaces=turned, picture=picture
    )  # fmt: skip


def _pages(found: Board) -> tuple[tuple[Button, ...], ...]:
    at = f"group_board #{found.group_id}"
    back = [Button("page_back", f"{at} {found.page - 1}")] if found.page > 1 else []
    on = [Button("page_next", f"{at} {found.page + 1}")] if found.page < found.pages else []
    return ((*back, *on),) if back or on else ()


def _more(found: Board) -> tuple[tuple[Button, ...], ...]:
    moving = [line for line in found.lines if not line.is_me and (line.state in ("done", "moving", "finished"))]
    cheers = tuple(
        Button("cheer", f"group_cheer #{found.group_id} id:{line.member_id}", {"name": line.name})
        for line in moving[:CHEERS]
    )
    return (*((cheers,) if cheers else ()), (Button("group_share", f"group_share #{found.group_id}"),))


COMMAND = Command(
    "group_board", seated(show), words=("group board",), intents=("group_board",),
    args=(Arg("group", ArgKind.GROUP), Arg("page", ArgKind.NUMBER)), in_menu=True,
)  # fmt: skip
