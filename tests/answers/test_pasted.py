"""Errors as they are pasted, with the frames above them."""

from __future__ import annotations

import pytest

from bot.answers.opening import OfflineAnswers
from bot.answers.pasted import without_frames
from bot.catalog.library import NoteLibrary
from bot.catalog.loader import load_catalog
from bot.domain.answer import Question
from bot.resources import shipped

FRAMES = "".join(
    f'  File "/venv/lib/sklearn/utils/validation.py", line {line}, in check_array_{line}\n    array = _is_{line}(x)\n'
    for line in range(100, 112)
)
NOTEBOOK = f"{'-' * 75}\nValueError     Traceback (most recent call last)\nCell In[3], line 2\n----> 2 fit(x, y)\n\n"
LAST = "ValueError: Expected 2D array, got 1D array instead:\narray=[1. 2. 3.]."


@pytest.mark.parametrize("head", ["Traceback (most recent call last):\n", NOTEBOOK])
def test_of_a_traceback_the_error_and_what_the_learner_wrote_is_left(head: str) -> None:
    assert without_frames(f"why?\n{head}{FRAMES}{LAST}").split("\n", 1) == ["why?", f"\n{LAST}"]


def test_of_errors_that_led_to_another_the_last_is_left() -> None:
    first = f"Traceback (most recent call last):\n{FRAMES}KeyError: 'a'\n\nDuring handling of it, another occurred:\n\n"
    assert without_frames(f"{first}Traceback (most recent call last):\n{FRAMES}{LAST}") == LAST


def test_on_one_line_the_error_is_found_too() -> None:
    folded = " ".join(f"Traceback (most recent call last): {FRAMES} {LAST}".split())
    assert without_frames(folded).startswith("ValueError: Expected 2D array")


def test_the_stack_of_javascript_goes_and_its_error_stays() -> None:
    stack = (
        "TypeError: tasks.map is not a function\n    at TaskList (src/App.jsx:12:9)\n    at renderWithHooks (x.js:1:2)"
    )
    assert without_frames(stack).strip() == "TypeError: tasks.map is not a function"


@pytest.mark.parametrize("text", ["what is a traceback", "Traceback (most recent call last): what is that", "at 9:30"])
def test_what_is_no_pasted_error_stays_as_it_is(text: str) -> None:
    assert without_frames(text) == text


def test_an_error_is_answered_alike_with_and_without_its_traceback() -> None:
    content = shipped("content")
    catalog = load_catalog(content)
    answers = OfflineAnswers(content, catalog, NoteLibrary(content / "topics"))
    pasted = f'Traceback (most recent call last):\n  File "train.py", line 14, in <module>\n{FRAMES}{LAST}'
    found = [answers.answer(Question(text, catalog.roadmap("ml-engineer-40"), 5)) for text in (LAST, pasted)]
    assert found[0].text == found[1].text
    assert "reshape(-1, 1)" in found[1].text
