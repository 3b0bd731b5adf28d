"""Checks what a model said before anybody sees it: its citations, its links, its length, its rules kept to itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.prompt import CANARY
from bot.answers.sources import Source
from bot.domain.answer import Answer, Outcome
from bot.domain.text import Prose, clean

LONGEST = 1800
SHORTEST = 20
_CITED = re.compile(r"\s*\[\s*(?:source\s*)?[Ss]?\d+(?:\s*[,;]\s*[Ss]?\d+)*\s*\]")
_ID = re.compile(r"\d+")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*[^)]*\)|<?\b(?:https?://|www\.)[^\s>)\]]+>?")
_TAG = re.compile(r"</?[a-zA-Z!][^>\n]*>")
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)")
_HALF = re.compile(r"\[[^\]\n]*$")


def shown(text: str) -> str:
    """What may be shown while the answer is still being made: no ids, no links, no half of either."""
    return _tidy(_HALF.sub("", text))[:LONGEST]


def checked(text: str, sources: Sequence[Source]) -> Answer | None:
    """The answer, with the citations that were sent and named; None when there is none left, or it cannot be shown."""
    if CANARY in text:
        return None
    known = {source.id[1:]: source for source in sources}
    named = [number for match in _CITED.finditer(text) for number in _ID.findall(match[0])]
    cited = [known[number] for number in dict.fromkeys(named) if number in known]
    said = _whole(_tidy(text))
    if not cited or len(said) < SHORTEST:
        return None
    citations = tuple(source.citation for source in cited)
    return Answer(Outcome.ANSWERED, Prose(said), citations, source="model", passages=tuple(s.id for s in cited))


def _tidy(text: str) -> str:
    """Text without ids, links, tags and calls to everybody; code keeps its signs."""
    parts = re.split(r"(```.*?(?:```|\Z))", clean(text, 4 * LONGEST), flags=re.DOTALL)
    return "".join(part if part.startswith("```") else _plain(part) for part in parts).strip()


def _plain(text: str) -> str:
    text = _CITED.sub("", text)
    text = _LINK.sub(lambda match: match[1] or "", text)
    return _MENTION.sub("@\u200b", _TAG.sub("", text))


def _whole(text: str) -> str:
    """Text that ends where a sentence or a block of code does."""
    text = text[:LONGEST]
    if text.count("```") % 2:
        text = text[: text.rindex("```")].rstrip()
    if text.endswith((".", "!", "?", "`", ")")):
        return text
    ends = [text.rfind(sign) for sign in (". ", ".\n", "? ", "! ", "```")]
    return text[: max(ends) + 1].strip() if max(ends) > 0 else text
