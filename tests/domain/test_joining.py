"""The rules by which two histories become one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState, same_now
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.joining import Side, joined, platforms_twice
from bot.domain.learner import Identity, Learner, Preferences

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def plan(number: int, roadmap: str, state: EnrollmentState = EnrollmentState.ACTIVE, **fields: object) -> Enrollment:
    first = Enrollment(number, number // 10, roadmap, NOW.date(), 10, 1, NOW.date(), state=state)
    return replace(first, **fields)  # type: ignore[arg-type]


def side(number: int, *plans: Enrollment, platform: str = "", acted: datetime = NOW, **learner: object) -> Side:
    who = replace(Learner(number, f"L{number}", NOW + number * DAY), **learner)  # type: ignore[arg-type]
    return Side(who, (Identity(platform or f"on{number}", "x", "chat"),), plans, acted)


def test_the_older_learner_stays_whichever_side_confirms() -> None:
    old, young = side(1), side(2)
    for pair in ((old, young), (young, old)):
        joining = joined(*pair, "on2")
        assert (joining.learner.id, joining.gone_id, joining.learner.name) == (1, 2, "L1")


def test_a_name_is_taken_from_the_other_where_there_is_none() -> None:
    assert joined(side(1, name=""), side(2), "on2").learner.name == "L2"


def test_what_was_asked_and_shown_is_forgotten_and_the_last_push_is_the_later() -> None:
    early, late = date(2026, 11, 1), date(2026, 11, 8)
    joining = joined(
        side(1, asked="zone", shown_week=3, last_push_on=early), side(2, last_push_on=late), "on2"
    )  # fmt: skip
    assert (joining.learner.asked, joining.learner.shown_week, joining.learner.last_push_on) == ("", None, late)
    assert joined(side(1), side(2), "on2").learner.last_push_on is None


@pytest.mark.parametrize(("zones", "winner"), [(("", "X"), 2), (("X", ""), 1), (("X", "Y"), 1), (("", ""), 1)])
def test_preferences_are_those_of_the_only_confirmed_zone_else_of_the_one_who_stays(
    zones: tuple[str, str], winner: int
) -> None:
    sides = [
        side(n, preferences=Preferences(zone=zone, weekday=n, push_time=time(n), platform=f"on{n}"))
        for n, zone in enumerate(zones, 1)
    ]
    taken = joined(sides[0], sides[1], "on2").learner.preferences
    assert (taken.weekday, taken.push_time) == (winner, time(winner))
    assert taken.platform == "on1"


@pytest.mark.parametrize(
    ("chosen", "plans", "where"),
    [(("", ""), (0, 1), "on2"), (("", ""), (1, 0), "on1"), (("", ""), (0, 0), "here"), (("", "on2"), (1, 0), "on2")],
)
def test_pushes_go_where_was_chosen_or_where_they_went_or_here(
    chosen: tuple[str, str], plans: tuple[int, int], where: str
) -> None:
    sides = [
        side(n, *([plan(10 * n, "r")] if plans[n - 1] else []), preferences=Preferences(platform=chosen[n - 1]))
        for n in (1, 2)
    ]
    assert joined(sides[0], sides[1], "here").learner.preferences.platform == where


def test_of_two_current_plans_that_of_whoever_acted_last_goes_on() -> None:
    joining = joined(side(1, plan(10, "r")), side(2, plan(20, "s"), acted=NOW + DAY), "on2")
    assert joining.current is not None
    assert (joining.current.roadmap_id, joining.current.learner_id) == ("s", 1)
    assert joining.set_aside is not None
    assert joining.set_aside.roadmap_id == "r"
    assert {p.roadmap_id: p.state for p in joining.plans}["r"] is EnrollmentState.SHELVED


def test_a_plan_that_runs_goes_on_before_one_that_is_finished() -> None:
    over = plan(20, "s", EnrollmentState.FINISHED)
    joining = joined(side(1, plan(10, "r")), side(2, over, acted=NOW + DAY), "on2")
    assert joining.current is not None
    assert joining.current.roadmap_id == "r"


def test_the_same_roadmap_keeps_the_dates_of_whoever_acted_last_and_the_work_of_both() -> None:
    mine = plan(10, "r", completions={"a": NOW, "b": NOW + DAY}, hours=5.0)
    theirs = plan(20, "r", completions={"b": NOW, "c": NOW}, hours=20.0)
    joining = joined(side(1, mine), side(2, theirs, acted=NOW + DAY), "on2")
    assert joining.replaced == {10: 20}
    (kept,) = joining.plans
    assert (kept.id, kept.hours, kept.learner_id) == (20, 20.0, 1)
    assert kept.completions == {"a": NOW, "b": NOW, "c": NOW}
    assert joining.set_aside is None


def test_of_a_plan_in_use_and_one_put_aside_the_one_in_use_keeps_its_dates() -> None:
    aside = plan(10, "r", EnrollmentState.SHELVED, completions={"a": NOW})
    joining = joined(side(1, aside, plan(11, "s"), acted=NOW + DAY), side(2, plan(20, "r", hours=3.0)), "on2")
    by_roadmap = {p.roadmap_id: p for p in joining.plans}
    assert joining.replaced == {10: 20}
    assert by_roadmap["r"].state is EnrollmentState.SHELVED
    assert (by_roadmap["r"].hours, set(by_roadmap["r"].completions)) == (3.0, {"a"})
    assert by_roadmap["s"].state is EnrollmentState.ACTIVE


def test_a_learner_has_one_current_plan_whatever_the_two_had() -> None:
    states = [EnrollmentState.ACTIVE, EnrollmentState.PAUSED, EnrollmentState.FINISHED, EnrollmentState.SHELVED, None]
    for mine in states:
        for theirs in states:
            for roadmaps in (("r", "r"), ("r", "s")):
                plans = [
                    [plan(10 * n, roadmap, state)] if state else []
                    for n, (state, roadmap) in enumerate(zip((mine, theirs), roadmaps, strict=True), 1)
                ]
                joining = joined(side(1, *plans[0]), side(2, *plans[1]), "on2")
                current = [p for p in joining.plans if p.state is not EnrollmentState.SHELVED]
                had = any(state not in (None, EnrollmentState.SHELVED) for state in (mine, theirs))
                assert len(current) == int(had)
                assert len({p.roadmap_id for p in joining.plans}) == len(joining.plans)


def test_two_accounts_on_one_platform_are_found() -> None:
    assert platforms_twice(side(1, platform="telegram"), side(2, platform="telegram")) == ("telegram",)
    assert platforms_twice(side(1, platform="telegram"), side(2, platform="discord")) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DeliveryState.SENT, DeliveryState.READY),
        (DeliveryState.SENT, DeliveryState.CLAIMED),
        (DeliveryState.CLAIMED, DeliveryState.READY),
        (DeliveryState.READY, DeliveryState.DROPPED),
        (DeliveryState.READY, DeliveryState.DEAD),
    ],
)
def test_of_two_deliveries_the_one_that_came_further_stays(one: DeliveryState, other: DeliveryState) -> None:
    first = Delivery(1, 1, 1, DeliveryKind.WEEKLY, NOW.date(), NOW, NOW, NOW + DAY, state=one)
    second = replace(first, id=2, state=other)
    assert same_now(first, second) == same_now(second, first) == first
