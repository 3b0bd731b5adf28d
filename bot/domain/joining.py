"""Two histories of one person become one. Pure: what is decided here, storage makes true in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.learner import Identity, Learner, Preferences


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the learner, their accounts and plans, and when they last changed anything."""

    learner: Learner
    identities: tuple[Identity, ...]
    plans: tuple[Enrollment, ...]
    acted_at: datetime

    @property
    def current(self) -> Enrollment | None:
        """The plan that is not put aside."""
        return next((plan for plan in self.plans if plan.state is not EnrollmentState.SHELVED), None)


@dataclass(frozen=True, slots=True)
class Joining:
    """What becomes of two. `learner` stays and owns `plans`; the learner `gone_id` ceases to be. `replaced` maps a plan
    that ceases to be to the one, on the same roadmap, that holds what was done on both."""

    learner: Learner
    gone_id: int
    plans: tuple[Enrollment, ...]
    replaced: Mapping[int, int]
    set_aside: Enrollment | None = None

    @property
    def current(self) -> Enrollment | None:
        """The plan that goes on."""
        return next((plan for plan in self.plans if plan.state is not EnrollmentState.SHELVED), None)


def platforms_twice(one: Side, other: Side) -> tuple[str, ...]:
    """Platforms on which the two together would have more than one account."""
    ours, theirs = ({identity.platform for identity in side.identities} for side in (one, other))
    return tuple(sorted(ours & theirs))


def joined(one: Side, other: Side, here: str) -> Joining:
    """The older learner stays. `here` is the platform on which the two were joined."""
    stays, goes = sorted((one, other), key=lambda side: (side.learner.created_at, side.learner.id))
    first = _leading(stays, goes)
    second = goes if first is stays else stays
    learner = replace(
        stays.learner,
        name=stays.learner.name or goes.learner.name,
        preferences=_preferences(stays, goes, first, here),
        asked="",
        shown_week=None,
        last_push_on=max((s.learner.last_push_on for s in (stays, goes) if s.learner.last_push_on), default=None),
    )
    pairs = list(_paired(first, second))
    plans = tuple(replace(plan, learner_id=learner.id) for plan, _ in pairs)
    replaced = {gone.id: plan.id for plan, gone in pairs if gone is not None}
    aside = second.current if first.current and _differs(first.current, second.current) else None
    return Joining(learner, goes.learner.id, plans, replaced, aside)


def _leading(stays: Side, goes: Side) -> Side:
    """Whose current plan goes on: one that runs before one that is over, then whoever changed something last."""
    return max((stays, goes), key=lambda side: (_running(side), side.acted_at, side is stays))


def _running(side: Side) -> int:
    current = side.current
    return 0 if current is None else 1 if current.state is EnrollmentState.FINISHED else 2


def _differs(plan: Enrollment, other: Enrollment | None) -> bool:
    return other is not None and other.roadmap_id != plan.roadmap_id


def _preferences(stays: Side, goes: Side, first: Side, here: str) -> Preferences:
    """Those of the one whose zone was confirmed, if it was only one of them; else those of the one who stays."""
    ours, theirs = stays.learner.preferences, goes.learner.preferences
    chosen = theirs if theirs.zone and not ours.zone else ours
    return replace(chosen, platform=ours.platform or theirs.platform or _pushed_to(first, here))


def _pushed_to(first: Side, here: str) -> str:
    """Where pushes of the plan that goes on went before; where the two were joined, when there was no plan."""
    return first.identities[0].platform if first.current and first.identities else here


def _paired(first: Side, second: Side) -> Iterator[tuple[Enrollment, Enrollment | None]]:
    """Each plan that stays, as it should be, with the one that it takes in, if any."""
    theirs = {plan.roadmap_id: plan for plan in second.plans}
    for plan in first.plans:
        other = theirs.pop(plan.roadmap_id, None)
        kept, gone = _calendar_of(plan, other)
        yield _beside(replace(kept, completions=_union(kept, gone)) if gone else kept, first), gone
    yield from ((_beside(plan, first), None) for plan in theirs.values())


def _calendar_of(plan: Enrollment, other: Enrollment | None) -> tuple[Enrollment, Enrollment | None]:
    """Of two on one roadmap the one whose dates stay: the one in use, else that of the side that goes first."""
    if other and plan.state is EnrollmentState.SHELVED and other.state is not EnrollmentState.SHELVED:
        return other, plan
    return plan, other


def _beside(plan: Enrollment, first: Side) -> Enrollment:
    """Put aside, when another roadmap is the one that goes on."""
    return plan.shelved() if first.current and _differs(first.current, plan) else plan


def _union(plan: Enrollment, other: Enrollment) -> Mapping[str, datetime]:
    """What was done on either, at the earlier of two instants."""
    both = dict(plan.completions)
    for task, at in other.completions.items():
        both[task] = min(at, both.get(task, at))
    return both
