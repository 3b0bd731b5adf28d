"""The SQL that both outboxes, of learners and of groups, take what may go now with."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import PRIORITY

PRIORITIES = sorted(set(PRIORITY.values()))
URGENT = PRIORITIES[:1]
_HERE = "SELECT id FROM (SELECT id FROM {} ORDER BY {} LIMIT $3 /* FOR UPDATE SKIP LOCKED */) AS {}"


def waiting(table: str) -> list[str]:
    """Expressions: when something may go next, by priority, and when a lease ends next."""
    ready = [f"(SELECT min(not_before) FROM {table} WHERE state = 0 AND priority = {n})" for n in PRIORITIES]  # noqa: S608
    return [*ready, f"(SELECT min(lease_until) FROM {table} WHERE state = 1)"]  # noqa: S608 - names of our own


def claim(
    table: str, columns: str, priorities: Sequence[int] = PRIORITIES, only: str = "TRUE", besides: str = ""
) -> str:
    """Take up to $3 until $1 of what may go at $2: what a lease has ended for, then by priority, then by age.

    A lookup for each priority, and one statement for all: a table's whole future may wait in the index before them.
    `only` is one more condition on what waits, `besides` what is taken of other priorities after that.
    """
    lapsed = _HERE.format(f"{table} WHERE state = 1 AND lease_until <= $2", "lease_until", "lapsed")
    ready = [
        _HERE.format(
            f"{table} WHERE state = 0 AND priority = {n} AND not_before <= $2 AND {only}", "not_before", f"ready_{n}"
        )
        for n in priorities
    ]
    if besides:
        waits = f"{table} WHERE state = 0 AND not_before <= $2 AND {besides}"
        ready.append(_HERE.format(waits, "not_before", "besides"))
    free = " UNION ALL ".join([lapsed, *ready])
    return f"UPDATE {table} SET state = 1, lease_until = $1 WHERE id IN ({free} LIMIT $3) RETURNING {columns}"  # noqa: S608
