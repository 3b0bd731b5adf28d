"""The style page's rules for a quiz: enough kinds, enough sections, and no right answer that its length gives away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.catalog.note_checks import CODE_WIDTH
from bot.catalog.note_file import QuizFile
from bot.catalog.problems import Problem
from bot.catalog.prose_checks import wording_problems
from bot.domain.topic import ChoiceItem, OrderItem, QuizKind

LEAST_KINDS = 3
LEAST_SECTIONS = 3
_CATCH_ALL = re.compile(r"\b(?:(?:all|none|both|neither|any) of )?the above\b", re.I)
_Rule = Callable[[QuizFile], Iterator[Problem]]


def check_quiz(quiz: QuizFile) -> Iterator[Problem]:
    """Every problem of one quiz."""
    yield from quiz.problems
    if not quiz.problems:
        for rule in (_ids, _spread, _balance, _wording, _width):
            yield from rule(quiz)


def _ids(quiz: QuizFile) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, item in enumerate(quiz.items):
        if item.id.rpartition("-")[0] != quiz.note:
            remedy = f"Name it `{quiz.note}-{place + 1}`."
            yield quiz.problem((place, "id"), f"`{item.id}` does not belong to `{quiz.note}`", remedy)
        if item.id in seen:
            yield quiz.problem((place, "id"), f"`{item.id}` is given twice", "Take the next free number.")
        seen.add(item.id)


def _spread(quiz: QuizFile) -> Iterator[Problem]:
    kinds, sections = {item.kind for item in quiz.items}, {item.section for item in quiz.items}
    if len(kinds) < LEAST_KINDS:
        problem = f"the quiz has {len(kinds)} kind(s) of item: {', '.join(sorted(kinds))}"
        yield quiz.problem((), problem, f"Use {LEAST_KINDS} kinds or more.")
    if len(sections) < LEAST_SECTIONS:
        problem = f"the quiz asks about {len(sections)} section(s): {', '.join(sorted(sections))}"
        yield quiz.problem((), problem, f"Spread it over {LEAST_SECTIONS} or more.")


def _balance(quiz: QuizFile) -> Iterator[Problem]:
    choices = [i for i in quiz.items if isinstance(i, ChoiceItem) and i.kind is not QuizKind.SEVERAL]
    longest = [item for item in choices if _right_is_longest(item)]
    if choices and len(longest) * 2 >= len(choices):
        names = ", ".join(item.id for item in longest)
        problem = f"the right option is the longest in {len(longest)} of {len(choices)} items ({names})"
        yield quiz.problem((), problem, "Make it so in fewer than half: shorten it, or spell out a wrong one.")


def _right_is_longest(item: ChoiceItem) -> bool:
    right = item.options[item.right[0]]
    return all(len(right.text) > len(option.text) for option in item.options if option is not right)


def _wording(quiz: QuizFile) -> Iterator[Problem]:
    for place, item in enumerate(quiz.items):
        texts = [item.ask, item.explain, *(item.steps if isinstance(item, OrderItem) else _whys(item))]
        for text in texts:
            for _, problem, remedy in wording_problems(text):
                yield quiz.problem((place,), f"{item.id}: `{text[:40]}` {problem}", remedy)
        if isinstance(item, ChoiceItem) and any(_CATCH_ALL.search(option.text) for option in item.options):
            yield quiz.problem((place, "options"), f"{item.id} has a catch-all option", "Write a mistake people make.")


def _whys(item: ChoiceItem) -> list[str]:
    return [option.why for option in item.options]


def _width(quiz: QuizFile) -> Iterator[Problem]:
    for place, item in enumerate(quiz.items):
        code = item.code if isinstance(item, ChoiceItem) else ""
        if any(len(line) > CODE_WIDTH for line in code.splitlines()):
            yield quiz.problem((place, "code"), f"{item.id} has code over {CODE_WIDTH} characters", "Break the line.")
