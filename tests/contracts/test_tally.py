"""What is counted, kept alike by every store."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.tally import KEPT
from tests.contracts.stores import NOW, Stores


async def test_counts_are_kept_by_name_and_forgotten_after_a_day_whoever_is_counted_next(stores: Stores) -> None:
    later = NOW + timedelta(hours=1)
    async with stores.store.work() as work:
        await work.tally.note("wrong ada", later)
        await work.tally.note("wrong ada", NOW)
        await work.tally.note("made ada", NOW)
        assert sorted(await work.tally.times("wrong ada")) == [NOW, later]
        assert await work.tally.times("wrong bo") == []
        await work.tally.note("wrong bo", NOW + KEPT)
        assert await work.tally.times("wrong ada") == [later]
        assert await work.tally.times("made ada") == []
