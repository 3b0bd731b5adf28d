"""group use: change to another of one's groups."""

from __future__ import annotations

from bot.domain.message import Reply
from bot.engine.command import Args, Command
from bot.engine.context import Context
from bot.engine.seats import no_group, which_group


async def use(context: Context, args: Args) -> Reply:
    """All groups to choose from."""
    if not await context.work.groups.mine(context.learner.id):
        return no_group()
    return await which_group(context)


COMMAND = Command("group_use", use, words=("group use", "group switch", "group list"))
