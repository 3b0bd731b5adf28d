"""Spots a line of code by its marks: `done = [1, 2]`, `mark_done(3)`, `done += 1`. Nobody wishes anything with it."""

from __future__ import annotations

import re

_LINK = re.compile(r"\S+://\S+|\bwww\.\S+")
_CODE = re.compile(
    r"""[^\W\d]\s?(?:[=!]=|[-+*|&:]?=)\s?[\w\["'({]   # an assignment or a comparison, but not `3 = done`
    |\w(?:->|=>|::)\w
    |[^\W\d][(\[](?:\d|["')\]])                        # a call or an index, without the space that people leave
    |[^\W\d]_[^\W\d]\w*[(\[]
    |\{\s*["'\w]+\s*:
    |</?[a-z][\w-]*>
    """,
    re.VERBOSE,
)


def looks_like_code(text: str) -> bool:
    """Whether a text has marks that code is written with and people who speak of their tasks are not."""
    return bool(_CODE.search(_LINK.sub(" ", text)))
