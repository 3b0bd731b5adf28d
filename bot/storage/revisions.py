"""The schema's revisions, read from the migrations themselves: Alembic, which is only needed to run them, takes a fifth
of a start to load."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.resources import shipped

_REVISION = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)
_BEFORE = re.compile(r'^down_revision = "(\w+)"$', re.MULTILINE)


@lru_cache(maxsize=1)
def revisions() -> Mapping[str, str]:
    """Every revision with the one before it, "" for the first."""
    texts = [file.read_text(encoding="utf-8") for file in (shipped("migrations") / "versions").glob("*.py")]
    found = [(_REVISION.search(text), _BEFORE.search(text)) for text in texts]
    return {revision[1]: before[1] if before else "" for revision, before in found if revision}


def newest() -> str:
    """The revision that no other follows."""
    known = revisions()
    return (known.keys() - set(known.values())).pop()
