"""Tells `the pandas part is done` from `my container finished building`: a thing that ends is no task of anybody's."""

from __future__ import annotations

from bot.understanding.sentence import Sentence

_PARTS = frozenset(
    ("part", "bit", "thing", "stuff", "section", "exercise", "exercises", "reading", "chapter", "tutorial", "video",
     "videos", "lesson", "project", "assignment", "homework", "one", "ones", "work", "docs", "notes", "lecture",
     "course", "task", "tasks", "week", "topic", "unit", "module", "step", "item")
)  # fmt: skip
"""What a piece of a roadmap is called; whoever says such a word speaks of one."""

_ME = frozenset(("i", "ive", "im", "we", "weve", "my"))
_OWNERS = frozenset(("the", "my", "our", "this", "that", "a"))
_LINKS = frozenset(("is", "are", "was", "now", "finally", "all", "already", "s", "and"))
_BIDS = frozenset(("complete", "finish"))
_AGAINST = frozenset(("vs", "versus", "than"))


def is_a_thing(sentence: Sentence) -> bool:
    """Whether what is done stands before the word for it and is called nothing that a piece of a roadmap is called."""
    finished = _first(sentence)
    if sentence.language != "en" or not any(span.end <= finished for span in sentence.of_kind("subject")):
        return False
    before = {token.text for token in sentence.tokens[:finished]}
    return not before & (_PARTS | (_ME - {"my"}))


def ends_by_itself(sentence: Sentence) -> bool:
    """`the job completed`, `complete graph vs tree`: nobody did it, or nothing was done."""
    if sentence.language != "en":
        return False
    tokens, finished = sentence.tokens, _first(sentence)
    if any(token.text in _AGAINST for token in tokens) or (finished == 0 and tokens[0].text in _BIDS):
        return True
    alone = 0 < finished < len(tokens) and tokens[finished - 1].text not in _LINKS
    return alone and is_a_thing(sentence) and tokens[0].text in _OWNERS


def _first(sentence: Sentence) -> int:
    return min(sentence.lexicon.positions("finish", sentence.tokens), default=-1)
