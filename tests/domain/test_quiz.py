"""Quiz items laid out for one tap."""

from __future__ import annotations

from bot.domain.quiz import Asked, drawn, sheet
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


def test_items_known_already_come_last_and_those_of_the_last_quiz_after_them() -> None:
    asked = Asked(frozenset({"a-1"}), frozenset({"a-2"}))
    assert drawn([[SINGLE, SEVERAL, ORDER]], [], asked, 1) == ("a-3", "a-1", "a-2")


def test_a_quiz_is_spread_over_the_notes() -> None:
    assert "b-1" in drawn([[SINGLE, SEVERAL, ORDER], [named("b-1")]], [], Asked(), 4)[:2]


def test_three_of_five_are_about_the_weeks_own_topics_wherever_there_are_three() -> None:
    further = [[named(f"{note}-{n}") for n in range(6)] for note in "bcdef"]
    for seed in range(30):
        assert [i[0] for i in drawn([[named(f"a-{n}") for n in range(6)]], further, Asked(), seed)].count("a") == 3
        assert len(drawn([[named("a-1")]], further, Asked(), seed)) == 5
        assert len(drawn([[named(f"a-{n}") for n in range(6)]], [], Asked(), seed)) == 5


def test_neither_the_first_step_nor_the_last_tells_the_right_order() -> None:
    for seed in range(60):
        choices = sheet(ORDER, seed).choices
        labels = [choice.label for choice in choices]
        assert len(set(labels)) == 4
        for end in (0, -1):
            ends = sorted(label[end] for label in labels)
            assert ends[0] == ends[1] != ends[2] == ends[3]


def test_of_three_steps_the_right_order_shares_its_first_and_its_last_step_with_another() -> None:
    short = OrderItem("a-4", SectionKey.EXAMPLE, "?", ("first", "second", "third"), "because")
    for seed in range(60):
        shown = sheet(short, seed)
        for end in (0, -1):
            assert sum(choice.label[end] == shown.right.label[end] for choice in shown.choices) > 1


def test_a_wrong_set_knows_what_does_not_belong_and_what_is_missing() -> None:
    shown = sheet(SEVERAL, 7)
    lines = dict(shown.lines)
    for choice in shown.choices:
        chosen = set(choice.label.split(", "))
        assert {lines[letter] for letter, _ in choice.wrong} == {lines[c] for c in chosen} - {"x", "y"}
        assert {lines[letter] for letter in choice.missed} == {"x", "y"} - {lines[c] for c in chosen}


def test_a_wrong_order_knows_its_first_step_out_of_place() -> None:
    shown = sheet(ORDER, 3)
    right = shown.right.label.split(" → ")
    for choice in shown.choices:
        if not choice.right:
            said = choice.label.split(" → ")
            assert said[said.index(choice.step)] != right[said.index(choice.step)] == choice.wanted
            assert said[: said.index(choice.step)] == right[: said.index(choice.step)]


def named(item_id: str) -> ChoiceItem:
    return ChoiceItem(item_id, QuizKind.SINGLE, SectionKey.IDEA, "?", OPTIONS, "because")
