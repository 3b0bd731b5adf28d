"""Two learners become one, in plain dictionaries. The rules are those of `bot.storage.joining`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.delivery import Delivery, same_now
from bot.domain.feedback import Exchange
from bot.domain.joining import Joining
from bot.storage.memory_evidence import sameness
from bot.storage.memory_state import State


def join(state: State, joining: Joining) -> None:
    """Make a joining true."""
    stays, goes = joining.learner.id, joining.gone_id

    def mine(owner: int) -> int:
        return stays if owner == goes else owner

    state.identities = {key: (mine(owner), identity) for key, (owner, identity) in state.identities.items()}
    state.journal = {key: entry for key, entry in state.journal.items() if entry[0] not in (stays, goes)}
    _deliveries(state, joining, mine)
    for plan in joining.replaced:
        del state.enrollments[plan]
    state.enrollments |= {plan.id: plan for plan in joining.plans}
    _studies(state, mine)
    open_codes = (stays, goes)
    state.link_codes = {
        mark: replace(code, learner_id=mine(code.learner_id))
        for mark, code in state.link_codes.items()
        if code.used or code.learner_id not in open_codes
    }
    _budgets(state, stays, goes)
    del state.learners[goes]
    state.learners[stays] = joining.learner


def _deliveries(state: State, joining: Joining, mine: Callable[[int], int]) -> None:
    kept: dict[tuple[Any, ...], Delivery] = {}
    for delivery in state.deliveries.values():
        plan = joining.replaced.get(delivery.enrollment_id, delivery.enrollment_id)
        moved = replace(delivery, enrollment_id=plan, learner_id=mine(delivery.learner_id))
        other = kept.get(key := (plan, delivery.kind, delivery.local_date, delivery.minute))
        kept[key] = moved if other is None else same_now(other, moved)
    state.deliveries = {delivery.id: delivery for delivery in kept.values()}


def _studies(state: State, mine: Callable[[int], int]) -> None:
    runs = sorted(state.quiz_runs.values(), key=lambda run: run.started_at)
    state.quiz_runs = {mine(run.learner_id): replace(run, learner_id=mine(run.learner_id)) for run in runs}
    answers = sorted(state.quiz_answers.items(), key=lambda entry: entry[1][1])
    state.quiz_answers = {(mine(owner), item): answer for (owner, item), answer in answers}
    state.asked = {n: replace(asked, learner_id=mine(asked.learner_id)) for n, asked in state.asked.items()}
    threads: dict[int, tuple[Exchange, ...]] = {}
    for owner, said in state.threads.items():
        threads[mine(owner)] = tuple(sorted((*threads.get(mine(owner), ()), *said), key=lambda e: e.at))
    state.threads = threads
    models: dict[int, bool] = {}
    for owner, wanted in state.models.items():
        models[mine(owner)] = models.get(mine(owner), True) and wanted
    state.models = models
    pieces = sorted(state.evidence.values(), key=lambda piece: piece.at, reverse=True)
    moved = [replace(piece, learner_id=mine(piece.learner_id)) for piece in pieces]
    first = {sameness(piece): piece for piece in moved}
    state.evidence = {piece.id: piece for piece in first.values()}


def _budgets(state: State, stays: int, goes: int) -> None:
    for (account, day), (_, spent) in list(state.budgets.items()):
        if account == f"learner:{goes}":
            held, before = state.budgets.get((f"learner:{stays}", day), (0, 0))
            state.budgets[f"learner:{stays}", day] = (held, before + spent)
            del state.budgets[account, day]
