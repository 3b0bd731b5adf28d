"""An answer begins with what was asked, and never points at code that it does not show."""

from __future__ import annotations

import re

import pytest

from bot.domain.answer import Answer, Outcome, Question
from tests.answers.test_refusals import opened

ML, WEB = "ml-engineer-40", "full-stack-ml-36"


def asked(text: str, roadmap: str = ML) -> Answer:
    catalog, desk = opened()
    return desk.answer(Question(text, catalog.roadmap(roadmap), 5))


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("backprop", "Backpropagation finds how much each weight"),
        ("explain transfer learning", "Transfer learning reuses a network"),
        ("what is a word embedding?", "A word embedding gives each word"),
        ("uvicorn, what is it", "ASGI is the Python standard for asynchronous web servers; Uvicorn is such a server"),
        ("what does elif do", '`elif`, short for "else if"'),
    ],
)
def test_whoever_asks_for_a_name_alone_hears_first_what_it_is(text: str, begins: str) -> None:
    answer = asked(text)
    assert answer.kind == "definition"
    assert str(answer.text).startswith(begins)


@pytest.mark.parametrize(
    ("text", "roadmap"),
    [
        ("why is my accuracy 99 % and no fraud is found?", ML),
        ("relu vs sigmoid", ML),
        ("what does maxpooling throw away", ML),
        ("how should passwords be stored", WEB),
        ("go to another page without reload in react", WEB),
    ],
)
def test_an_answer_without_code_does_not_speak_of_its_lines(text: str, roadmap: str) -> None:
    answer = asked(text, roadmap)
    said = str(answer.text).lower()
    assert answer.outcome is Outcome.ANSWERED
    assert "```" not in said
    for pointing in ("lines that matter", "here is", "here are", "this flask app", "this react app", "the code"):
        assert not re.search(rf"\b{pointing}\b", said)  # "there is" points at nothing


def test_an_answer_with_code_keeps_what_is_said_of_it() -> None:
    said = str(asked("show me accuracy in python").text)
    assert "```python" in said
    assert "The code scores" in said
