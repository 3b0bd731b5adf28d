"""What something is called: a topic of the subject, a task by its words, a group's name, an invite code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.domain.intent import Slot
from bot.understanding.sentence import Sentence
from bot.understanding.tokens import Token

_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9]{4,12}|[A-Z]{4,12}")
_ABOUT = frozenset(
    ("about", "on", "for", "in", "of", "regarding", "to", "learn", "sobre", "uber", "zu", "sur", "про", "по", "tentang")
)
_EMPTY = frozenset(
    ("this", "it", "that", "me", "the", "a", "an", "my", "topic", "week", "weeks", "again", "please", "now", "today")
)
_DETERMINERS = frozenset(("the", "my", "our", "this", "that", "his", "her", "their", "your"))
_GROUPS = frozenset(("group", "team", "squad", "grupo", "groupe", "gruppe", "grup"))
_NAMED_SO = frozenset(("to", "into", ":"))
_NO_NAME = frozenset(
    ("from", "out", "off", "of", "on", "to", "for", "please", "pls", "now", "in", "a", "an", "the", "me", "my", "him",
     "her", "them", "someone", "somebody", "everyone", "up", "member", "one", "us", "it", "again", "and")
)  # fmt: skip
_PERSON = 3
_LONGEST = 6
_CODE_LETTERS = 8


def topic_of(sentence: Sentence, now: datetime | None = None) -> dict[str, Slot]:
    """The words of the subject that are named together, or what stands after `about`."""
    named = _spelled(_together(sentence)) or " ".join(_after_about(sentence))
    return {"topic": named} if named else {}


def called(sentence: Sentence) -> str:
    """What a task is called: words of the subject, else the words that are no part of saying it is done."""
    subject = _spelled(_together(sentence))
    return subject or " ".join(token.text for token in _uncommon(sentence))


def _together(sentence: Sentence) -> Iterator[str]:
    """The first run of neighbouring words of the subject."""
    end = None
    for span in sentence.of_kind("subject"):
        gap = () if end is None else sentence.tokens[end : span.start]
        if end is not None and not _joins(gap):
            return
        yield from (token.text for token in sentence.tokens[span.start if end is None else end : span.end])
        end = span.end


def _spelled(words: Iterable[str]) -> str:
    """Words as one name: `k-means` is written without gaps."""
    return re.sub(r"(?<=\w) ([-/]) (?=\w)", r"\1", " ".join(words))


def _joins(gap: Sequence[Token]) -> bool:
    return not gap or (len(gap) == 1 and gap[0].text in ("/", "&", "-"))


def _uncommon(sentence: Sentence) -> Iterator[Token]:
    covered = {at for span in sentence.spans for at in range(span.start, span.end)}
    begun = min(sentence.lexicon.positions("finish", sentence.tokens), default=-1)
    for at, token in enumerate(sentence.tokens):
        names = at > begun or (at > 0 and sentence.tokens[at - 1].text in _DETERMINERS)
        if names and at not in covered and token.kind in ("word", "file") and not sentence.common(token.text):
            yield token


def _after_about(sentence: Sentence) -> Iterator[str]:
    tokens = sentence.tokens
    places = [at for at, token in enumerate(tokens) if token.text in _ABOUT]
    if not places:
        return
    for token in tokens[places[-1] + 1 : places[-1] + 1 + _LONGEST]:
        if token.is_break or token.kind not in ("word", "file"):
            return
        if token.text not in _EMPTY:
            yield token.text


def code_of(sentence: Sentence, now: datetime | None = None) -> dict[str, Slot]:
    """An invite code: capitals and digits, or whatever stands after the word `code`."""
    if dashed := _dashed_code(sentence.tokens):
        return {"code": dashed}
    codes = sentence.of_kind("code")
    if codes:
        return {"code": str(codes[0].value)}
    for at in sentence.lexicon.positions("code_words", sentence.tokens):
        for token in sentence.tokens[at + 1 : at + 4]:
            if token.kind == "word" and _CODE.fullmatch(token.raw) and not sentence.common(token.text):
                return {"code": token.raw}
    return {}


def _dashed_code(tokens: Sequence[Token]) -> str:
    """A code written in two halves, as in `K7QM-2R9X`."""
    for at in range(1, len(tokens) - 1):
        halves = (tokens[at - 1].raw, tokens[at + 1].raw)
        if tokens[at].text == "-" and all(half.isalnum() for half in halves) and len("".join(halves)) == _CODE_LETTERS:
            return "-".join(halves)
    return ""


def name_of(sentence: Sentence, now: datetime | None = None) -> dict[str, Slot]:
    """A group's name: what stands after `called` or `named`, else capitals after the word `group`."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    for at in lexicon.positions("called", tokens):
        name = " ".join(_name_from(tokens[at + lexicon.flag("called", tokens, at) :]))
        if name:
            return {"name": name}
    for at, token in enumerate(tokens):
        told = named_by_colon(tokens, at)
        after = tokens[at + 1 + told :]
        if token.text in _GROUPS and after and (told or after[0].raw[:1].isupper()):
            return {"name": " ".join(_name_from(after))}
    return {}


def named_by_colon(tokens: Sequence[Token], at: int) -> bool:
    """`new group: Rust & Coffee`"""
    return tokens[at].text in _GROUPS and at + 2 < len(tokens) and tokens[at + 1].text == ":"


def is_new_group(sentence: Sentence) -> bool:
    """`new group: Sunday Sprinters`: what follows is no other name for the group there is."""
    tokens = sentence.tokens
    begun = any(token.text in ("new", "create", "make") for token in tokens[:2])
    return begun and any(named_by_colon(tokens, at) for at in range(len(tokens)))


def in_group_of(sentence: Sentence, now: datetime | None = None) -> dict[str, Slot]:
    """Who in the group is meant (`kick Cyrus`, `cheer for Bo`), or what the group is to be called."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    for at in lexicon.positions("person_verbs", tokens):
        name = " ".join(_person_from(tokens[at + lexicon.flag("person_verbs", tokens, at) :]))
        if name:
            return {"name": name}
    renamed = lexicon.positions("rename_verbs", tokens)
    places = [at + 1 for at, token in enumerate(tokens) if token.text in _NAMED_SO and renamed and at > renamed[0]]
    name = " ".join(_name_from(tokens[places[0] :])) if places else ""
    return {"name": name} if name else {}


def _person_from(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens[:_PERSON]:
        if token.kind != "word" or token.text in _NO_NAME:
            return
        yield token.raw


def _name_from(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens[:_LONGEST]:
        if token.is_break or token.text in ("please", "pls", "and", "for"):
            return
        yield token.raw
