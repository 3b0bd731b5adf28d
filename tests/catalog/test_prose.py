"""Prose is what is left when the code is taken away; its words, sentences and grade are counted."""

from __future__ import annotations

import pytest

from bot.catalog.names import plain_name
from bot.catalog.prose import count_syllables, count_words, prose_lines, reading_grade, sentences


def test_code_headings_and_addresses_are_no_words() -> None:
    text = "## A heading\n\nTwo words and `some code` in [a link](https://example.org/x).\n\n```python\nx = 1\n```\n"

    assert count_words(text) == 7  # Two words and [code] in a link


def test_inline_code_is_blanked_without_moving_a_line() -> None:
    assert list(prose_lines("a `b!` c\n``d\n`e`!`` f\n")) == [(1, "a `xx` c"), (2, "`x"), (3, "xxxx` f"), (4, "")]


def test_sentences_end_at_marks_and_at_paragraphs_and_each_bullet_is_one() -> None:
    text = "One here. Two `x.y`? \nStill two\n\nThree\n\n- Four\n- Five, e.g. 1.5 or so\n\n| a | b |\n|---|---|\n"

    assert sentences(text) == ["One here.", "Two code?", "Still two", "Three", "Four", "Five, e.g.", "1.5 or so"]


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("loops", 1), ("make", 1), ("table", 2), ("used", 1), ("started", 2), ("python", 2), ("variable", 3),
     ("regularization", 6), ("the", 1), ("xml", 1), ("classes", 2)],
)  # fmt: skip
def test_syllables_are_counted_about_right(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_hard_prose_has_a_higher_grade_than_easy_prose() -> None:
    easy = "The cat sat on the mat. The dog ran to the cat. They were glad."
    hard = (
        "Regularization methodologies systematically penalise disproportionately influential coefficients, thereby "
        "ameliorating generalisation characteristics under distributional perturbations of the underlying population."
    )

    assert reading_grade(easy) < 3
    assert reading_grade(hard) > 20
    assert reading_grade("```\ncode\n```") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("K-Nearest Neighbors", "k nearest neighbors"),
        ("What is SMOTE?", "what is smote"),
        ("train_test_split", "train-test split"),
        ("print()", "print"),
        ("  Loops ", "loops"),
        ("`useEffect`", "useEffect"),
        ("CI/CD", "ci cd"),
    ],
)
def test_names_are_one_when_people_mean_the_same(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C", "C#"), ("x[0]", "x 0"), ("Node.js", "nodejs")])
def test_names_differ_when_the_marks_matter(one: str, other: str) -> None:
    assert plain_name(one) != plain_name(other)
