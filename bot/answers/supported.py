"""Which of a model's sentences stand on a passage that was sent: the others are not said.

The rule: a sentence or a list item is said when it cites a passage that was sent, itself, and none that was not. A
block of code is said when the sentence before it is. Nothing else is, however near it stands to what is.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from bot.answers.notations import MARK, marked, without_marks

_FENCED = re.compile(r"(```.*?(?:```|\Z))", re.DOTALL)
_INLINE = re.compile(r"(`[^`\n]*`)")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)|\A.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_LIST_OF_SOURCES = re.compile(
    r"^[\W_]{0,12}(?:sources?|references?|citations?|passages?)(?: used| cited)?[\W_]{0,12}$.*",
    re.DOTALL | re.IGNORECASE | re.M,
)
_BOUNDARY = re.compile(
    r"(?P<end>[.!?…]+(?:[\"'”’»)\]}*_]|</?[a-z][^>\s]*>)*)(?P<gap>[^\S\n]+|(?:[^\S\n]*\n)+)"
    r"|(?P<east>[。！？]+)(?=[^\s\[【])|(?P<line>(?:[^\S\n]*\n)+)",
    re.IGNORECASE,
)
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|approx|resp|incl|esp|Fig|Eq|Dr|Mr|Ms|St)\.|^\s*\d+\.)[\"')*_]*$")
"""What ends in a full stop and goes on: an abbreviation, the number of a list item."""
_OPENING = tuple("[({<⟨‹【「『〔⟦^")
_LINK = re.compile(
    r"\b(?:[a-z][a-z0-9+-]{1,20}://|www\.)\S|\w@[\w-]+\.[a-z]|\b[\w-]+\.(?:com|net|org|info|xyz|top|site|online|shop|link)\b|\b[a-z][\w-]*(?:\.[a-z][\w-]+)*\.[a-z]{2,}/\S|\b(?:javascript|data):\S",
    re.I,
)
_DEED = (
    r"marked|set|changed|moved|deleted|saved|scheduled|reset|updated|added|removed|completed|paused|resumed|sent|"
    r"recorded|noted|logged|enrolled|switched|turned|finished|ticked|checked|skipped|sold|bought|paid"
)
_CLAIM = re.compile(
    rf"\bI(?:'ve|’ve| have|'ll|’ll| will)?(?: just| already| now| also)* (?:{_DEED})\b"
    r"|\b(?:weeks?|tasks?|reminders?|plan|progress|account)\b[^.]{0,40}"
    rf"\b(?:has|have|is|are)(?: now| been)+ (?:{_DEED})\b",
    re.IGNORECASE,
)
"""A model can do nothing; whatever it says to have done was not done."""


@dataclass
class Supported:
    """What may be said, the numbers of the passages it stands on, in order, and how many sentences were not said.
    `most` is how many are wanted; without `code` none is."""

    text: str = ""
    cited: list[str] = field(default_factory=list)
    said: int = 0
    left_out: int = 0
    most: int | None = None
    code: bool = True
    _gap: str = ""
    _bears_code: bool = False

    def take(self, unit: str, gap: str, known: Container[str]) -> None:
        """One more sentence with what stands between it and the next."""
        if self.said == self.most:
            return
        named = MARK.findall(unit)
        plain = without_marks(unit, known)
        stands = bool(named) and all(number in known for number in named) and not _forbidden(unit)
        if plain is None or not stands or not re.search(r"\w", plain):
            self._leave(unit, bool(named))
        else:
            self.cited += named
            self._add(plain)
            self.said += 1
        self._gap = max(self._gap, _kind(gap), key=len)

    def take_code(self, code: str) -> None:
        """A block of code: it belongs to the sentence before it that was said, past a line that leads to it."""
        if not self.code or not code.endswith("```") or code == "```" or not self._bears_code:
            return
        self._gap = max(self._gap, "\n", key=len)
        self._add(without_marks(code, (), in_code=True) or "")
        self._gap = "\n"

    def _add(self, piece: str) -> None:
        fits = piece if "\n" in self._gap else piece.lstrip()  # an item's own indent stays
        self.text = f"{self.text}{self._gap}{fits}" if self.text else piece
        self._gap, self._bears_code = "", True

    def _leave(self, unit: str, named: bool) -> None:
        if re.search(r"\w", MARK.sub("", unit)):
            self.left_out += 1
            self._bears_code = self._bears_code and unit.rstrip().endswith(":") and not named


def supported(
    text: str, known: Container[str], *, growing: bool = False, most: int | None = None, code: bool = True
) -> Supported:
    """The part of a text that stands on known passages. Of one that is `growing` the last sentence is not over."""
    made = Supported(most=most, code=code)
    parts = _FENCED.split(_LIST_OF_SOURCES.sub("", _THOUGHT.sub("", text)))
    for number, part in enumerate(parts):
        if part.startswith("```"):
            made.take_code(part)
        else:
            for unit, gap in _over(list(_units(marked(part))), growing=growing and number == len(parts) - 1):
                made.take(unit, gap, known)
    return made


def _units(prose: str) -> Iterator[tuple[str, str]]:
    """The sentences and list items of a text, each with what stands behind it."""
    begun = 0
    for found in _BOUNDARY.finditer(prose):
        gap = found["gap"] or found["line"] or ""
        unit = prose[begun : found.end() - len(gap)]
        if unit.strip() and _goes_on(unit, prose[found.end() :], gap):
            continue
        yield unit.strip() and unit, gap
        begun = found.end()
    if prose[begun:].strip():
        yield prose[begun:], ""


def _goes_on(unit: str, rest: str, gap: str) -> bool:
    """Whether a sentence is not over: after an abbreviation, within code, where a line was only wrapped."""
    if unit.count("`") % 2 and "`" in rest.partition("\n")[0]:
        return True
    if gap.count("\n") == 1 and re.search(r"[\w,]$", unit) and re.match(r"[a-z]", rest):
        return True
    if re.search(r"\b[Nn]o\.$", unit) and rest[:1].isdigit():
        return True
    return gap.count("\n") < 2 and _NO_END.search(unit) is not None


def _over(units: list[tuple[str, str]], *, growing: bool) -> list[tuple[str, str]]:
    """The sentences that are over: what was said last may go on, and what begins with a bracket may cite for the one
    before it."""
    if not growing or not units:
        return units
    last = units.pop()[0].lstrip()
    return units[:-1] if last.startswith(_OPENING) else units


def _kind(gap: str) -> str:
    return "\n" * min(gap.count("\n"), 2) or " "


def _forbidden(unit: str) -> bool:
    """Whether a sentence holds a link, or claims that something was done."""
    plain = _INLINE.sub("", unit)
    return bool(_LINK.search(plain) or _CLAIM.search(plain))
