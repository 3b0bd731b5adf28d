"""What the classifier sees of a sentence: words, their neighbours, letter groups, and what is named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from bot.understanding.lexicon import Lexicon
from bot.understanding.spans import Span
from bot.understanding.tokens import Token

BUCKETS = 1 << 17
_MARKS = {"url": "@u", "date": "@date", "roadmap": "@r", "clock": "@t", "length": "@len", "day": "@d",
          "subject": "@s", "place": "@p", "code": "@c", "number": "@n"}  # fmt: skip
_WEEKS = {"+1": "@wk+", "-1": "@wk-"}
_UNKNOWN = "@x"
_LONGEST = 40
_NEGATED = 3


def masked(tokens: Sequence[Token], spans: Sequence[Span], known: Collection[str]) -> list[str]:
    """The sentence with what is named replaced by marks, and words never seen by one mark for all."""
    starts = {span.start: span for span in spans}
    words: list[str] = []
    at = 0
    while at < len(tokens):
        span = starts.get(at)
        words.append(_mark(span) if span else _plain(tokens[at], known))
        at = span.end if span else at + 1
    return [word for word in words if word]


def features_of(tokens: Sequence[Token], spans: Sequence[Span], known: Collection[str], lexicon: Lexicon) -> list[int]:
    """The numbers of the classifier's rows that speak for this sentence."""
    tokens = [token for token in tokens[:_LONGEST] if token.kind != "comma"]
    spans = spans if len(tokens) < _LONGEST else [span for span in spans if span.end <= len(tokens)]
    return [*dict.fromkeys(_rows(tokens, spans, known, lexicon))]


def _rows(tokens: Sequence[Token], spans: Sequence[Span], known: Collection[str], lexicon: Lexicon) -> Iterator[int]:
    words = masked(tokens, spans, known)
    yield from map(row, _shape(words, tokens))
    for first, second in zip(["^", *words], [*words, "$"], strict=True):
        yield row(f"b {first} {second}")
    for first, third in zip(["^", *words], [*words[1:], "$"], strict=False):
        yield row(f"s {first} {third}")
    for word in words:
        yield row(f"w {word}")
    for token in tokens:
        if token.kind in ("word", "han", "file"):
            yield from letters(token.text)
    yield from _after_negation(tokens, lexicon)


def _shape(words: Sequence[str], tokens: Sequence[Token]) -> Iterator[str]:
    yield f"n {min(len(words), 8)}"
    yield "f " + " ".join(words[:2])
    yield "f3 " + " ".join(words[:3])
    yield "l " + " ".join(words[-2:])
    if any(token.kind == "stop" and "?" in token.text for token in tokens):
        yield "asked"
    for kind in dict.fromkeys(word for word in words if word.startswith("@")):
        yield f"has {kind} {words[0]}"


def _after_negation(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[int]:
    for at in lexicon.positions("negators", tokens):
        for token in tokens[at + 1 : at + 1 + _NEGATED]:
            yield row(f"not {token.text}")


@lru_cache(maxsize=16384)
def letters(word: str) -> tuple[int, ...]:
    """The rows of a word and of its groups of three and four letters."""
    edged = f"<{word}>"
    groups = [edged[at : at + n] for n in (3, 4) for at in range(len(edged) - n + 1)] if len(word) < 24 else []
    return (row(f"r {word}"), *(row(f"c {group}") for group in groups))


@lru_cache(maxsize=32768)
def row(feature: str) -> int:
    """The bucket that a feature falls into."""
    return crc32(feature.encode("utf-8", "ignore")) & (BUCKETS - 1)


def _mark(span: Span) -> str:
    if span.kind == "week":
        return _WEEKS.get(str(span.value), "@wk")
    return _MARKS[span.kind]


def _plain(token: Token, known: Collection[str]) -> str:
    if token.kind == "stop":
        return "?" if "?" in token.text else ""
    if token.kind == "symbol":
        return ""
    return token.text if token.text in known or token.kind in ("picture", "han") else _UNKNOWN
