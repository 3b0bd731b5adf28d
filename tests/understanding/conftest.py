"""A reader of the phrases that ship, made once."""

from __future__ import annotations

import pytest

from bot.understanding.phrases import Phrases, load_phrases
from bot.understanding.reader import Reader
from tests.understanding.evaluate import CONTENT


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return load_phrases(CONTENT)


@pytest.fixture(scope="session")
def reader(phrases: Phrases) -> Reader:
    return Reader(phrases)
