"""What every store must know of study groups: one suite over the dictionaries, SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.change import Change, EnrollmentChange
from bot.domain.delivery import DeliveryKind, DeliveryState
from bot.domain.enrollment import Enrollment
from bot.domain.group import DigestTime, Membership, Role, Sharing, StudyGroup
from bot.domain.group_log import Deed, Entry, Report
from bot.domain.learner import Learner
from bot.domain.message import ChannelRef, ChatKind
from bot.domain.posting import Posting, PostingOutcome, digest_planned, notice
from bot.domain.question import GroupQuestion
from tests.contracts.stores import LEASE, NOW, Stores, someone

SUNDAY = datetime(2026, 12, 6, 18, 0, tzinfo=UTC)
OWLS, TOPIC = (ChannelRef("test", "-100", ChatKind.GROUP, "Owls", thread) for thread in ("", "7"))


async def founded(stores: Stores, *others: str) -> tuple[StudyGroup, list[Learner]]:
    """A group of Ada's, with others who joined an hour after one another."""
    people = [await someone(stores, who) for who in ("Ada", *others)]
    async with stores.store.work() as work:
        group = await work.groups.add(StudyGroup(0, "Night Owls", "K7M2PQ4X", NOW), people[0].id)
        for hours, person in enumerate(people[1:], 1):
            await work.groups.keep(Membership(group.id, person.id, Role.MEMBER, NOW + timedelta(hours=hours)))
    return group, people


async def test_a_group_is_found_by_id_code_and_chat_and_a_topic_is_not_its_chat(stores: Stores) -> None:
    group, _ = await founded(stores)
    async with stores.store.work() as work:
        await work.groups.bind(group.id, OWLS)
        assert await work.groups.get(group.id) == group
        assert await work.groups.by_code("K7M2PQ4X") == group
        assert await work.groups.by_chat(OWLS) == group
        assert await work.groups.by_chat(TOPIC) is None
        assert await work.groups.by_code("00000000") is None
    assert group.next_digest_on == date(2026, 12, 6)


async def test_members_come_longest_first_with_the_names_they_have(stores: Stores) -> None:
    group, people = await founded(stores, "Bo", "Cy")
    async with stores.store.work() as work:
        members = await work.groups.members(group.id)
        assert await work.groups.size(group.id) == len(members) == 3
        assert [(m.name, m.role) for m in members] == [("Ada", Role.OWNER), ("Bo", Role.MEMBER), ("Cy", Role.MEMBER)]
        await work.groups.keep(replace(members[1], pseudonym="Raven", sharing=Sharing.HIDDEN, role=Role.ORGANISER))
        changed = (await work.groups.members(group.id))[1]
        assert (changed.shown_name, changed.sharing, changed.role) == ("Raven", Sharing.HIDDEN, Role.ORGANISER)
        await work.groups.remove(group.id, people[1].id)
        assert [m.name for m in await work.groups.members(group.id)] == ["Ada", "Cy"]


async def test_the_group_looked_at_last_comes_first(stores: Stores) -> None:
    one, (ada,) = await founded(stores)
    async with stores.store.work() as work:
        two = await work.groups.add(StudyGroup(0, "Night Owls", "AAAA0000", NOW), ada.id)
        (_, first), _ = reversed(await work.groups.mine(ada.id))
        await work.groups.keep(replace(first, looked_at=NOW + timedelta(hours=1)))
        latest = [group.id for group, _ in await work.groups.mine(ada.id)]
    assert latest == [first.group_id, one.id + two.id - first.group_id]


async def test_a_chat_that_moved_is_still_the_groups(stores: Stores) -> None:
    group, _ = await founded(stores)
    async with stores.store.work() as work:
        await work.groups.bind(group.id, OWLS)
        await work.groups.bind(group.id, TOPIC)
        await work.move_chat("test", "-100", "-999")
        chats = [chat.channel.chat_id for chat in await work.groups.chats(group.id)]
        assert chats == ["-999", "-999"]
        await work.groups.unbind(replace(TOPIC, chat_id="-999"))
        assert [c.channel.thread_id for c in await work.groups.chats(group.id)] == [""]


