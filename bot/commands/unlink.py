"""unlink: take one account off a learner who speaks from several."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.change import Change, LearnerChange
from bot.domain.learner import Identity
from bot.domain.message import Button, ChatKind, Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.linking import shown


async def unlink(context: Context, args: Args) -> Reply:
    """Show the accounts; ask about the one that was named; on the second word take it off, with nothing."""
    if context.message.channel.kind is ChatKind.GROUP:
        return Reply("only_in_private", {})
    mine = await context.work.identities(context.learner.id)
    if len(mine) < 2:
        return Reply(
            "unlink_last", {"here": shown(context.message.platform)}, ((Button("link", "link"), buttons.NEXT),)
        )
    named = str(args.get("platform") or "").lower()
    leaving = next((identity for identity in mine if identity.platform == named), None)
    if leaving is None:
        rows = tuple((Button("unlink_it", f"unlink {i.platform}", {"platform": shown(i.platform)}),) for i in mine)
        return Reply("unlink_which", {"places": [shown(i.platform) for i in mine]}, rows)
    if args.get("sure") != "yes":
        return _asked(context, leaving, mine)
    await _leave(context, leaving)
    return Reply("unlinked", _data(context, leaving, mine), ((buttons.NEXT, buttons.SETTINGS),), replaces=True)


def _asked(context: Context, leaving: Identity, mine: tuple[Identity, ...]) -> Reply:
    take_off = Button("unlink_it", f"unlink {leaving.platform} yes", {"platform": shown(leaving.platform)})
    return Reply("unlink_confirm", _data(context, leaving, mine), ((take_off, Button("link_leave", "next")),))


def _data(context: Context, leaving: Identity, mine: tuple[Identity, ...]) -> dict[str, object]:
    rest = [shown(identity.platform) for identity in mine if identity != leaving]
    return {"platform": shown(leaving.platform), "rest": rest, "here": leaving.platform == context.message.platform}


async def _leave(context: Context, leaving: Identity) -> None:
    await context.work.accounts.leave(context.learner.id, leaving.platform)
    if context.preferences.platform == leaving.platform:
        after = replace(context.learner, preferences=replace(context.preferences, platform=""))
        change = Change("unlink", LearnerChange(context.learner, after))
        await context.work.apply(change, context.now, journal=False)
        context.learner = after


COMMAND = Command(
    "unlink", unlink, words=("disconnect",), in_groups=False,
    args=(Arg("platform", ArgKind.WORD), Arg("sure", ArgKind.WORD)),
)  # fmt: skip
