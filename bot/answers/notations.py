"""How models write citations: every way that is known becomes [S1], and a sentence with what is left of one is none."""

from __future__ import annotations

import re
from collections.abc import Container

# What repeats is bounded throughout: a model may loop on a bracket, and no pattern may try all of that with all of it.
MARK = re.compile(r"\s{0,40}\[S(\d{1,9})\]")
_OPEN, _CLOSE = r"\\?[\[({<⟨‹【「『〔⟦]", r"\\?[\])}>⟩›】」』〕⟧]"
_WORD = r"(?:see\s{1,4})?(?:(?:sources?|passages?|references?|refs?|citations?|notes?|ids?)\s{0,4}[.:#]?\s{0,4})"
_MORE = r"(?:\s{0,4}(?:,|;|&|and|to|-|–)\s{0,4}"
_IDS = rf"{_WORD}?\^?S\s?(?!3\b)\d+{_MORE}{_WORD}?S?\s?\d+)*"
_NUMBERS = rf"{_WORD}?\^?[1-9]\d*{_MORE}[1-9]\d*)*"
_NOTATIONS = re.compile(
    rf"{_OPEN}{{1,4}}\s{{0,4}}{_IDS}\s{{0,4}}(?:†[^\])}}>】\n]{{0,80}})?{_CLOSE}{{1,4}}"
    rf"|(?<![\w\]])\\?\[\s{{0,4}}{_NUMBERS}\s{{0,4}}\\?\](?!\()"
    rf"|【\s{{0,4}}{_NUMBERS}\s{{0,4}}】"
    rf"|\(\s{{0,4}}{_WORD}[1-9]\d*{_MORE}[1-9]\d*)*\s{{0,4}}\)"
    rf"|\b(?:sources?|passages?)\s{{0,4}}:?\s{{0,4}}{_IDS}"
    r"|<(sup|cite|ref)\b[^>]*>\s*\[?S?(?:\d+)\]?\s*</\1>",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"!?\[([^\]\n]{0,400})\]\([^)]{0,800}\)")
_ID = re.compile(r"\^?S?\d+", re.IGNORECASE)
_AS_CODE = re.compile(r"`\s*(\[S\d+\](?:[,;\s]*\[S\d+\])*)\s*`", re.IGNORECASE)
_INLINE = re.compile(r"(`[^`\n]*`)")
_BETWEEN = re.compile(r"(\[S\d+\])\s*[,;]+\s*(?=\[S\d+\])")
_STRESSED = re.compile(r"(\*{1,3}|_{1,3})((?:\s*\[S\d+\])+)\1")
_LINES = re.compile(r"<br\s*/?>|</(?:p|li|div|h\d)>", re.IGNORECASE)
_AFTER = re.compile(r"([.!?…。！？]{1,8}[\"'”’»)*_]{0,8})((?:[^\S\n]*\[S\d+\])+)")
_IN_CODE = re.compile(r"[^\S\n]{0,40}(?:#|//|--)?[^\S\n]{0,40}(?<!\w)\[S\d+\](?=[^\S\n]*$)", re.MULTILINE)
_LEFT_OVER = re.compile(
    r"[†‡※]|[【〔⟦「『][^】〕⟧」』\n]{0,80}\d|\[\^|[\[({<⟨‹]\s*(?:see\s+)?(?:source|passage|ref|citation|cite|id|doc)\w*\b[^\])}>\n]{0,20}\d"
    r"|[\[{<⟨‹]\s*S\s?\d|\(\s*S\s?(?!3\b)\d|\b(?:sources?|passages?|citations?|references?)\s*[:#]?\s*\d|(?<=[a-z]{3})[⁰¹²³⁴-⁹]|(?<=[.!?,])[⁰¹²³⁴-⁹]",
    re.IGNORECASE,
)
_BARE = re.compile(r"\bS(\d+)\b")


def marked(prose: str) -> str:
    """Prose with every citation as [S1], in front of the end of its sentence; code within a line as it is."""
    parts = _INLINE.split(_AS_CODE.sub(r"\1", _LINES.sub("\n", prose)))
    prose = "".join(part if part.startswith("`") and len(part) > 1 else _one_notation(part) for part in parts)
    return _AFTER.sub(lambda match: f"{match[2]}{match[1]}", prose)


def _one_notation(prose: str) -> str:
    prose = _LABELLED.sub(lambda match: f"[{match[1]}]" if _ID.fullmatch(match[1]) else match[1], prose)
    prose = _NOTATIONS.sub(lambda match: "".join(f"[S{number}]" for number in re.findall(r"\d+", match[0])), prose)
    return _STRESSED.sub(r"\2", _BETWEEN.sub(r"\1", prose))


def without_marks(unit: str, known: Container[str], *, in_code: bool = False) -> str | None:
    """A sentence or a block of code without its citations; None for a sentence with what may be left of one.

    No passage is called S3, so that Amazon's store may be.
    """
    if in_code:
        return _IN_CODE.sub("", unit)
    said = MARK.sub("", unit)
    plain = _INLINE.sub("", said)
    if _LEFT_OVER.search(plain) or any(number in known for number in _BARE.findall(plain)):
        return None
    return said
