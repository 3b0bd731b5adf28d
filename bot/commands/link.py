"""link: be one learner on two platforms. A code is made on one and typed on the other."""

from __future__ import annotations

import secrets

from bot.domain.group import MAX_GROUPS
from bot.domain.linking import MADE, LinkCode, account_mark, code_in, fingerprint, grouped, new_code
from bot.domain.message import Button, ChatKind, Reply
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.linking import Match, history, make_one, match, outcome, shown

ABOUT_ACCOUNTS = frozenset({
    "me", "my", "an", "another", "other", "the", "account", "accounts", "telegram", "discord", "terminal", "phone",
    "app", "code", "with", "to", "up", "please",
})  # fmt: skip
"""Words after `link` that ask for a code."""


async def link(context: Context, args: Args) -> Reply:
    """Without a code: make one. With one: show what would become one, and on the second word make it so."""
    words = [str(args[name]) for name in ("code", "more", "rest") if name in args]
    sure = len(words) > 1 and words[-1] == "yes"
    said = " ".join(words[:-1] if sure else words)
    if context.message.channel.kind is ChatKind.GROUP:
        return await _overheard(context, said)
    if set(said.lower().split()) <= ABOUT_ACCOUNTS:
        return await _made(context)
    found = await match(context, said)
    if isinstance(found, Reply):
        return found
    return await _joined(context, found) if sure else await _asked(context, found, code_in(said) or "")


async def _overheard(context: Context, said: str) -> Reply:
    """What is said in a group is read by others: a code said there is worth nothing any more."""
    code = code_in(said)
    if code is not None:
        await context.work.accounts.use_code(fingerprint(code))
    return Reply("link_in_group", {"said": code is not None})


async def _made(context: Context) -> Reply:
    accounts, message, now = context.work.accounts, context.message, context.now
    account = message.platform, message.sender.external_id
    counted, tally = MADE.of(account_mark(*account)), context.work.tally
    until = MADE.free_from(await tally.times(counted), now)
    if until is not None:
        return Reply("link_enough", {"until": until}, ((buttons.NEXT, buttons.HELP),))
    await tally.note(counted, now)
    code = new_code(secrets.randbelow)
    made = LinkCode(context.learner.id, *account, now)
    await accounts.keep_code(fingerprint(code), made)
    mine = {identity.platform for identity in await context.work.identities(context.learner.id)}
    links = [(shown(name), f"{at}link-{code}") for name, at in sorted(context.links.items()) if name not in mine]
    data = {"code": grouped(code), "until": made.expires_at, "here": shown(message.platform), "links": links,
            "places": sorted(map(shown, mine))}  # fmt: skip
    return Reply("link_code", data)


async def _asked(context: Context, found: Match, code: str) -> Reply:
    sides = (found.mine.learner.id, found.theirs.learner.id)
    groups = {group.id: group.name for side in sides for group, _ in await context.work.groups.mine(side)}
    data = {
        "here": shown(context.message.platform), "there": shown(found.code.platform),
        "mine": history(context, found.mine), "theirs": history(context, found.theirs),
        "groups": sorted(groups.values(), key=str.casefold), "most": MAX_GROUPS, **outcome(context, found.joining),
    }  # fmt: skip
    rows = ((Button("link_them", f"link {code} yes"), Button("link_leave", "next")),)
    return Reply("link_confirm", data, rows)


async def _joined(context: Context, found: Match) -> Reply:
    if not await make_one(context, found):
        return Reply("link_used", {}, ((Button("new_code", "link"), buttons.HELP),))
    places = sorted(shown(i.platform) for i in (*found.mine.identities, *found.theirs.identities))
    rows = ((buttons.NEXT, Button("set_where", "pushes")), (Button("other_roadmap", "switch"),))
    shelved = any(plan.id != (found.joining.current and found.joining.current.id) for plan in found.joining.plans)
    groups = len(await context.work.groups.mine(context.learner.id))
    data = {"places": places, "groups": groups, "most": MAX_GROUPS, **outcome(context, found.joining)}
    return Reply("link_done", data, rows if shelved else rows[:1], replaces=True)


COMMAND = Command(
    "link", link, words=("connect", "link_account", "link_accounts"), in_menu=True, in_groups=False,
    args=(Arg("code", ArgKind.WORD), Arg("more", ArgKind.WORD), Arg("rest", ArgKind.WORD)),
)  # fmt: skip
