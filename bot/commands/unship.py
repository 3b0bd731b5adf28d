"""unship: take a link out of the portfolio."""

from __future__ import annotations

from bot.domain.change import Change, EvidenceChange
from bot.domain.message import Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context


async def unship(context: Context, args: Args) -> Reply:
    """Take out the link of that number; it can be undone."""
    mine = await context.work.evidence.of(context.learner.id)
    piece = next((e for e in mine if e.id == args["number"]), None)
    if piece is None:
        return Reply("link_gone", {}, ((buttons.PORTFOLIO, buttons.NEXT),))
    await context.work.apply(Change("unship", evidence=(EvidenceChange(piece, None),)), context.now)
    return Reply("unshipped", {"piece": piece}, ((buttons.PORTFOLIO, buttons.UNDO),), replaces=True)


COMMAND = Command("unship", unship, args=(Arg("number", ArgKind.NUMBER, required=True),))
