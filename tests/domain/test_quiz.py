"""Quiz items laid out for one tap."""

from __future__ import annotations

from bot.domain.quiz import drawn, sheet
from bot.domain.topic import ChoiceItem, Option, OrderItem, QuizKind, SectionKey

OPTIONS = (Option("x", right=True), Option("y", why="no"), Option("z", why="no"))
SINGLE = ChoiceItem("a-1", QuizKind.SINGLE, SectionKey.IDEA, "?", OPTIONS, "because")
SEVERAL = ChoiceItem(
    "a-2", QuizKind.SEVERAL, SectionKey.IDEA, "?", tuple(Option(t, right=t in "xy") for t in "wxyz"), "because"
)
ORDER = OrderItem("a-3", SectionKey.EXAMPLE, "?", ("first", "second", "third", "fourth"), "because")


def test_one_choice_is_right_whatever_the_kind_and_the_shuffle() -> None:
    for item in (SINGLE, SEVERAL, ORDER):
        for seed in range(30):
            assert sum(choice.right for choice in sheet(item, seed).choices) == 1


def test_the_right_letters_stand_before_the_right_lines() -> None:
    shown = sheet(SEVERAL, 7)
    lines = dict(shown.lines)
    assert {lines[letter] for letter in shown.right.label.split(", ")} == {"x", "y"}


def test_the_right_order_puts_the_steps_as_they_were_written() -> None:
    shown = sheet(ORDER, 3)
    lines = dict(shown.lines)
    assert tuple(lines[letter] for letter in shown.right.label.split(" → ")) == ORDER.steps


def test_the_same_seed_shows_the_same_sheet() -> None:
    assert sheet(SINGLE, 5) == sheet(SINGLE, 5)
    assert len({sheet(SINGLE, seed).lines for seed in range(20)}) > 1


def test_items_known_already_come_last() -> None:
    assert drawn([[SINGLE, SEVERAL, ORDER]], frozenset({"a-1"}), 1)[-1] == "a-1"


def test_a_quiz_is_spread_over_the_notes() -> None:
    other = ChoiceItem("b-1", QuizKind.SINGLE, SectionKey.IDEA, "?", SINGLE.options, "because")
    assert "b-1" in drawn([[SINGLE, SEVERAL, ORDER], [other]], frozenset(), 4)[:2]
