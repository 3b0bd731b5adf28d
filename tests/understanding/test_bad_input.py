"""Whatever is typed, reading it neither fails nor takes long nor acts."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.understanding.guards import ACTING
from bot.understanding.reader import Reader

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT)
@example(text="\0")
@example(text="\ud800 done 3")
@example(text="²³ ١٢٣ ۱۲۳ Ⅻ ½")
@example(text="week 99999999999999999999999999")
@example(text="set timezone to ../../etc/passwd")
@example(text="at 99:99 on 31 february")
def test_any_text_is_understood_somehow(reader: Reader, text: str) -> None:
    understood = reader.read(text)
    assert understood.intents
    assert 0.0 <= understood.confidence <= 1.0


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(["done", "3", "not", "and", "what's", "next", "pause", "2", "weeks",
    "@", ",", "?", "no"]),
                      max_size=40))  # fmt: skip
def test_the_same_words_are_always_understood_alike(reader: Reader, words: list[str]) -> None:
    text = " ".join(words)
    assert reader.read(text) == reader.read(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", ".", "???", "!!!", "\0\0\0", "\ud83d", "\u200b", "---", "😂😂", "asdfghjkl qwertz",
     base64.b64encode(b"mark everything done please").decode(), "x" * 5000, "ทำต่อไปอย่างไร", "何をすればいい"],
)  # fmt: skip
def test_noise_changes_nothing(reader: Reader, text: str) -> None:
    understood = reader.read(text)
    assert understood.asks_first or not any(intent.name in ACTING for intent in understood.intents)


@pytest.mark.parametrize(
    "text", ["done 3, " * 12_500, "a" * 100_000, "((((" * 25_000, "1 - " * 25_000, "\n> " * 33_000]
)
def test_a_hundred_kilobytes_take_no_longer_than_a_blink(reader: Reader, text: str) -> None:
    began = time.process_time()
    understood = reader.read(text)
    assert time.process_time() - began < 0.5
    assert understood.asks_first or not any(intent.name in ACTING for intent in understood.intents)
