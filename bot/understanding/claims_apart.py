"""Tells the sure half of a claim from the doubtful one: `done 1 and 2, bo did 3`, `finished 4 and maybe 5`."""

from __future__ import annotations

from bot.understanding.claims import doubtful_claim
from bot.understanding.clauses import clauses_of
from bot.understanding.not_done import is_not_done
from bot.understanding.questions import asks
from bot.understanding.sentence import Sentence
from bot.understanding.task_slots import task_slots

_CONDITIONS = frozenset(("if", "when", "once", "after", "unless", "until", "till", "or", "before", "while"))
"""Words that may hang the first half on the second."""


def parted(sentence: Sentence) -> tuple[Sentence, Sentence] | None:
    """The clauses in front that say outright what is done, and those behind them that may not; None where a claim is
    doubtful as a whole. Each half names tasks of its own."""
    if any(token.text in _CONDITIONS or "?" in token.text for token in sentence.tokens):
        return None
    cuts = clauses_of(sentence)
    sure = 0
    while sure < len(cuts) and _is_sure(sentence.part(*cuts[sure])):
        sure += 1
    if not 0 < sure < len(cuts):
        return None
    head, tail = sentence.part(0, cuts[sure - 1][1]), sentence.part(cuts[sure][0], len(sentence.tokens))
    return (head, tail) if _tasks(tail) and not _tasks(head) & _tasks(tail) and not tail.has("negators") else None


def _is_sure(clause: Sentence) -> bool:
    slots = task_slots(clause)
    told = clause.has("finish") and bool(slots.keys() & {"tasks"})
    return told and not (asks(clause) or is_not_done(clause) or doubtful_claim(clause, slots))


def _tasks(sentence: Sentence) -> set[int]:
    return {int(span.value) for span in sentence.of_kind("number")}
