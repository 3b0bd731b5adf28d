"""Linking two accounts: whether a code may be used, what the two bring along, and how they become one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.joining import Joining, Side, joined, platforms_twice
from bot.domain.learner import Learner, Preferences
from bot.domain.linking import WRONG, LinkCode, account_mark, code_in, fingerprint
from bot.domain.message import Button, Reply
from bot.domain.schedule import moved_to_weekday
from bot.engine import buttons
from bot.engine.context import Context
from bot.engine.succession import keep_out

AGAIN: buttons.Rows = ((Button("new_code", "link"), buttons.HELP),)


@dataclass(frozen=True, slots=True)
class Match:
    """A code that may be used by the one who typed it: the two sides, and what would become of them."""

    mark: str
    mine: Side
    theirs: Side
    code: LinkCode
    joining: Joining


async def match(context: Context, said: str) -> Match | Reply:
    """What a typed code leads to, or why to nothing. A code that nobody was given counts as a guess."""
    code = code_in(said)
    if code is None:
        return Reply("link_malformed", {"said": said}, AGAIN)
    work, message = context.work, context.message
    counted = WRONG.of(account_mark(message.platform, message.sender.external_id))
    wrong = await work.tally.times(counted)
    until = WRONG.free_from(wrong, context.now)
    if until is not None:
        return Reply("link_wait", {"until": until, "most": WRONG.most}, ((buttons.NEXT, buttons.HELP),))
    mark = fingerprint(code)
    found = await work.accounts.code(mark)
    if found is None:
        await work.tally.note(counted, context.now)
        return Reply("link_unknown", {"last": WRONG.left(wrong, context.now) == 1}, AGAIN)
    return _refused(context, found) or await _sides(context, mark, found)


def _refused(context: Context, code: LinkCode) -> Reply | None:
    sender = context.message.sender
    if code.learner_id == context.learner.id:
        same = not code.used and (code.platform, code.external_id) == (context.message.platform, sender.external_id)
        template = "link_own" if same else "link_already"
        return Reply(template, {"valid": not code.expired(context.now)}, ((buttons.NEXT, buttons.SETTINGS),))
    if code.used:
        return Reply("link_used", {}, AGAIN)
    return Reply("link_expired", {}, AGAIN) if code.expired(context.now) else None


async def _sides(context: Context, mark: str, code: LinkCode) -> Match | Reply:
    await context.work.accounts.hold(context.learner.id, code.learner_id)
    other = await context.work.learner(code.learner_id)
    if other is None:
        return Reply("link_unknown", {"last": False}, AGAIN)
    mine, theirs = await _side(context, context.learner), await _side(context, other)
    twice = platforms_twice(mine, theirs)
    if twice:
        return Reply("link_taken", {"platform": shown(twice[0])}, ((Button("unlink", "unlink"), buttons.NEXT),))
    joining = joined(mine, theirs, context.message.platform)
    plans = [await _timed(context, joining.learner.preferences, plan) for plan in joining.plans]
    return Match(mark, mine, theirs, code, replace(joining, plans=tuple(plans)))


async def _side(context: Context, learner: Learner) -> Side:
    work = context.work
    acted = await work.accounts.last_act(learner.id)
    plans = await work.enrollments(learner.id)
    return Side(learner, await work.identities(learner.id), plans, acted or learner.created_at)


async def _timed(context: Context, preferences: Preferences, plan: Enrollment) -> Enrollment:
    """A plan as the joined learner's preferences time it; over, when with both histories nothing is open any more."""
    roadmap = context.catalog.roadmaps.get(plan.roadmap_id)
    owed = plan.next_push_at is not None and plan.next_push_at <= context.now
    if roadmap is None or (owed and plan.state is EnrollmentState.ACTIVE):
        return plan  # what is due and not planned yet must not be timed away
    if plan.state is EnrollmentState.ACTIVE:
        if all(plan.is_complete(week) for week in roadmap.weeks):
            plan = plan.finished(context.now)
        elif plan.anchor_on.weekday() != preferences.weekday:
            plan = moved_to_weekday(plan, preferences.weekday, roadmap, preferences.today(context.now))
    return await context.timed(plan, preferences)


async def make_one(context: Context, match: Match) -> bool:
    """Join the two. False when somebody was quicker with the code."""
    if not await context.work.accounts.use_code(match.mark):
        return False
    await context.work.accounts.join(match.joining)
    await keep_out(context.work, match.joining.learner.id, context.now)
    context.learner, context.enrollment = match.joining.learner, match.joining.current
    return True


def shown(platform: str) -> str:
    """A platform as it is called in a sentence."""
    return platform.capitalize()


def history(context: Context, side: Side) -> dict[str, object]:
    """What somebody brings along, for a line of words."""
    known = [
        context.catalog.roadmaps[plan.roadmap_id] for plan in side.plans if plan.roadmap_id in context.catalog.roadmaps
    ]
    return {
        "name": side.learner.name, "places": [shown(identity.platform) for identity in side.identities],
        "roadmaps": known, "tasks": sum(len(plan.completions) for plan in side.plans),
    }  # fmt: skip


def outcome(context: Context, joining: Joining) -> dict[str, object]:
    """What the two become, for the words before and after."""
    roadmaps, current, aside = context.catalog.roadmaps, joining.current, joining.set_aside
    return {
        "roadmap": roadmaps.get(current.roadmap_id) if current else None,
        "aside": roadmaps.get(aside.roadmap_id) if aside else None,
        "shared": bool(joining.replaced),
        "tasks": len(current.completions) if current else 0,
        "pushed_to": shown(joining.learner.preferences.platform),
    }
