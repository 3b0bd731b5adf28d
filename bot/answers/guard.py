"""What is not answered: signs of distress, of harm, of an attempt to turn the mentor, and questions of another life.

The signs are data in `content/answers/`; nothing here knows a word of them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import yaml

from bot.answers.asks import Ask, Asks, build_asks
from bot.answers.disguise import meant
from bot.answers.leaning import Leaning, load_leaning
from bot.answers.lexicon import Lexicon
from bot.answers.library import ask_terms
from bot.answers.query import Query
from bot.answers.signals import Signals, load_signals
from bot.answers.tokens import stems
from bot.domain.answer import Outcome

HIDDEN = frozenset((Outcome.DISTRESS, Outcome.INJECTION, Outcome.UNSAFE))
"""What is looked for in the other ways to read a text: nobody hides that the weather is fine."""
REMEMBERED = 64
UNKNOWN = 0.75
"""What a word that no note has is worth beside the rarest that one has."""


@dataclass(frozen=True)
class Signs:
    """One kind of refusal. A question is refused when one of `signs` fits it and none of `unless` does."""

    outcome: Outcome
    signs: Sequence[str]
    unless: Sequence[str]

    @cached_property
    def _fits(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{sign})" for sign in self.signs))

    @cached_property
    def _excused(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{sign})" for sign in self.unless) or r"(?!)")

    def fit(self, text: str) -> bool:
        """Whether a text, plain and in lower case, shows them."""
        return bool(self._fits.search(text)) and not self._excused.search(text)


@dataclass(frozen=True)
class Everyday:
    """The words and lines of everyday life. `phrases` are rows of stems, and so are the words of the `trade`: they and
    the names of notes, but for `ordinary` ones, say that a question is about the subject after all."""

    phrases: Mapping[str, int]
    asks: Asks
    trade: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every single word of them."""
        return frozenset(part for phrase in self.phrases for part in phrase.split())

    def alike(self, terms: frozenset[str]) -> float:
        """How alike the nearest everyday line is, from 0 to 1."""
        return max(self.asks.alike(terms).values(), default=0.0)

    def anchors(self, found: Sequence[str], names: Container[str]) -> int:
        """How many words and phrases of the trade a row of stems holds."""
        phrases = {
            " ".join(found[at:end]) for at in range(len(found)) for end in range(at + 1, min(at + 4, len(found)) + 1)
        }
        return sum(phrase in self.trade or (phrase in names and phrase not in self.ordinary) for phrase in phrases)

    def spoken(self, found: Sequence[str], names: Container[str] = ()) -> set[str]:
        """The stems of a question that belong to an everyday word or phrase. A word that alone is a note's name is
        none: pandas are animals, but not here."""
        spoken: set[str] = set()
        for at in range(len(found)):
            for end in range(at + 1, min(at + 4, len(found)) + 1):
                phrase = " ".join(found[at:end])
                if phrase in self.phrases and not (end == at + 1 and phrase in names):
                    spoken.update(found[at:end])
        return spoken


@dataclass(frozen=True)
class Guard:
    """All that is known of what is not answered, and the lines that are answered all the same."""

    refusals: tuple[Signs, ...]
    signals: Signals
    allowed: frozenset[str]
    everyday: Everyday
    to_mentor: Signs
    leaning: Leaning

    def addressed(self, text: str) -> bool:
        """Whether a plain text speaks to the mentor itself, and not of what anybody does."""
        return self.to_mentor.fit(text)

    def refusal(self, text: str) -> Outcome | None:
        """Why a question is refused by how it is put, or by what is hidden in it; or None. One message is asked about
        several times; of what was said only a sum is remembered."""
        said = blake2b(text.encode(errors="replace"), digest_size=16).digest()
        if said not in self._seen:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            self._seen[said] = self._refusal(text)
        return self._seen[said]

    @cached_property
    def _seen(self) -> dict[bytes, Outcome | None]:
        return {}

    def _refusal(self, text: str) -> Outcome | None:
        first, *others = meant(text)
        if first.rstrip("?.! ") in self.allowed:
            return None
        hidden = (self.shown(other, HIDDEN) for other in others)
        return self.shown(first) or next((outcome for outcome in hidden if outcome is not None), None)

    def shown(self, plain: str, among: Container[Outcome] = frozenset(Outcome)) -> Outcome | None:
        """What a plain text shows: the most pressing kind of all that fit."""
        looked_for = [signs for signs in self.refusals if signs.outcome in among]
        seen = {signs.outcome for signs in looked_for if signs.fit(plain)} | {self.signals.refusal(plain, among)}
        return next((signs.outcome for signs in looked_for if signs.outcome in seen), None)


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far a question is from the subject: the share of its weight in everyday words and in words that no note
    has, how alike it is to an everyday line; against it, the words of the trade in it."""

    everyday: float
    unknown: float
    alike: float
    anchors: int = 0


def doubt(
    query: Query, everyday: Everyday, known: Mapping[str, float], rarest: float, names: Container[str] = ()
) -> Doubt:
    """The doubt about a question, before anything was looked up."""
    content = [s for s in query.stems if s in query.terms]
    worth = {s: known.get(s, UNKNOWN * rarest) for s in content}
    total = sum(worth.values()) or 1.0
    spoken = (everyday.spoken(query.stems, names) & worth.keys()) - query.joined
    foreign = {s for s in worth if s not in known} - spoken - query.covered
    said, unknown = (sum(worth[s] for s in stems) / total for stems in (spoken, foreign))
    return Doubt(said, unknown, everyday.alike(query.said), everyday.anchors(query.stems, names))


def load_guard(folder: Path, lexicon: Lexicon) -> Guard:
    """The guard of a content folder's `answers/`."""
    read = yaml.load((folder / "refusals.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    refusals = tuple(
        Signs(Outcome(entry["name"]), entry["signs"].splitlines(), entry.get("unless", "").splitlines())
        for entry in read["refusals"]
    )  # fmt: skip
    allowed = frozenset(read["allowed"].splitlines())
    to_mentor = Signs(Outcome.OFF_TOPIC, read["addressed"].splitlines(), read["anybody"].splitlines())
    signals, leaning = load_signals(folder), load_leaning(folder)
    return Guard(refusals, signals, allowed, _everyday(folder, lexicon), to_mentor, leaning)


def _everyday(folder: Path, lexicon: Lexicon) -> Everyday:
    read = yaml.load((folder / "elsewhere.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    entries = [entry for listed in read["words"].values() for entry in listed.split(",")]
    phrases = {" ".join(stems(entry)): len(stems(entry)) for entry in entries}
    lines = [(Ask(-1), line) for line in read["lines"].splitlines() if line.strip()]
    asks = build_asks(lines, lambda text: ask_terms(text, lexicon), lexicon.empty)
    trade, ordinary = ({" ".join(stems(entry)) for entry in read[key].split(",")} for key in ("trade", "ordinary"))
    return Everyday(phrases, asks, frozenset(trade), frozenset(ordinary))
