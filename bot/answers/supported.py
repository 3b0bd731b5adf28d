"""Which of a model's sentences stand on a passage that was sent: the others are not said."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

_FENCED = re.compile(r"(```.*?(?:```|\Z))", re.DOTALL)
_INLINE = re.compile(r"(`[^`\n]*`)")
_IDS = r"(?:sources?\s*:?\s*)?[Ss]\d+(?:\s*(?:,|;|&|and)\s*[Ss]?\d+)*"
_NOTATIONS = re.compile(
    rf"[\[({{【「『〔⟦]\s*{_IDS}\s*[\])}}】」』〕⟧]"
    r"|(?<!\w)\[\s*(?:sources?\s*:?\s*)?\d+(?:\s*[,;]\s*\d+)*\s*\]"
    r"|\(\s*sources?\s*:?\s*\d+(?:\s*[,;]\s*\d+)*\s*\)"
    rf"|\bsources?\s*:?\s*{_IDS}",
    re.IGNORECASE,
)
"""The ways in which models write a citation."""
_MARK = re.compile(r"\s*\[S(\d+)\]")
_BETWEEN = re.compile(r"(\[S\d+\])\s*[,;]+\s*(?=\[S\d+\])")
_AFTER = re.compile(r"([.!?]+)((?:\s*\[S\d+\])+)")
_UNIT = re.compile(r"(.+?)((?<=[.!?])\s+|\n+|\Z)", re.DOTALL)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)|\A.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_LABELLED = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*[^)]*\)")
_LINK = re.compile(
    r"\b(?:https?://|www\.)\S|\b[a-z][\w-]*(?:\.[a-z][\w-]+)*\.[a-z]{2,}/\S|\b(?:javascript|data):\S", re.I
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
    """What may be said, and the numbers of the passages it stands on, in order."""

    text: str = ""
    cited: list[str] = field(default_factory=list)
    waiting: str = ""

    def take(self, unit: str, gap: str, known: Container[str]) -> None:
        """One more sentence: said when it names passages that were sent, kept back when it names none."""
        named = _MARK.findall(unit)
        if any(number not in known for number in named) or _forbidden(unit):
            self.waiting = "\n\n" if "\n\n" in gap else ""
            return
        self.waiting += _MARK.sub("", unit) + gap
        if named:
            self.cited += named
            self.text, self.waiting = self.text + self.waiting, ""

    def take_code(self, code: str) -> None:
        """A block of code: it belongs to what was said before it, with at most a line that leads to it."""
        if not code.endswith("```") or code == "```":
            return
        leads = not self.waiting.strip() or self.waiting.strip().endswith(":")
        self.waiting += code
        if self.cited and leads:
            self.text, self.waiting = self.text + self.waiting, ""

    def drop_waiting(self) -> None:
        """The paragraph is over. What has no passage goes, but for a line that leads to what comes."""
        if not self.waiting.rstrip().endswith(":"):
            self.waiting = "\n\n" if self.text and not self.text.endswith("\n\n") else ""


def supported(text: str, known: Container[str], *, growing: bool = False) -> Supported:
    """The part of a text that stands on known passages. Of one that is `growing` the last sentence is not over."""
    made = Supported()
    for part in _FENCED.split(_THOUGHT.sub("", text)):
        if part.startswith("```"):
            made.take_code(part)
        else:
            _take_prose(made, _noted(part), known)
    if growing:
        return _without_last(text, known)
    made.text = re.sub(r" *\n{3,}", "\n\n", made.text)
    return made


def _without_last(text: str, known: Container[str]) -> Supported:
    units = [match.end() for match in re.finditer(r"[.!?\])】`]\s+(?=[^\s\[(【])|\n+(?=\S)", text)]
    return supported(text[: units[-1]], known) if units else Supported()


def _take_prose(made: Supported, prose: str, known: Container[str]) -> None:
    for block in re.split(r"(?<=\n)(?=\s*\n)", prose):
        for match in _UNIT.finditer(block):
            made.take(match[1], match[2], known)
        if "\n" in block[-1:] and not prose.endswith(block):
            made.drop_waiting()


def _noted(prose: str) -> str:
    """Prose with every citation as [S1], in front of the end of its sentence; code within a line as it is."""
    parts = _INLINE.split(prose)
    prose = "".join(part if part.startswith("`") and len(part) > 1 else _one_notation(part) for part in parts)
    return _AFTER.sub(lambda match: f"{match[2]}{match[1]}", prose)


def _one_notation(prose: str) -> str:
    prose = _LABELLED.sub(lambda match: match[1], prose)
    prose = _NOTATIONS.sub(lambda match: "".join(f"[S{number}]" for number in re.findall(r"\d+", match[0])), prose)
    return _BETWEEN.sub(r"\1", prose)


def _forbidden(unit: str) -> bool:
    """Whether a sentence holds a link, or claims that something was done."""
    plain = _INLINE.sub("", unit)
    return bool(_LINK.search(plain) or _CLAIM.search(plain))