async def test_the_log_is_read_newest_first_and_forgets_the_names_of_those_who_are_gone(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    async with stores.store.work() as work:
        await work.groups.note(Entry(group.id, NOW, Deed.RENAMED, ada.id, None, "Owls"))
        await work.groups.note(Entry(group.id, NOW, Deed.REMOVED, ada.id, bo.id))
        await work.erase(bo.id)
        log = await work.groups.log(group.id, 5)
    assert [(e.deed, e.actor_id, e.target_id, e.about) for e in log] == [
        (Deed.REMOVED, ada.id, None, ""), (Deed.RENAMED, ada.id, None, "Owls"),
    ]  # fmt: skip


async def test_bars_blocks_and_reports_are_kept_and_taken_back(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    async with stores.store.work() as work:
        groups = work.groups
        await groups.bar(group.id, bo.id)
        await groups.bar(group.id, bo.id)
        assert await groups.barred(group.id) == {bo.id}
        await groups.bar(group.id, bo.id, barred=False)
        assert await groups.barred(group.id) == frozenset()
        await groups.block(ada.id, bo.id)
        assert await groups.blocked(bo.id) == frozenset()
        assert await groups.shunned(bo.id) == {ada.id}
        await groups.block(ada.id, bo.id, blocked=False)
        assert await groups.shunned(bo.id) == frozenset()
        report = Report(group.id, ada.id, bo.id, "spam", NOW)
        await groups.report(report)
        assert list(await groups.reports(group.id)) == [report]


async def test_activity_counts_what_members_did_since_and_plans_come_in_one_go(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    done = {"a": NOW - timedelta(days=8), "b": NOW, "c": NOW}
    plan = Enrollment(0, ada.id, "r", NOW.date(), 10, 1, NOW.date(), completions=done)
    async with stores.store.work() as work:
        saved = await work.apply(Change("enroll", enrollments=(EnrollmentChange(None, plan),)), NOW)
        assert await work.groups.activity(group.id, NOW - timedelta(days=7)) == {ada.id: 2}
        found = await work.groups.plans([ada.id, bo.id])
    assert found == {ada.id: (saved.enrollments[0].after, ada.preferences)}


async def test_one_cheer_a_day_from_one_to_another(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    async with stores.store.work() as work:
        assert await work.groups.cheer(ada.id, bo.id, group.id, NOW.date())
        assert not await work.groups.cheer(ada.id, bo.id, group.id, NOW.date())
        assert await work.groups.cheer(ada.id, bo.id, group.id, NOW.date() + timedelta(days=1))
        assert await work.groups.cheerers(bo.id, NOW.date()) == {ada.id: group.id}


async def test_a_question_is_kept_found_and_closed(stores: Stores) -> None:
    group, (ada,) = await founded(stores)
    async with stores.store.work() as work:
        asked = await work.groups.ask(GroupQuestion(0, group.id, ada.id, "Why NaN?", NOW, "loss"))
        assert await work.groups.question(asked.id) == asked
        assert list(await work.groups.questions(group.id, NOW)) == [asked]
        assert list(await work.groups.questions(group.id, NOW + timedelta(seconds=1))) == []
        await work.groups.close(asked.id)
        assert await work.groups.question(asked.id) == replace(asked, closed=True)


async def test_a_digest_is_owed_once_to_each_chat_and_not_when_it_is_off(stores: Stores) -> None:
    group, _ = await founded(stores)
    async with stores.store.work() as work:
        for channel in (OWLS, TOPIC):
            await work.groups.bind(group.id, channel)
    assert await stores.postings.next_due() == SUNDAY
    assert await stores.postings.plan(SUNDAY - timedelta(seconds=1), 10, digest_planned) == []
    assert await stores.postings.plan(SUNDAY, 10, digest_planned) == [group.id]
    assert await stores.postings.plan(SUNDAY, 10, digest_planned) == []
    claimed = await stores.postings.claim(SUNDAY, 10, LEASE)
    assert [(p.kind, p.group_id) for p in claimed] == [(DeliveryKind.DIGEST, group.id)] * 2
    assert len({p.key for p in claimed}) == 2
    async with stores.store.work() as work:
        kept = await work.groups.get(group.id)
        assert kept is not None
        assert kept.next_digest_on == date(2026, 12, 13)
        await work.groups.save(replace(kept, digest=DigestTime(on=False)))
    assert await stores.postings.plan(SUNDAY + timedelta(weeks=3), 10, digest_planned) == [group.id]
    assert await stores.postings.claim(SUNDAY, 10, LEASE) == []


async def test_the_owners_word_about_the_model_is_kept_and_off_at_first(stores: Stores) -> None:
    group, _ = await founded(stores)
    assert not group.model
    async with stores.store.work() as work:
        await work.groups.save(replace(group, model=True))
    async with stores.store.work() as work:
        kept = await work.groups.get(group.id)
        assert kept is not None
        assert kept.model


async def test_a_posting_is_claimed_settled_and_taken_back_after_its_lease(stores: Stores) -> None:
    group, (ada,) = await founded(stores)
    async with stores.store.work() as work:
        assert await work.groups.post(notice(group.id, ada.id, "x", "k1", NOW, {"name": "Bo"}))
        assert not await work.groups.post(notice(group.id, ada.id, "x", "k1", NOW))
    (late,) = await stores.postings.claim(NOW, 10, LEASE)
    assert late.data == {"name": "Bo"}
    assert (await stores.postings.addressees([late]))[late.id].learner == ada
    assert await stores.postings.claim(NOW, 10, LEASE) == []
    (mine,) = await stores.postings.claim(NOW + LEASE, 10, LEASE)
    await stores.postings.settle([PostingOutcome(late, DeliveryState.DEAD, "gave up")])
    again = NOW + timedelta(hours=1)
    await stores.postings.settle([PostingOutcome(mine, DeliveryState.READY, "429", again)])
    assert await stores.postings.next_due() == again
    (last,) = await stores.postings.claim(again, 10, LEASE)
    assert (last.attempts, last.last_error) == (1, "429")
    await stores.postings.settle([PostingOutcome(last, DeliveryState.SENT, sent_on=again.date())])
    assert await stores.postings.claim(again + timedelta(days=1), 10, LEASE) == []
    async with stores.store.work() as work:
        found = await work.learner(ada.id)
        assert found is not None
        assert found.last_push_on == again.date()


async def test_what_waits_goes_with_the_chat_the_member_and_the_group(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    async with stores.store.work() as work:
        await work.groups.bind(group.id, OWLS)
        (chat,) = await work.groups.chats(group.id)
        worth = NOW + timedelta(days=3)
        post = Posting(0, "k2", DeliveryKind.ANNOUNCEMENT, group.id, NOW, NOW, worth, place_id=chat.id)
        assert await work.groups.post(post)
        assert await work.groups.post(notice(group.id, bo.id, "x", "k1", NOW))
        assert await work.groups.post(notice(group.id, ada.id, "x", "k3", NOW))
        await work.groups.unbind(OWLS)
        await work.groups.remove(group.id, bo.id)
    (left,) = await stores.postings.claim(NOW, 10, LEASE)
    assert left.key == "k3"
    async with stores.store.work() as work:
        await work.groups.dissolve(group.id)
        assert await work.groups.mine(ada.id) == []
    assert await stores.postings.addressees([left]) == {}


async def test_a_group_whose_owner_is_gone_or_silent_for_sixty_days_is_found(stores: Stores) -> None:
    group, (ada, _bo) = await founded(stores, "Bo")
    later = NOW + timedelta(days=61)
    assert await stores.postings.ownerless([group.id], later) == [group.id]
    async with stores.store.work() as work:
        await work.note_seen(ada.id, date(2027, 1, 20))
    assert await stores.postings.ownerless([group.id], later) == []
    async with stores.store.work() as work:
        await work.erase(ada.id)
    assert await stores.postings.ownerless([group.id], NOW) == [group.id]


async def test_two_learners_who_are_one_keep_the_stronger_role_and_the_more_private_share(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    async with stores.store.work() as work:
        await work.groups.keep(Membership(group.id, bo.id, Role.MEMBER, NOW, Sharing.HIDDEN))
        await work.groups.block(ada.id, bo.id)
        await work.groups.note(Entry(group.id, NOW, Deed.RENAMED, bo.id))
        await work.groups.absorb(bo.id, ada.id)
        await work.erase(ada.id)
        (kept,) = await work.groups.members(group.id)
        assert (kept.learner_id, kept.role, kept.sharing) == (bo.id, Role.OWNER, Sharing.HIDDEN)
        assert await work.groups.shunned(bo.id) == frozenset()
        assert (await work.groups.log(group.id, 1))[0].actor_id == bo.id


async def test_a_copy_of_ones_data_holds_ones_place_and_ones_words(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    async with stores.store.work() as work:
        await work.groups.ask(GroupQuestion(0, group.id, bo.id, "Why NaN?", NOW))
        await work.groups.report(Report(group.id, bo.id, ada.id, "rude", NOW))
        await work.groups.block(bo.id, ada.id)
        stored = await work.export(bo.id)
        others = await work.export(ada.id)
    assert all(stored[name] for name in ("memberships", "group_questions", "group_reports", "blocks"))
    assert not others["group_reports"]


async def test_of_two_places_that_become_one_a_pseudonym_stays(stores: Stores) -> None:
    group, (_, bo, cy, dee) = await founded(stores, "Bo", "Cy", "Dee")
    async with stores.store.work() as work:
        await work.groups.keep(Membership(group.id, cy.id, Role.MEMBER, NOW, pseudonym="Raven"))
        await work.groups.absorb(bo.id, cy.id)
        await work.groups.remove(group.id, bo.id)
        await work.groups.keep(Membership(group.id, bo.id, Role.MEMBER, NOW, pseudonym="Raven"))
        await work.groups.absorb(bo.id, dee.id)
        kept = {m.learner_id: m.shown_name for m in await work.groups.members(group.id)}
    assert kept[bo.id] == "Raven"
    assert dee.id not in kept


async def test_who_joins_goes_on_under_the_name_that_is_known_in_a_group(stores: Stores) -> None:
    group, (_, cy) = await founded(stores, "Cy")
    bo = await someone(stores, "Bo")
    async with stores.store.work() as work:
        await work.groups.absorb(bo.id, cy.id)
        assert [m.shown_name for m in await work.groups.members(group.id)] == ["Ada", "Cy"]


async def test_how_it_stands_with_a_posting_is_known_by_its_key(stores: Stores) -> None:
    group, (ada,) = await founded(stores)
    async with stores.store.work() as work:
        assert await work.groups.posting("one") is None
        await work.groups.post(notice(group.id, ada.id, "group_heir", "one", NOW))
        assert await work.groups.posting("one") is DeliveryState.READY


async def test_a_report_that_is_settled_is_gone_and_only_from_its_own_group(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    async with stores.store.work() as work:
        await work.groups.report(Report(group.id, bo.id, ada.id, "rude", NOW))
        (report,) = await work.groups.reports(group.id)
        assert not await work.groups.settle_report(group.id + 1, report.id)
        assert await work.groups.settle_report(group.id, report.id)
        assert await work.groups.reports(group.id) == []


async def test_what_somebody_said_goes_with_them_and_the_logs_forget_their_words(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "Bo")
    async with stores.store.work() as work:
        await work.groups.post(notice(group.id, ada.id, "group_answered", "his", NOW, {"by": bo.id}))
        await work.groups.post(notice(group.id, ada.id, "group_answered", "other", NOW, {"by": ada.id}))
        await work.groups.note(Entry(group.id, NOW, Deed.ANNOUNCED, bo.id, None, "Dee is great"))
        await work.groups.note(Entry(group.id, NOW, Deed.BARRED, ada.id, bo.id, "Bo"))
        await work.groups.note(Entry(group.id, NOW, Deed.RENAMED, bo.id, None, "Larks"))
        await work.groups.remove(group.id, bo.id)
        await work.groups.forget(bo.id)
        assert await work.groups.posting("his") is None
        assert await work.groups.posting("other") is DeliveryState.READY
        assert [entry.about for entry in await work.groups.log(group.id, 5)] == ["Larks", "", ""]


async def test_a_chat_of_a_group_that_nobody_is_in_is_nobodys(stores: Stores) -> None:
    group, (ada,) = await founded(stores)
    async with stores.store.work() as work:
        await work.groups.bind(group.id, OWLS)
        await work.groups.remove(group.id, ada.id)
        assert await work.groups.by_chat(OWLS) is None


async def test_what_was_talked_about_is_kept_for_twelve_weeks_and_the_first_of_a_day_stays(stores: Stores) -> None:
    group, _ = await founded(stores)
    other = date(2026, 12, 6)
    async with stores.store.work() as work:
        for weeks in range(14):
            await work.groups.note_talk(group.id, other + timedelta(weeks=weeks), f"{weeks}")
        await work.groups.note_talk(group.id, other + timedelta(weeks=13), "again")
        talked = await work.groups.talked(group.id)
        assert sorted(talked.values(), key=int) == [str(n) for n in range(2, 14)]
        assert await work.groups.talked(group.id + 1) == {}
        await work.groups.dissolve(group.id)
    async with stores.store.work() as work:
        assert await work.groups.talked(group.id) == {}


async def test_a_number_that_tells_apart_is_not_kept(stores: Stores) -> None:
    group, _ = await founded(stores)
    async with stores.store.work() as work:
        (ada,) = await work.groups.members(group.id)
        await work.groups.keep(replace(ada, nth=2))
        assert [m.shown_name for m in await work.groups.members(group.id)] == ["Ada"]


async def test_postings_are_claimed_by_priority_and_the_urgent_ones_alone_when_asked_for(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "bo")
    kinds = (DeliveryKind.DIGEST, DeliveryKind.GROUP, DeliveryKind.ANSWER, DeliveryKind.ANNOUNCEMENT)
    async with stores.store.work() as work:
        for age, kind in enumerate(kinds):  # the answer came last but one
            who = bo if kind is DeliveryKind.ANSWER else ada
            word = notice(group.id, who.id, "x", kind.value, NOW - timedelta(hours=9 - age), kind=kind)
            await work.groups.post(word)
    (urgent,) = await stores.postings.claim(NOW, 10, LEASE, urgent=True)
    assert urgent.key == "answer"
    async with stores.store.work() as work:
        await work.groups.post(notice(group.id, ada.id, "x", "after", NOW, kind=DeliveryKind.ANSWER))
    assert [p.key for p in await stores.postings.claim(NOW, 2, LEASE)] == ["after", "group"]
    later = NOW + LEASE  # whose lease has ended goes before what waits
    assert [p.key for p in await stores.postings.claim(later, 3, LEASE, urgent=True)] == ["answer", "after", "group"]
    assert [p.key for p in await stores.postings.claim(later, 10, LEASE)] == ["digest", "announcement"]


async def test_older_words_to_whoever_gets_an_answer_are_as_urgent_and_go_first(stores: Stores) -> None:
    group, (ada, bo) = await founded(stores, "bo")
    words = ((ada, "word", DeliveryKind.GROUP), (bo, "other", DeliveryKind.GROUP), (ada, "answer", DeliveryKind.ANSWER))
    async with stores.store.work() as work:
        for who, key, kind in words:
            await work.groups.post(notice(group.id, who.id, "x", key, NOW, kind=kind))
    claims = [await stores.postings.claim(NOW, 10, LEASE, urgent=True) for _ in range(3)]
    assert [[p.key for p in claimed] for claimed in claims] == [["word"], ["answer"], []]
