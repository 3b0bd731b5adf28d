"""The index is built beside the process that answers, which goes on meanwhile."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from bot.app import study, warmed
from bot.catalog.loader import load_catalog
from bot.domain.answer import Question
from bot.resources import shipped

CONTENT = shipped("content")


async def test_while_the_index_is_built_the_loop_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    catalog = load_catalog(CONTENT)
    shelf = study(CONTENT, catalog)
    warming = asyncio.create_task(warmed(CONTENT, shelf))
    longest = 0.0
    while not warming.done():
        begun = time.perf_counter()
        await asyncio.sleep(0.005)
        longest = max(longest, time.perf_counter() - begun)
    await warming
    assert list(tmp_path.rglob("answers-*.json"))  # noqa: ASYNC240 - nothing else runs any more
    assert longest < 1.5  # a quarter of it here; there is room for a busy machine
    begun = time.perf_counter()
    shelf.answers.answer(Question("what is overfitting", catalog.roadmap("ml-engineer-40")))
    assert time.perf_counter() - begun < 1.0
