"""Two learners become one, and accounts come and go, over the dictionaries, SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.answer import Spender
from bot.domain.change import Change, EnrollmentChange, LearnerChange
from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState, Outcome
from bot.domain.enrollment import Enrollment
from bot.domain.joining import Joining, Side, joined
from bot.domain.learner import Identity, Learner
from bot.domain.linking import WINDOW, LinkCode
from bot.domain.planning import planned
from bot.domain.quiz import QuizRun
from bot.engine.storing import Work
from bot.storage.group_absorbing import OWNED
from bot.storage.joining import RULES
from bot.storage.schema import TABLES
from bot.storage.tables import learners
from tests.contracts.stores import LEASE, NOW, Stores, enrolled, someone

LATER = NOW + timedelta(minutes=1)


async def joining_of(work: Work, stays: Learner, goes: Learner) -> Joining:
    sides = []
    for known in (stays, goes):
        learner = await work.learner(known.id)
        assert learner is not None
        acted = await work.accounts.last_act(learner.id) or NOW
        plans = await work.enrollments(learner.id)
        sides.append(Side(learner, await work.identities(learner.id), plans, acted))
    return joined(sides[0], sides[1], "test")


async def join(stores: Stores, stays: Learner, goes: Learner) -> Joining:
    async with stores.store.work() as work:
        await work.accounts.hold(stays.id, goes.id)
        joining = await joining_of(work, stays, goes)
        await work.accounts.join(joining)
    return joining


async def change(stores: Stores, before: Enrollment, after: Enrollment, now: datetime = NOW) -> None:
    async with stores.store.work() as work:
        await work.apply(Change("done", enrollments=(EnrollmentChange(before, after),)), now)


async def test_a_code_is_found_by_its_mark_and_used_by_one_of_those_who_race_for_it(stores: Stores) -> None:
    ada = await someone(stores)
    code = LinkCode(ada.id, "test", "ada", NOW)
    async with stores.store.work() as work:
        await work.accounts.keep_code("mark", code)
        assert await work.accounts.code("other") is None

    async def use() -> bool:
        async with stores.store.work() as work:
            return await work.accounts.use_code("mark")

    assert sorted(await asyncio.gather(use(), use(), use())) == [False, False, True]
    async with stores.store.work() as work:
        assert await work.accounts.code("mark") == replace(code, used=True)


async def test_a_new_code_takes_the_place_of_the_open_one_and_old_ones_are_forgotten(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    async with stores.store.work() as work:
        await work.accounts.keep_code("first", LinkCode(ada.id, "test", "ada", NOW))
        await work.accounts.keep_code("bo's", LinkCode(bo.id, "test", "bo", NOW))
        await work.accounts.use_code("bo's")
        await work.accounts.keep_code("second", LinkCode(ada.id, "test", "ada", LATER))
        assert await work.accounts.code("first") is None
        assert await work.accounts.code("bo's") is not None
        await work.accounts.keep_code("third", LinkCode(ada.id, "test", "ada", NOW + WINDOW))
        assert await work.accounts.code("bo's") is None


async def test_counts_outlive_the_deletion_of_everything_else(stores: Stores) -> None:
    ada = await someone(stores)
    async with stores.store.work() as work:
        await work.accounts.keep_code("mark", LinkCode(ada.id, "test", "ada", NOW))
        await work.tally.note("wrong ada", NOW)
        stored = await work.export(ada.id)
        assert stored["link_codes"]
        await work.erase(ada.id)
        assert await work.accounts.code("mark") is None
        assert await work.tally.times("wrong ada") == [NOW]


async def test_one_of_two_learners_is_left_with_the_accounts_and_plans_of_both(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    mine, theirs = await enrolled(stores, ada, "r"), await enrolled(stores, bo, "s")
    joining = await join(stores, ada, bo)
    async with stores.store.work() as work:
        assert await work.learner(bo.id) is None
        assert await work.learner_of("test", "bo") == joining.learner == await work.learner_of("test", "ada")
        assert {i.external_id for i in await work.identities(ada.id)} == {"ada", "bo"}
        plans = {plan.roadmap_id: plan.id for plan in await work.enrollments(ada.id)}
        assert plans == {"r": mine.id, "s": theirs.id}
        current = await work.current_enrollment(ada.id)
        assert current is not None
        assert current.roadmap_id == "r"
        assert await work.undoing(ada.id) is None


async def test_of_one_roadmap_the_union_is_kept_at_the_earlier_instants(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    mine, theirs = await enrolled(stores, ada), await enrolled(stores, bo)
    await change(stores, mine, replace(mine, completions={"a": LATER, "b": NOW}))
    await change(stores, theirs, replace(theirs, completions={"a": NOW, "c": LATER}, focus_week=4), LATER)
    await join(stores, ada, bo)
    async with stores.store.work() as work:
        (plan,) = await work.enrollments(ada.id)
    assert plan.completions == {"a": NOW, "b": NOW, "c": LATER}
    assert (plan.id, plan.focus_week) == (theirs.id, 4)  # the dates of whoever did something last


async def test_what_one_was_sent_is_not_sent_to_the_two_again(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    await enrolled(stores, ada)
    await stores.outbox.plan(NOW, 10, planned)
    (delivery,) = await stores.outbox.claim(NOW, 10, LEASE)
    await stores.outbox.settle([Outcome(delivery, DeliveryState.SENT, sent_on=NOW.date())])
    theirs = await enrolled(stores, bo)
    await change(stores, theirs, replace(theirs, focus_week=2), LATER)
    joining = await join(stores, ada, bo)
    assert joining.learner.last_push_on == NOW.date()
    assert (
        await stores.outbox.plan(NOW, 10, planned) == 1
    )  # the plan that stays was due, and has been sent in the other
    assert await stores.outbox.claim(NOW + timedelta(days=1), 10, LEASE) == []


async def test_two_that_wait_for_the_same_day_become_one(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    await enrolled(stores, ada)
    await enrolled(stores, bo)
    await stores.outbox.plan(NOW, 10, planned)
    await join(stores, ada, bo)
    (delivery,) = await stores.outbox.claim(NOW, 10, LEASE)
    (to,) = (await stores.outbox.recipients([delivery])).values()
    assert to.learner.id == ada.id


async def test_a_reminder_for_a_plan_that_ceases_to_be_still_comes(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    mine, theirs = await enrolled(stores, ada), await enrolled(stores, bo)
    nudge = Delivery(0, mine.id, ada.id, DeliveryKind.NUDGE, NOW.date(), NOW, NOW, NOW + timedelta(days=1), minute=600)
    async with stores.store.work() as work:
        await work.schedule(nudge)
    await change(stores, theirs, replace(theirs, focus_week=2), LATER)
    await join(stores, ada, bo)
    (delivery,) = await stores.outbox.claim(NOW, 10, LEASE)
    assert (delivery.kind, delivery.enrollment_id) == (DeliveryKind.NUDGE, theirs.id)


async def test_what_was_claimed_for_a_plan_that_ceases_to_be_finds_its_way(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    theirs = await enrolled(stores, bo)
    await stores.outbox.plan(NOW, 10, planned)
    claimed = await stores.outbox.claim(NOW, 10, LEASE)
    mine = await enrolled(stores, ada)
    await change(stores, mine, replace(mine, focus_week=2), LATER)
    joining = await join(stores, ada, bo)
    assert joining.replaced == {theirs.id: mine.id}
    (to,) = (await stores.outbox.recipients(claimed)).values()
    assert (to.learner.id, to.plan.id) == (ada.id, mine.id)
    await stores.outbox.settle([Outcome(claimed[0], DeliveryState.READY, "429", LATER)])
    (again,) = await stores.outbox.claim(LATER, 10, LEASE)
    assert (again.id, again.enrollment_id) == (claimed[0].id, mine.id)


async def test_quizzes_and_budgets_are_added_up(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    async with stores.store.work() as work:
        await work.quizzes.keep(QuizRun(ada.id, "old", ("x",), 1, NOW))
        await work.quizzes.keep(QuizRun(bo.id, "new", ("y",), 1, LATER))
        await work.quizzes.note(ada.id, "x", True, LATER)
        await work.quizzes.note(bo.id, "x", False, NOW)
        await work.quizzes.note(bo.id, "y", True, NOW)
        for learner, spent in ((ada, 30), (bo, 40)):
            await work.budgets.reserve(Spender(learner.id), spent, NOW)
            await work.budgets.settle(Spender(learner.id), spent, spent, NOW)
    await join(stores, ada, bo)
    async with stores.store.work() as work:
        run = await work.quizzes.open(ada.id)
        assert run is not None
        assert (run.about, run.learner_id) == ("new", ada.id)
        assert await work.quizzes.known(ada.id) == {"x", "y"}
        assert await work.quizzes.known(bo.id) == frozenset()
        limit = next(limit for account, limit in Spender(ada.id).accounts() if account == f"learner:{ada.id}")
        assert not await work.budgets.reserve(Spender(ada.id), limit - 69, NOW)
        assert await work.budgets.reserve(Spender(ada.id), limit - 70, NOW)


async def test_of_link_codes_those_that_were_used_stay_known_and_open_ones_are_void(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    async with stores.store.work() as work:
        await work.accounts.keep_code("used", LinkCode(bo.id, "test", "bo", NOW))
        await work.accounts.use_code("used")
        await work.accounts.keep_code("open", LinkCode(ada.id, "test", "ada", NOW))
    await join(stores, ada, bo)
    async with stores.store.work() as work:
        assert await work.accounts.code("open") is None
        found = await work.accounts.code("used")
        assert found is not None
        assert (found.learner_id, found.used) == (ada.id, True)


async def test_whoever_speaks_from_the_other_account_meanwhile_is_the_one_who_stays(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")

    async def speak() -> Learner | None:
        async with stores.store.work() as work:
            return await work.learner_of("test", "bo")

    async with stores.store.work() as work:
        await work.accounts.hold(ada.id, bo.id)
        await work.accounts.join(await joining_of(work, ada, bo))
        speaking = asyncio.create_task(speak())
        await asyncio.sleep(0.2)
    found = await speaking
    assert found is not None
    assert found.id == ada.id


async def test_whoever_speaks_from_an_account_that_is_being_taken_off_is_nobody_there(stores: Stores) -> None:
    ada = await someone(stores)

    async def speak() -> Learner | None:
        async with stores.store.work() as work:
            return await work.learner_of("other", "ada")

    async with stores.store.work() as work:
        await work.keep_identity(ada.id, Identity("other", "ada", "chat"))
    async with stores.store.work() as work:
        await work.learner_of("test", "ada")
        await work.accounts.leave(ada.id, "other")
        later = replace(ada, preferences=replace(ada.preferences, weekday=2))
        await work.apply(Change("unlink", LearnerChange(ada, later)), NOW)
        speaking = asyncio.create_task(speak())
        await asyncio.sleep(0.2)
    assert await speaking is None


async def test_planning_and_joining_at_once_lose_and_double_nothing(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    await enrolled(stores, ada)
    await enrolled(stores, bo)
    await asyncio.gather(stores.outbox.plan(NOW, 10, planned), join(stores, ada, bo))
    await stores.outbox.plan(NOW, 10, planned)
    assert len(await stores.outbox.claim(NOW, 10, LEASE)) == 1


async def test_an_account_that_left_is_nobodys_and_is_not_given_back_by_a_late_word_about_it(stores: Stores) -> None:
    ada = await someone(stores)
    second = Identity("other", "ada", "chat")
    async with stores.store.work() as work:
        await work.accounts.keep_code("mark", LinkCode(ada.id, "other", "ada", NOW))
        await work.keep_identity(ada.id, second)
        await work.accounts.refresh(replace(second, reachable=False))
        assert replace(second, reachable=False) in await work.identities(ada.id)
        await work.accounts.leave(ada.id, "other")
        await work.accounts.refresh(second)
        assert await work.learner_of("other", "ada") is None
        assert [i.platform for i in await work.identities(ada.id)] == ["test"]
        assert await work.accounts.code("mark") is None


async def test_a_learners_last_act_is_that_of_the_journal(stores: Stores) -> None:
    ada = await someone(stores)
    async with stores.store.work() as work:
        assert await work.accounts.last_act(ada.id) is None
        late = replace(ada, preferences=replace(ada.preferences, weekday=3))
        await work.apply(Change("settings", LearnerChange(ada, late)), LATER)
        assert await work.accounts.last_act(ada.id) == LATER
    assert LATER.tzinfo is UTC


def test_every_table_of_a_learners_has_a_rule_for_joining() -> None:
    owned = {t.name for t in TABLES.sorted_tables for key in t.foreign_keys if key.column.table is learners}
    assert owned == {*RULES, *(table.name for table, _ in OWNED)}
