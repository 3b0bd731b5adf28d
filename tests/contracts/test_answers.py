"""What every store must do about questions, budgets and quizzes, over the dictionaries, SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.answer import DAY_TOKENS, LEARNER_TOKENS, Spender
from bot.domain.feedback import REMEMBERED, WORDS_KEPT, Asked, Verdict, exchange, sum_of
from bot.domain.learner import Identity, Learner, Preferences
from bot.domain.quiz import QuizRun
from bot.engine.storing import Store
from tests.contracts.stores import Stores

NOW = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(stores: Stores) -> Store:
    return stores.store


async def someone(store: Store, who: str = "ada") -> Learner:
    async with store.work() as work:
        return await work.add_learner(who.capitalize(), Identity("test", who, f"chat-{who}"), Preferences("UTC"), NOW)


def asked(learner: Learner, text: str = "what is smote") -> Asked:
    return Asked(learner.id, "ml-engineer-40", 8, "smote", "The idea", "notes", "answered", sum_of(text), NOW)


async def test_a_question_is_counted_without_its_words_and_rated_by_who_asked_it(store: Store) -> None:
    ada, bo = await someone(store), await someone(store, "bo")
    async with store.work() as work:
        first, second = await work.feedback.note(asked(ada)), await work.feedback.note(asked(ada))
        assert first != second
        assert await work.feedback.rate(ada.id, first, Verdict.DOWN)
        assert not await work.feedback.rate(bo.id, second, Verdict.UP)
    async with store.work() as work:
        stored = await work.export(ada.id)
        entries = stored["answer_feedback"]
        assert isinstance(entries, list)
        assert [int(entry["verdict"]) for entry in entries] == [-1, 0]
        assert "smote" not in "".join(str(e["words"]) for e in entries)


async def test_the_words_are_kept_with_leave_and_forgotten_after_thirty_days(store: Store) -> None:
    ada = await someone(store)
    async with store.work() as work:
        number = await work.feedback.note(asked(ada))
        assert not await work.feedback.keep_words(ada.id, number, NOW)
        await work.feedback.remember(ada.id, exchange(number, "what is smote", "It invents rows.", NOW))
        assert await work.feedback.keep_words(ada.id, number, NOW)
    async with store.work() as work:
        assert await work.purge(NOW + WORDS_KEPT - DAY) == 0
        assert "what is smote" in str(await work.export(ada.id))
        while await work.purge(NOW + WORDS_KEPT):  # a part at a time
            pass
        assert "what is smote" not in str(await work.export(ada.id))


async def test_a_talk_is_remembered_for_three_exchanges_and_cut_short(store: Store) -> None:
    ada = await someone(store)
    async with store.work() as work:
        for number in range(1, 6):
            await work.feedback.remember(ada.id, exchange(number, "q" * 1000, f"answer {number}", NOW))
        thread = await work.feedback.thread(ada.id, NOW)
        assert [one.number for one in thread] == [3, 4, 5]
        assert len(thread) == REMEMBERED
        assert len(thread[0].question) == 300
        assert await work.feedback.thread(ada.id, NOW + WORDS_KEPT) == ()


async def test_what_the_model_made_of_an_answer_takes_its_place(store: Store) -> None:
    ada = await someone(store)
    async with store.work() as work:
        number = await work.feedback.note(asked(ada))
        await work.feedback.remember(ada.id, exchange(number, "what is smote", "notes", NOW))
        await work.feedback.worded(ada.id, number, "the model's")
        assert [one.answer for one in await work.feedback.thread(ada.id, NOW)] == ["the model's"]
        assert "'source': 'model'" in str(await work.export(ada.id))


async def test_whoever_wants_no_model_is_asked_once_and_remembered(store: Store) -> None:
    ada, bo = await someone(store), await someone(store, "bo")
    async with store.work() as work:
        assert await work.feedback.uses_model(ada.id)
        await work.feedback.use_model(ada.id, False)
        assert not await work.feedback.uses_model(ada.id)
        assert await work.feedback.uses_model(bo.id)
        await work.feedback.use_model(ada.id, True)
        assert await work.feedback.uses_model(ada.id)


async def test_erasing_a_learner_leaves_nothing_of_their_questions(store: Store) -> None:
    ada = await someone(store)
    async with store.work() as work:
        number = await work.feedback.note(asked(ada))
        await work.feedback.remember(ada.id, exchange(number, "what is smote", "rows", NOW))
        await work.feedback.use_model(ada.id, False)
    async with store.work() as work:
        await work.erase(ada.id)
    async with store.work() as work:
        assert not await work.feedback.rate(ada.id, number, Verdict.UP)
        assert await work.feedback.thread(ada.id, NOW) == ()
        assert await work.feedback.uses_model(ada.id)


async def test_what_does_not_fit_one_account_is_set_aside_on_none(store: Store) -> None:
    ada, bo = await someone(store), await someone(store, "bo")
    async with store.work() as work:
        assert await work.budgets.reserve(Spender(ada.id, "owls"), LEARNER_TOKENS, NOW)
        assert not await work.budgets.reserve(Spender(ada.id, "owls"), 1, NOW)
        assert await work.budgets.reserve(Spender(bo.id, "owls"), LEARNER_TOKENS, NOW)
        assert not await work.budgets.reserve(Spender(bo.id), DAY_TOKENS, NOW)
        await work.budgets.settle(Spender(ada.id, "owls"), LEARNER_TOKENS, 10, NOW)
        assert await work.budgets.reserve(Spender(ada.id), LEARNER_TOKENS - 10, NOW)


async def test_a_call_over_midnight_is_settled_on_the_day_it_was_reserved(store: Store) -> None:
    ada = await someone(store)
    spender, after = Spender(ada.id), NOW + timedelta(minutes=2)
    async with store.work() as work:
        assert await work.budgets.reserve(spender, LEARNER_TOKENS, NOW)
        await work.budgets.settle(spender, LEARNER_TOKENS, 100, NOW)
        assert await work.budgets.reserve(spender, LEARNER_TOKENS, after)
        assert not await work.budgets.reserve(spender, 1, after)
        assert await work.budgets.reserve(spender, LEARNER_TOKENS - 100, NOW)


async def test_that_the_tokens_are_spent_is_told_once_a_day(store: Store) -> None:
    ada, bo = await someone(store), await someone(store, "bo")
    async with store.work() as work:
        assert await work.budgets.tell_once(Spender(ada.id), NOW)
        assert not await work.budgets.tell_once(Spender(ada.id), NOW)
        assert await work.budgets.tell_once(Spender(bo.id), NOW)
        assert await work.budgets.tell_once(Spender(ada.id), NOW + DAY)


async def test_a_quiz_is_kept_where_it_stands_and_its_items_as_answered_last(store: Store) -> None:
    ada, bo = await someone(store), await someone(store, "bo")
    async with store.work() as work:
        assert await work.quizzes.open(ada.id) is None
        await work.quizzes.keep(QuizRun(ada.id, "week 8", ("smote-1", "smote-2"), 7, NOW))
        await work.quizzes.keep(QuizRun(ada.id, "week 8", ("smote-1", "smote-2"), 7, NOW, 1, 1))
        await work.quizzes.note(ada.id, "smote-1", True, NOW)
        await work.quizzes.note(ada.id, "smote-2", True, NOW)
        await work.quizzes.note(ada.id, "smote-2", False, NOW)
    async with store.work() as work:
        run = await work.quizzes.open(ada.id)
        assert run is not None
        assert (run.right, run.at, run.items) == (1, 1, ("smote-1", "smote-2"))
        assert await work.quizzes.known(ada.id) == {"smote-1"}
        assert await work.quizzes.known(bo.id) == set()
