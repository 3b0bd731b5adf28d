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
MANY_SHORTEST = 3  # chance makes it so in a third of the items, so one or two say nothing
_CATCH_ALL = re.compile(r"\b(?:(?:all|none|both|neither|any) of )?the above\b", re.I)
_Rule = Callable[[QuizFile], Iterator[Problem]]


def check_quiz(quiz: QuizFile) -> Iterator[Problem]:
    """Every problem of one quiz."""
    yield from quiz.problems
    if not quiz.problems:
        for rule in (_ids, _spread, _longest, _shortest, _wording, _width):
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


def _longest(quiz: QuizFile) -> Iterator[Problem]:
    choices = [i for i in quiz.items if isinstance(i, ChoiceItem) and i.kind is not QuizKind.SEVERAL]
    longest = [item for item in choices if _right_is(max, item)]
    if choices and len(longest) * 2 >= len(choices):
        remedy = "Make it so in fewer than half: shorten it, or spell out a wrong one."
        yield _given_away(quiz, "longest", longest, choices, remedy)


def _shortest(quiz: QuizFile) -> Iterator[Problem]:
    # Only where the author chooses the words: what a program prints is as short as it is.
    choices = [i for i in quiz.items if isinstance(i, ChoiceItem) and i.kind in (QuizKind.SINGLE, QuizKind.BUG)]
    shortest = [item for item in choices if _right_is(min, item)]
    if len(shortest) >= MANY_SHORTEST and len(shortest) * 2 > len(choices):
        remedy = "Make it so in half of them at most: spell it out, or shorten a wrong one."
        yield _given_away(quiz, "shortest", shortest, choices, remedy)


def _given_away(
    quiz: QuizFile, length: str, found: list[ChoiceItem], choices: list[ChoiceItem], remedy: str
) -> Problem:
    names = ", ".join(item.id for item in found)
    problem = f"the right option is the {length} in {len(found)} of {len(choices)} items ({names})"
    return quiz.problem((), problem, remedy)


def _right_is(extreme: Callable[[list[int]], int], item: ChoiceItem) -> bool:
    """Whether the right option alone has the largest, or the smallest, length."""
    lengths = [len(option.text) for option in item.options]
    right = lengths[item.right[0]]
    return right == extreme(lengths) and lengths.count(right) == 1


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
