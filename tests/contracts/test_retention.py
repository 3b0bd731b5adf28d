"""What every store forgets after a month, and what it keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.clock import ManualClock
from bot.delivery.forgetting import Forgetting
from bot.domain.delivery import DeliveryState
from bot.domain.feedback import WORDS_KEPT
from bot.domain.group import StudyGroup
from bot.domain.posting import PostingOutcome, notice
from bot.domain.question import GroupQuestion
from tests.contracts.stores import LEASE, NOW, Stores, someone

DAY = timedelta(days=1)


async def test_an_event_is_known_again_for_a_month(stores: Stores) -> None:
    async with stores.store.work() as work:
        assert await work.first_time("test", "old", NOW)
        assert await work.first_time("test", "new", NOW + 2 * DAY)
        assert not await work.first_time("test", "old", NOW + DAY)
    async with stores.store.work() as work:
        assert await work.purge(NOW + WORDS_KEPT - DAY) == 0
        assert await work.purge(NOW + WORDS_KEPT) == 1
    async with stores.store.work() as work:
        assert [await work.seen("test", event) for event in ("old", "new")] == [False, True]


async def test_a_question_to_a_group_is_kept_for_a_month_whether_it_was_sent_or_not(stores: Stores) -> None:
    ada = await someone(stores)
    async with stores.store.work() as work:
        group = await work.groups.add(StudyGroup(0, "Night Owls", "K7M2PQ4X", NOW), ada.id)
        asked = GroupQuestion(0, group.id, ada.id, "Why does it overfit?", NOW)
        kept = [await work.groups.ask(replace(asked, closed=closed)) for closed in (False, True)]
        late = await work.groups.ask(replace(asked, at=NOW + DAY))
    async with stores.store.work() as work:
        assert await work.purge(NOW + WORDS_KEPT) == len(kept)
    async with stores.store.work() as work:
        assert [await work.groups.question(q.id) for q in kept] == [None, None]
        assert await work.groups.question(late.id) == late


async def test_a_post_is_forgotten_a_month_after_it_was_worth_something_and_one_that_waits_never(
    stores: Stores,
) -> None:
    ada = await someone(stores)
    async with stores.store.work() as work:
        group = await work.groups.add(StudyGroup(0, "Night Owls", "K7M2PQ4X", NOW), ada.id)
        sent, waits = (notice(group.id, ada.id, "group_heir", key, NOW) for key in ("sent", "waits"))
        await work.groups.post(sent)
    [claimed] = await stores.postings.claim(NOW, 1, LEASE)
    await stores.postings.settle([PostingOutcome(claimed, DeliveryState.SENT)])
    over = sent.expires_at + WORDS_KEPT
    async with stores.store.work() as work:
        await work.groups.post(waits)
        assert await work.purge(over - DAY) == 0
        assert await work.purge(over) == 1
    async with stores.store.work() as work:
        assert await work.groups.posting("sent") is None
        assert await work.groups.posting("waits") is DeliveryState.READY


async def test_much_is_forgotten_part_by_part_and_what_is_young_stays(stores: Stores) -> None:
    old = [f"e{number}" for number in range(350)]
    async with stores.store.work() as work:
        for event in old:
            await work.first_time("test", event, NOW)
        await work.first_time("test", "young", NOW + 2 * DAY)
    forgetting = Forgetting(stores.store, ManualClock(NOW + WORDS_KEPT))
    await forgetting.tick()
    assert forgetting.last is not None
    async with stores.store.work() as work:
        assert [event for event in [*old, "young"] if await work.seen("test", event)] == ["young"]
