"""pushes: on which platform the plan arrives, for those who are on several."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.learner import pushed_to
from bot.domain.message import Button, ChatKind, Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.linking import shown


async def pushes(context: Context, args: Args) -> Reply:
    """Set the platform that was named; without one, or with one that is not theirs, show what there is."""
    if context.message.channel.kind is ChatKind.GROUP:
        return Reply("only_in_private", {})
    mine = await context.work.identities(context.learner.id)
    named = str(args.get("platform") or "").lower()
    chosen = next((identity for identity in mine if identity.platform == named), None)
    if len(mine) < 2 or chosen is None:
        now = pushed_to(mine, context.preferences)
        others = [i for i in mine if i != now]
        rows = tuple((Button("pushes_to", f"pushes {i.platform}", {"platform": shown(i.platform)}),) for i in others)
        data: dict[str, object] = {
            "now": shown(now.platform) if now else "",
            "places": [shown(i.platform) for i in mine],
        }
        return Reply("ask_where", data, rows if len(mine) > 1 else ((Button("link", "link"), buttons.SETTINGS),))
    preferences = replace(context.preferences, platform=chosen.platform)
    await context.save("settings", preferences=preferences)
    told = {"platform": shown(chosen.platform), "reached": bool(chosen.chat_id and chosen.reachable)}
    return Reply("where_set", told, ((buttons.SETTINGS, buttons.UNDO),), replaces=True)


COMMAND = Command("pushes", pushes, words=("push_to",), in_groups=False, args=(Arg("platform", ArgKind.WORD),))
