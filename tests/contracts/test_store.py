"""What every store and outbox must do: one suite over the dictionaries, SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.change import Change, EnrollmentChange, LearnerChange
from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState, Outcome
from bot.domain.enrollment import EnrollmentState
from bot.domain.learner import Identity, Preferences
from bot.domain.planning import Due, Planned, planned
from tests.contracts.stores import LEASE, NOW, Stores, enrolled, someone


async def test_a_learner_is_found_by_account_and_by_id(stores: Stores) -> None:
    ada = await someone(stores)
    async with stores.store.work() as work:
        assert await work.learner_of("test", "ada") == ada
        assert await work.learner(ada.id) == ada
        assert await work.learner_of("test", "bo") is None
        assert await work.identities(ada.id) == (Identity("test", "ada", "chat-ada"),)


async def test_an_event_is_new_once(stores: Stores) -> None:
    async with stores.store.work() as work:
        assert not await work.seen("test", "1")
        assert await work.first_time("test", "1", NOW)
        assert not await work.first_time("test", "1", NOW)
        assert await work.seen("test", "1")
        assert await work.first_time("other", "1", NOW)


async def test_a_transaction_that_fails_leaves_nothing(stores: Stores) -> None:
    ada = await someone(stores)
    with pytest.raises(RuntimeError):
        async with stores.store.work() as work:
            await work.first_time("test", "9", NOW)
            await work.set_asked(ada.id, "zone")
            raise RuntimeError
    async with stores.store.work() as work:
        assert await work.first_time("test", "9", NOW)
        found = await work.learner(ada.id)
        assert found is not None
        assert found.asked == ""


async def test_an_enrollment_comes_back_as_it_was_saved(stores: Stores) -> None:
    ada = await someone(stores)
    plan = replace(
        await enrolled(stores, ada), completions={"a": NOW, "b": NOW}, focus_week=3, paused_until=date(2027, 1, 4)
    )
    async with stores.store.work() as work:
        before = await work.current_enrollment(ada.id)
        await work.apply(Change("done", enrollments=(EnrollmentChange(before, plan),)), NOW)
    async with stores.store.work() as work:
        assert await work.current_enrollment(ada.id) == plan
        assert await work.enrollments(ada.id) == (plan,)


async def test_the_last_change_is_undone_whole_and_then_the_one_before_it(stores: Stores) -> None:
    ada = await someone(stores)
    plan = await enrolled(stores, ada)
    one, two = (
        replace(plan, completions={"a": NOW, "b": NOW}),
        replace(plan, completions={"a": NOW, "b": NOW, "c": NOW}),
    )
    other = replace(ada, preferences=replace(ada.preferences, weekday=4))
    async with stores.store.work() as work:
        await work.apply(Change("done", enrollments=(EnrollmentChange(plan, one),)), NOW)
        await work.apply(Change("mix", LearnerChange(ada, other), (EnrollmentChange(one, two),)), NOW)
    async with stores.store.work() as work:
        found = await work.undoing(ada.id)
        assert found is not None
        number, change = found
        assert change.verb == "mix"
        assert change.learner is not None
        assert change.learner.after.preferences.weekday == 0
        assert set(change.enrollments[0].after.completions) == {"a", "b"}
        await work.apply(change, NOW, journal=False)
        await work.forget_change(number)
        found = await work.undoing(ada.id)
        assert found is not None
        assert set(found[1].enrollments[0].after.completions) == set()


async def test_undoing_a_new_enrollment_shelves_it(stores: Stores) -> None:
    ada = await someone(stores)
    await enrolled(stores, ada)
    async with stores.store.work() as work:
        found = await work.undoing(ada.id)
        assert found is not None
        await work.apply(found[1], NOW, journal=False)
        assert await work.current_enrollment(ada.id) is None


async def test_planning_writes_one_delivery_and_moves_the_due_time_on(stores: Stores) -> None:
    ada = await someone(stores)
    plan = await enrolled(stores, ada)
    assert await stores.outbox.next_due() == NOW
    assert await stores.outbox.plan(NOW, 10, planned) == 1
    assert await stores.outbox.plan(NOW, 10, planned) == 0
    (delivery,) = await stores.outbox.claim(NOW, 10, LEASE)
    assert delivery.key == f"{plan.id}-weekly-20261130"
    async with stores.store.work() as work:
        found = await work.current_enrollment(ada.id)
    assert found is not None
    assert found.next_push_on == date(2026, 12, 7)


async def test_a_plan_that_cannot_be_worked_out_is_put_off_and_holds_nobody_up(stores: Stores) -> None:
    for who in ("ada", "bo"):
        await enrolled(stores, await someone(stores, who))
    broken = [True]

    def decide(due: Due, now: datetime) -> Planned:
        if broken:
            broken.clear()
            raise ValueError("no such zone")
        return planned(due, now)

    assert await stores.outbox.plan(NOW, 10, decide) == 2
    assert await stores.outbox.plan(NOW, 10, decide) == 0
    went = len(await stores.outbox.claim(NOW, 10, LEASE))
    later = NOW + timedelta(hours=1)
    assert await stores.outbox.plan(later, 10, decide) == 2 - went > 0
    assert len(await stores.outbox.claim(later, 10, LEASE)) == 2


async def test_a_claim_holds_until_its_lease_ends(stores: Stores) -> None:
    await enrolled(stores, await someone(stores))
    await stores.outbox.plan(NOW, 10, planned)
    assert len(await stores.outbox.claim(NOW, 10, LEASE)) == 1
    assert await stores.outbox.claim(NOW + LEASE / 2, 10, LEASE) == []
    assert len(await stores.outbox.claim(NOW + LEASE, 10, LEASE)) == 1


async def test_what_is_sent_is_not_claimed_again(stores: Stores) -> None:
    ada = await someone(stores)
    await enrolled(stores, ada)
    await stores.outbox.plan(NOW, 10, planned)
    (delivery,) = await stores.outbox.claim(NOW, 10, LEASE)
    await stores.outbox.settle([Outcome(delivery, DeliveryState.SENT, sent_on=NOW.date())])
    assert await stores.outbox.claim(NOW + timedelta(days=2), 10, LEASE) == []
    async with stores.store.work() as work:
        found = await work.learner(ada.id)
    assert found is not None
    assert found.last_push_on == NOW.date()


async def test_recipients_are_found_together_and_the_gone_are_left_out(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    plan = await enrolled(stores, ada)
    await enrolled(stores, bo)
    await stores.outbox.plan(NOW, 10, planned)
    claimed = await stores.outbox.claim(NOW, 10, LEASE)
    async with stores.store.work() as work:
        await work.erase(bo.id)
    found = list((await stores.outbox.recipients(claimed)).values())
    assert [to.learner.name for to in found] == ["Ada"]
    assert found[0].plan.id == plan.id
    assert found[0].identities == (Identity("test", "ada", "chat-ada"),)


async def test_what_is_put_off_waits_for_its_hour(stores: Stores) -> None:
    await enrolled(stores, await someone(stores))
    await stores.outbox.plan(NOW, 10, planned)
    (delivery,) = await stores.outbox.claim(NOW, 10, LEASE)
    await stores.outbox.settle([Outcome(delivery, DeliveryState.READY, "429", NOW + timedelta(hours=3))])
    assert await stores.outbox.claim(NOW + timedelta(hours=2), 10, LEASE) == []
    (again,) = await stores.outbox.claim(NOW + timedelta(hours=3), 10, LEASE)
    assert (again.attempts, again.last_error) == (1, "429")


async def test_a_reminder_with_the_same_key_is_taken_once(stores: Stores) -> None:
    ada = await someone(stores)
    plan = await enrolled(stores, ada)
    reminder = Delivery(
        0, plan.id, ada.id, DeliveryKind.NUDGE, NOW.date(), NOW, NOW, NOW + timedelta(days=1), minute=600
    )
    async with stores.store.work() as work:
        assert await work.schedule(reminder)
        assert not await work.schedule(reminder)
        assert await work.schedule(replace(reminder, minute=601))
        await work.cancel_deliveries(ada.id)
    assert await stores.outbox.claim(NOW, 10, LEASE) == []


async def test_a_reminder_that_was_withdrawn_can_be_asked_for_again(stores: Stores) -> None:
    plan = await enrolled(stores, await someone(stores))
    reminder = Delivery(
        id=0, enrollment_id=plan.id, learner_id=plan.learner_id, kind=DeliveryKind.NUDGE, local_date=NOW.date(),
        minute=600, due_at=NOW, not_before=NOW, expires_at=NOW + timedelta(days=1),
    )  # fmt: skip
    for _ in range(2):
        async with stores.store.work() as work:
            await work.withdraw(plan.learner_id, DeliveryKind.NUDGE)
            assert await work.schedule(reminder)
    async with stores.store.work() as work:
        assert await work.withdraw(plan.learner_id, DeliveryKind.NUDGE)
        assert not await work.withdraw(plan.learner_id, DeliveryKind.NUDGE)
    assert await stores.outbox.claim(NOW, 10, LEASE) == []


async def test_a_push_forgets_the_labels_of_the_answer_before_it(stores: Stores) -> None:
    learner = await someone(stores)
    plan = await enrolled(stores, learner)
    async with stores.store.work() as work:
        await work.set_offered(learner.id, "done\tdone some-task")
    async with stores.store.work() as work:
        assert await work.learner(learner.id) == replace(learner, offered="done\tdone some-task")
        await work.schedule(
            Delivery(0, plan.id, learner.id, DeliveryKind.WEEKLY, NOW.date(), NOW, NOW, NOW + timedelta(days=1))
        )
    claimed = await stores.outbox.claim(NOW, 10, LEASE)
    await stores.outbox.settle([Outcome(d, DeliveryState.SENT, sent_on=NOW.date()) for d in claimed])
    async with stores.store.work() as work:
        found = await work.learner(learner.id)
        assert found is not None
        assert found.offered == ""


async def test_a_paused_plan_goes_on_when_its_day_comes(stores: Stores) -> None:
    ada = await someone(stores)
    plan = await enrolled(stores, ada)
    paused = replace(plan, state=EnrollmentState.PAUSED, paused_until=NOW.date())
    async with stores.store.work() as work:
        await work.apply(Change("pause", enrollments=(EnrollmentChange(plan, paused),)), NOW)
    await stores.outbox.plan(NOW, 10, planned)
    async with stores.store.work() as work:
        found = await work.current_enrollment(ada.id)
    assert found is not None
    assert found.state is EnrollmentState.ACTIVE


async def test_erasing_leaves_nothing_of_a_learner_and_all_of_the_others(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    await enrolled(stores, ada)
    kept = await enrolled(stores, bo)
    await stores.outbox.plan(NOW, 10, planned)
    async with stores.store.work() as work:
        await work.erase(ada.id)
        assert await work.learner_of("test", "ada") is None
        assert await work.enrollments(ada.id) == ()
    (delivery,) = await stores.outbox.claim(NOW, 10, LEASE)
    assert delivery.enrollment_id == kept.id


async def test_an_export_holds_every_table_with_something_of_the_learner(stores: Stores) -> None:
    ada = await someone(stores)
    await enrolled(stores, ada)
    await stores.outbox.plan(NOW, 10, planned)
    async with stores.store.work() as work:
        stored = await work.export(ada.id)
    filled = {name for name, rows in stored.items() if rows}
    assert {"learners", "identities", "enrollments", "journal", "deliveries"} <= filled


async def test_whoever_lost_the_lease_can_say_nothing_but_that_it_arrived(stores: Stores) -> None:
    await enrolled(stores, await someone(stores))
    await stores.outbox.plan(NOW, 10, planned)
    (late,) = await stores.outbox.claim(NOW, 10, LEASE)
    (mine,) = await stores.outbox.claim(NOW + LEASE, 10, LEASE)
    await stores.outbox.settle([Outcome(late, DeliveryState.DEAD, "gave up")])
    await stores.outbox.settle([Outcome(late, DeliveryState.READY, "429", NOW)])
    assert await stores.outbox.claim(NOW + LEASE * 1.5, 10, LEASE) == []
    await stores.outbox.settle([Outcome(late, DeliveryState.SENT)])
    await stores.outbox.settle([Outcome(mine, DeliveryState.READY, "refused", NOW)])
    assert await stores.outbox.claim(NOW + timedelta(days=1), 10, LEASE) == []


async def test_what_somebody_asked_for_goes_before_what_is_older(stores: Stores) -> None:
    ada = await someone(stores)
    plan = await enrolled(stores, ada)
    await stores.outbox.plan(NOW, 10, planned)
    later = NOW + timedelta(minutes=1)
    reminder = Delivery(
        0, plan.id, ada.id, DeliveryKind.NUDGE, NOW.date(), later, later, NOW + timedelta(days=1), minute=541
    )
    async with stores.store.work() as work:
        assert await work.schedule(reminder)
    taken = await stores.outbox.claim(later, 10, LEASE)
    assert [delivery.kind for delivery in taken] == [DeliveryKind.NUDGE, DeliveryKind.WEEKLY]


async def test_one_decision_serves_all_alike_and_those_who_differ_get_their_own(stores: Stores) -> None:
    for who in ("ada", "bo", "cy"):
        await enrolled(stores, await someone(stores, who))
    async with stores.store.work() as work:
        cy = await work.learner_of("test", "cy")
        assert cy is not None
        tokyo = replace(cy, preferences=replace(cy.preferences, zone="Asia/Tokyo"))
        await work.apply(Change("zone", LearnerChange(cy, tokyo)), NOW)
    assert await stores.outbox.plan(NOW, 10, planned) == 3
    claimed = await stores.outbox.claim(NOW + timedelta(days=1), 10, LEASE)
    dues = {delivery.learner_id: delivery.due_at for delivery in claimed}
    assert dues.pop(cy.id) == NOW - timedelta(hours=9)
    assert set(dues.values()) == {NOW}


async def test_a_chat_that_has_another_id_is_moved_wherever_it_is_kept(stores: Stores) -> None:
    async with stores.store.work() as work:
        ada = await work.add_learner("Ada", Identity("test", "ada", "-7"), Preferences("UTC", place="test/-7/3"), NOW)
        bo = await work.add_learner("Bo", Identity("test", "bo", "-77"), Preferences("UTC", place="other/-7/"), NOW)
    async with stores.store.work() as work:
        await work.move_chat("test", "-7", "-100")
    async with stores.store.work() as work:
        moved, same = await work.learner(ada.id), await work.learner(bo.id)
        assert moved is not None
        assert same is not None
        assert moved.preferences.place == "test/-100/3"
        assert same.preferences.place == "other/-7/"
        assert [i.chat_id for i in await work.identities(ada.id)] == ["-100"]
        assert [i.chat_id for i in await work.identities(bo.id)] == ["-77"]


async def test_the_latest_push_of_a_plan_is_known_whatever_became_of_it(stores: Stores) -> None:
    ada = await someone(stores)
    plan = await enrolled(stores, ada)
    async with stores.store.work() as work:
        assert await work.planned_until(plan.id) is None
    await stores.outbox.plan(NOW, 10, planned)
    async with stores.store.work() as work:
        later = date(2027, 1, 1)  # a reminder is no push of the plan's own
        await work.schedule(Delivery(0, plan.id, ada.id, DeliveryKind.NUDGE, later, NOW, NOW, NOW + timedelta(days=1)))
        await work.cancel_deliveries(ada.id)
        assert await work.planned_until(plan.id) == date(2026, 11, 30)


async def test_what_was_dropped_before_its_time_can_wait_again(stores: Stores) -> None:
    plan = await enrolled(stores, await someone(stores))
    soon, later = NOW + timedelta(hours=1), NOW + timedelta(hours=5)
    async with stores.store.work() as work:
        for at, minute in ((soon, 600), (later, 840)):
            kind = DeliveryKind.NUDGE
            await work.schedule(
                Delivery(0, plan.id, plan.learner_id, kind, at.date(), at, at, at + timedelta(days=1), minute=minute)
            )
        await work.cancel_deliveries(plan.learner_id)
        await work.revive_deliveries(plan.learner_id, soon)
    assert [d.minute for d in await stores.outbox.claim(NOW + timedelta(days=1), 10, LEASE)] == [840]
