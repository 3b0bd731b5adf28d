from __future__ import annotations

from pathlib import Path

from tests.docs.transcript import LINES, in_readme, spoken


async def test_the_readme_shows_what_the_mentor_says(tmp_path: Path) -> None:
    """After a change of words: python -m tests.docs.transcript"""
    assert in_readme() == await spoken(LINES, tmp_path)


async def test_the_conversation_gets_somewhere(tmp_path: Path) -> None:
    """A transcript of refusals would be true as well."""
    said = await spoken(LINES, tmp_path)
    assert all(word in said for word in ("You're in, Ada", "First step, 15 minutes", "Done: 1", "Week 15-16", "1 of "))
