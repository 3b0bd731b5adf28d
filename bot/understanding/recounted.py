"""What is told of another time, or as another's advice, is no wish: `last month i paused`, `the book says pause`."""

from __future__ import annotations

from itertools import pairwise

from bot.understanding.sentence import Sentence

_PAST = frozenset(("paused", "resumed", "snoozed", "restarted", "was", "were", "had", "used"))
_THEN = frozenset(("ago", "yesterday"))
_SPENT = frozenset(("took", "slept", "spent", "worked", "lasted", "lost", "wasted", "ran", "waited", "cost"))
_SPANS = frozenset(("week", "weeks", "month", "months", "year", "years", "day", "night", "time"))
_ADVISE = frozenset(
    ("says", "said", "told", "tells", "suggest", "suggests", "suggested", "recommend", "recommends", "recommended",
     "advised", "advises", "wants")
)  # fmt: skip
_FIRST = frozenset(("i", "ive", "im", "we", "my"))
_EACH = frozenset(("a", "per", "each", "every", "/"))
_RATES = frozenset(("weekly", "daily"))
_UNITS = frozenset(("hour", "hours", "h", "hr", "hrs", "minutes", "mins", "min"))
_PLAYED = frozenset(("play", "rewind", "think", "breathe"))
_OWNED = frozenset(("my", "a", "the", "your", "his", "her", "this"))


def is_past(sentence: Sentence) -> bool:
    """`i paused for two weeks in june`: it has been so, and nothing is bidden."""
    return is_dated(sentence) or any(token.text in _PAST for token in sentence.tokens)


def is_dated(sentence: Sentence) -> bool:
    """`i set it to 9 last week`: a day gone by is named."""
    texts = [token.text for token in sentence.tokens]
    return bool(_THEN & set(texts)) or any(before == "last" and after in _SPANS for before, after in pairwise(texts))


def is_advised(sentence: Sentence) -> bool:
    """`the book says pause for a week`: somebody else's word for it."""
    texts = [token.text for token in sentence.tokens]
    return any(word in _ADVISE and at and texts[at - 1] not in _FIRST for at, word in enumerate(texts))


def is_spent(sentence: Sentence) -> bool:
    """`took me 8 hours`, `8 hours a week`: how long it was, or how much time there is, and nothing to wait for."""
    texts = [token.text for token in sentence.tokens]
    rated = any(
        word in _UNITS and (after in _RATES or (after in _EACH and of in _SPANS))
        for word, after, of in zip(texts, [*texts[1:], ""], [*texts[2:], "", ""], strict=False)
    )
    return rated or bool(_SPENT & set(texts))


def is_played(sentence: Sentence) -> bool:
    """`pause, rewind, play`, `pause and think`: a player's buttons, or a manner of speaking."""
    texts = {token.text for token in sentence.tokens}
    return "pause" in texts and bool(_PLAYED & texts)


def is_a_paper(sentence: Sentence) -> bool:
    """`my resume is ready`: the one that goes to employers."""
    return any(before.text in _OWNED and after.text == "resume" for before, after in pairwise(sentence.tokens))


def is_corrected(sentence: Sentence) -> bool:
    """`i ticked 3 but i meant 4`: one is opened again and another one done, and which is which is asked."""
    verbs, tokens = sentence.lexicon.actions.get("undo"), sentence.tokens
    named = verbs is not None and any(verbs.match(tokens, at) for at in range(len(tokens)))
    two = len(sentence.of_kind("number")) > 1
    return (two or not named) and any(token.text in ("meant", "mean") for token in tokens)


def is_guessed(sentence: Sentence) -> bool:
    """`guess 3 is done`, but not `guess what, 3 is done`."""
    texts = [token.text for token in sentence.tokens]
    return any(word == "guess" and texts[at + 1 : at + 2] not in (["what"], ["who"]) for at, word in enumerate(texts))


def is_timed(sentence: Sentence) -> bool:
    """`done in 2`: how soon, as likely as which."""
    finished = sentence.lexicon.positions("finish", sentence.tokens)
    numbers = {span.start for span in sentence.of_kind("number")}
    return any(
        at + 1 < len(sentence.tokens) and sentence.tokens[at + 1].text == "in" and at + 2 in numbers for at in finished
    )


def is_opened(sentence: Sentence) -> bool:
    """`open 3`: to look at it, as likely as to take its tick away."""
    texts = [token.text for token in sentence.tokens]
    return texts[:1] == ["open"] and not {"again", "back", "up"} & set(texts)


def is_right_now(sentence: Sentence) -> bool:
    """`at 2 now`: which task somebody is at, or the hour it is."""
    return any(token.text == "now" for token in sentence.tokens) and not sentence.has("schedule")


def is_another_count(sentence: Sentence, still_open: int) -> bool:
    """`all three done` where five are open: which three is not said."""
    tokens, lexicon = sentence.tokens, sentence.lexicon
    sizes = [float(span.value) for span in sentence.of_kind("number")
             if span.start and lexicon.flag("all", tokens, span.start - 1)]  # fmt: skip
    return any(size < still_open for size in sizes)
