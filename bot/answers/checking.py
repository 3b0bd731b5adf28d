"""Checks what a model said before anybody sees it: its citations, its links, its length, its rules kept to itself."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache

from bot.answers.prompt import CANARY, RULES, Style
from bot.answers.sources import Source
from bot.answers.supported import Supported, supported
from bot.domain.answer import Answer, Outcome
from bot.domain.text import Prose, clean

LONGEST = 1800
LONGEST_WHOLE = 3000
HINT_SENTENCES = 4
SHORTEST = 20
OVERLAP = 6
"""So many words in a row of the rules, and they are being recited."""
Words = tuple[str, ...]
_TAG = re.compile(r"</?[a-zA-Z!][^>\n]*>")
_MENTION = re.compile(r"@(?=[\w!&])")
_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)", re.DOTALL)


def shown(text: str, sources: Sequence[Source], style: Style = Style.PLAIN) -> str:
    """What may be shown while the answer is still being made: whole sentences that stand on a passage."""
    known = {source.id[1:] for source in sources}
    return _tidy(_read(text, known, style, growing=True).text)[: _longest(style)]


def _read(text: str, known: Container[str], style: Style, *, growing: bool = False) -> Supported:
    """The part that stands on passages; of a hint no more than its first sentences, and no code."""
    most = HINT_SENTENCES if style is Style.HINT else None
    return supported(text, known, growing=growing, most=most, code=style is not Style.HINT)


def _longest(style: Style) -> int:
    return LONGEST_WHOLE if style is Style.WHOLE else LONGEST


def recites(text: str) -> bool:
    """Whether a text repeats the rules that a model was given."""
    if re.sub(r"\W", "", CANARY) in re.sub(r"\W", "", text.lower()):
        return True
    return not _rules().isdisjoint(_runs(text))


@cache
def _rules() -> frozenset[Words]:
    return frozenset(_runs("\n".join((RULES, *(style.value for style in Style)))))


def _runs(text: str) -> set[Words]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + OVERLAP]) for at in range(len(words) - OVERLAP + 1)}


def checked(text: str, sources: Sequence[Source], style: Style = Style.PLAIN) -> Answer | None:
    """The answer, with the citations that were sent and named; None when less than half of it stands on them, or it
    cannot be shown."""
    if recites(text):
        return None
    known = {source.id[1:]: source for source in sources}
    found = _read(text, known, style)
    cited = [known[number] for number in dict.fromkeys(found.cited)]
    said = _whole(_tidy(found.text), _longest(style))
    if not cited or len(said) < SHORTEST or found.said < found.left_out:
        return None
    citations = tuple(source.citation for source in cited)
    return Answer(Outcome.ANSWERED, Prose(said), citations, source="model", passages=tuple(s.id for s in cited))


def _tidy(text: str) -> str:
    """Text without tags and calls to anybody; code keeps its signs."""
    parts = _CODE.split(clean(text, 4 * LONGEST_WHOLE))
    return "".join(part if part.startswith("`") else _plain(part) for part in parts).strip()


def _plain(text: str) -> str:
    return _MENTION.sub("@\u200b", _TAG.sub("", text))


def _whole(text: str, longest: int) -> str:
    """Text that ends where a sentence or a block of code does."""
    text = text[:longest]
    if text.count("```") % 2:
        text = text[: text.rindex("```")].rstrip()
    if text.endswith((".", "!", "?", "`", ")")):
        return text
    ends = [text.rfind(sign) for sign in (". ", ".\n", "? ", "! ", "```")]
    return text[: max(ends) + 1].strip() if max(ends) > 0 else text
