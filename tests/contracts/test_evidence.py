"""Links handed in for projects, over the dictionaries, SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.change import Change, EvidenceChange
from bot.domain.evidence import Evidence
from bot.domain.learner import Learner
from tests.contracts.stores import NOW, Stores, someone
from tests.contracts.test_accounts import join

LATER = NOW + timedelta(hours=1)


async def shipped(
    stores: Stores, learner: Learner, url: str = "https://a.dev/x", project: str = "p", at: datetime = NOW
) -> Evidence:
    piece = Evidence(0, learner.id, "r", project, url, "a note", at)
    async with stores.store.work() as work:
        await work.apply(Change("ship", evidence=(EvidenceChange(None, piece),)), at)
        return next(e for e in await work.evidence.of(learner.id) if (e.url, e.project_id) == (url, project))


async def test_links_come_back_as_they_were_handed_in_oldest_first(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    second = await shipped(stores, ada, "https://a.dev/2", at=LATER)
    first = await shipped(stores, ada)
    await shipped(stores, bo)
    async with stores.store.work() as work:
        assert await work.evidence.of(ada.id) == [first, second]
    assert first == Evidence(first.id, ada.id, "r", "p", "https://a.dev/x", "a note", NOW)
    assert first.id > 0


async def test_the_latest_link_of_each_is_found_for_many_at_once(stores: Stores) -> None:
    ada, bo, cy = await someone(stores), await someone(stores, "bo"), await someone(stores, "cy")
    await shipped(stores, ada)
    latest = await shipped(stores, ada, "https://a.dev/2", at=LATER)
    await shipped(stores, ada, "https://a.dev/unsorted", project="", at=LATER + timedelta(hours=1))
    only = await shipped(stores, bo)
    async with stores.store.work() as work:
        assert await work.evidence.latest([ada.id, bo.id, cy.id]) == {ada.id: latest, bo.id: only}
        assert await work.evidence.latest([bo.id]) == {bo.id: only}
        assert await work.evidence.latest([]) == {}


async def test_handing_in_is_undone_and_so_is_taking_out(stores: Stores) -> None:
    ada = await someone(stores)
    piece = await shipped(stores, ada)
    async with stores.store.work() as work:
        await work.apply(Change("unship", evidence=(EvidenceChange(piece, None),)), LATER)
        assert await work.evidence.of(ada.id) == []
    for verb, left in (("unship", 1), ("ship", 0)):
        async with stores.store.work() as work:
            found = await work.undoing(ada.id)
            assert found is not None
            number, change = found
            assert change.verb == verb
            await work.apply(change, LATER, journal=False)
            await work.forget_change(number)
            assert [replace(e, id=0) for e in await work.evidence.of(ada.id)] == [replace(piece, id=0)][:left]


async def test_a_link_that_is_sorted_anew_is_there_once(stores: Stores) -> None:
    ada = await someone(stores)
    piece = await shipped(stores, ada, project="")
    async with stores.store.work() as work:
        moved = replace(piece, project_id="q")
        await work.apply(Change("file", evidence=(EvidenceChange(piece, moved),)), LATER)
        assert [e.project_id for e in await work.evidence.of(ada.id)] == ["q"]


async def test_deleting_everything_deletes_links_and_exporting_shows_them(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    await shipped(stores, ada)
    kept = await shipped(stores, bo)
    async with stores.store.work() as work:
        assert "https://a.dev/x" in str((await work.export(ada.id))["evidence"])
        await work.erase(ada.id)
        assert await work.evidence.latest([ada.id, bo.id]) == {bo.id: kept}


async def test_two_learners_who_become_one_have_every_link_once_at_its_first_date(stores: Stores) -> None:
    ada, bo = await someone(stores), await someone(stores, "bo")
    await shipped(stores, ada, at=LATER)
    await shipped(stores, bo)
    await shipped(stores, bo, "https://a.dev/2", at=LATER)
    await join(stores, ada, bo)
    async with stores.store.work() as work:
        found = await work.evidence.of(ada.id)
    assert [(e.url, e.at, e.learner_id) for e in found] == [
        ("https://a.dev/x", NOW, ada.id), ("https://a.dev/2", LATER, ada.id),
    ]  # fmt: skip
