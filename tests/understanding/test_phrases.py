"""The phrase files are sound, the model that ships is theirs, and organisers may add their own."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from bot.domain.intent import INTENTS
from bot.understanding.compiled import fingerprint
from bot.understanding.model import load
from bot.understanding.phrases import HOLD, Phrases, load_phrases
from bot.understanding.reader import Reader
from bot.understanding.templates import expand, size
from tests.understanding.evaluate import CONTENT, SETS
from tests.understanding.scoring import read_lines

MAIN = {"next", "week", "done", "undo", "progress", "pause", "resume", "snooze", "quiz", "ask", "stuck", "help", "stop"}


def test_every_phrase_belongs_to_an_intent(phrases: Phrases) -> None:
    named = {intent for locale in phrases.locales.values() for intent in locale.intents}
    assert named <= {*INTENTS, HOLD}


@pytest.mark.parametrize("locale", ["en", "es", "hi", "ru", "de", "pt", "fr", "id", "ar", "zh"])
def test_each_language_says_the_main_intents(phrases: Phrases, locale: str) -> None:
    assert phrases.locales[locale].intents.keys() >= MAIN


def test_the_model_that_ships_was_trained_on_these_phrases(phrases: Phrases) -> None:
    assert load(phrases.model).digest == fingerprint(phrases), "run `make phrases`"


def test_a_template_stands_for_its_alternatives() -> None:
    assert size("(show|open) week <n>") == 2
    found = expand("(show|open|) week <n>", {"n": ("7",)}, 10, Random(1))
    assert sorted(found) == ["open week 7", "show week 7", "week 7"]


def test_an_organisers_own_phrase_is_understood_at_once(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    for path in (*CONTENT.glob("*.yaml"), *CONTENT.glob("shared/*")):
        (tmp_path / path.relative_to(CONTENT)).write_bytes(path.read_bytes())
    (tmp_path / "nl.yaml").write_text("intents:\n  next: |\n    (wat nu|en nu verder)\n", encoding="utf-8")
    reader = Reader(load_phrases(tmp_path))
    assert reader.read("en nu verder?").intents[0].name == "next"
    assert reader.read("hey please en nu verder, thanks").intents[0].name == "next"
    assert reader.read("what's next").intents[0].name == "next"


def test_a_file_that_is_no_model_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="make phrases"):
        load(b"something else")


def test_evaluation_lines_do_not_stand_in_the_phrases_word_for_word(phrases: Phrases) -> None:
    """Short everyday lines may; longer ones would make the figures worth nothing."""
    plain = {line for locale in phrases.locales.values() for lines in locale.intents.values() for line in lines}
    lines = [line for name in ("test", "blind") for line in read_lines(SETS / f"{name}.jsonl")]
    copied = [line.text for line in lines if line.text in plain and len(line.text.split()) > 4]
    assert copied == []


@pytest.mark.parametrize("name", ["tune", "test", "blind"])
def test_evaluation_lines_name_real_intents(name: str) -> None:
    for row in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        line = json.loads(row)
        assert {*line["expect"], *line.get("multi", ()), *line.get("must_not", ())} <= {*INTENTS, "out_of_scope"}
