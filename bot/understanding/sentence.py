"""A text made ready to understand: its language, its mended tokens, and what is named in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.understanding.lexicon import Lexicon, Trie
from bot.understanding.phrases import Phrases
from bot.understanding.places import Places
from bot.understanding.spans import Scanner, Span
from bot.understanding.spelling import Spelling
from bot.understanding.tokens import Token, tokenize, words_of
from bot.understanding.unglued import unglued

_SCRIPTS = (
    ("zh", re.compile(r"[\u3400-\u9fff]")), ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")), ("hi", re.compile(r"[\u0900-\u097f]")),
)  # fmt: skip
_DEFAULT = "en"
_LONG = 6
_LIKE_NAMES = 4
"""Letters of the numbers that no slip is mended into: `nina` is nobody's `nine`."""

_MIXED = ("en", "hi")
_EVERYWHERE = ("days", "units", "day_parts", "task_words", "week_words", "zone_words", "code_words", "months",
               "next_week", "last_week")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens, the spans among them, and the words of the language they are in."""

    tokens: Sequence[Token]
    spans: Sequence[Span]
    lexicon: Lexicon
    language: str
    task_talk: Collection[str] = frozenset()
    talk: Mapping[str, Collection[str]] = field(default_factory=dict)

    def part(self, start: int, end: int) -> Sentence:
        """The tokens from one place to another as a sentence of their own."""
        inside = [Span(s.kind, s.value, s.start - start, s.end - start) for s in self.spans
                  if start <= s.start and s.end <= end]  # fmt: skip
        return replace(self, tokens=self.tokens[start:end], spans=inside)

    def of_kind(self, *kinds: str) -> list[Span]:
        """The spans of some kinds, in order."""
        return [span for span in self.spans if span.kind in kinds]

    def common(self, word: str) -> bool:
        """Whether a word belongs to how people speak of tasks, and so names none."""
        return word in self.task_talk

    def has(self, name: str) -> bool:
        """Whether any word of a kind is said."""
        return bool(self.lexicon.positions(name, self.tokens))


class SentenceMaker:
    """Makes sentences of texts, with the words of every language it knows."""

    def __init__(
        self,
        phrases: Phrases,
        vocabulary: Sequence[str],
        words: Mapping[str, str],
        zones: Sequence[str],
        task_talk: Collection[str] = frozenset(),
        talk: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.words = words
        self._task_talk = task_talk
        self._talk = talk or {}
        self._layers = {name: locale.words for name, locale in phrases.locales.items()}
        self._subject = [*phrases.subject, *vocabulary]
        singles = {key[0] for term in self._subject if len(key := words_of(term)) == 1}
        self.known = words.keys() | singles
        places = Places(phrases.places, zones, phrases.everyday, words.keys())
        self._scanner = Scanner(self._subject, places, phrases.roadmaps)
        self._spelled = self.known | places.words() | {word for term in self._subject for word in words_of(term)}
        self._long_places = {word for word in places.words() if len(word) >= _LONG}
        self._singles = singles
        self._lexicons: dict[str, Lexicon] = {}
        self._spellings: dict[str, Spelling] = {}

    @property
    def places(self) -> Places:
        """The time zones by name."""
        return self._scanner.places

    def make(self, text: str, locale: str = _DEFAULT, roadmaps: Trie[str] | None = None) -> Sentence:
        """The sentence in a text."""
        tokens = tokenize(text)
        language = self._language(text, tokens, locale)
        lexicon = self._lexicon(language)
        mended = self._spelling(language).mend(unglued(tokens, lexicon), slang=language in _MIXED)
        spans = self._scanner.scan(mended, lexicon, roadmaps)
        return Sentence(mended, spans, lexicon, language, self._task_talk, self._talk)

    def _language(self, text: str, tokens: Sequence[Token], locale: str) -> str:
        for name, letters in _SCRIPTS:
            if name in self._layers and letters.search(text):
                return name
        votes = {_DEFAULT: 0.5}
        votes[locale] = votes.get(locale, 0.0) + 0.4
        for token in tokens:
            if token.kind == "number":
                continue  # digits belong to every language
            spoken = self.words.get(token.text, "")
            for name in (spoken[at : at + 2] for at in range(0, len(spoken), 2)):
                votes[name] = votes.get(name, 0.0) + 1.0
        best = max(votes, key=lambda name: votes[name])
        return best if best in self._layers else _DEFAULT

    def _lexicon(self, language: str) -> Lexicon:
        if language not in self._lexicons:
            english = self._layers.get(_DEFAULT, {})
            kinds = english.keys() if language in _MIXED else english.keys() & set(_EVERYWHERE)
            mixed_in = {kind: english[kind] for kind in kinds}
            self._lexicons[language] = Lexicon(self._layers.get(language, {}), mixed_in)
        return self._lexicons[language]

    def _spelling(self, language: str) -> Spelling:
        if language not in self._spellings:
            slang = self._layers.get(_DEFAULT, {}).get("slang", {})
            numbers = self._lexicon(language).is_number
            targets = [word for word, spoken in self.words.items()
                       if language in spoken and not (len(word) <= _LIKE_NAMES and numbers(word))]  # fmt: skip
            self._spellings[language] = Spelling(
                slang, self._spelled, [*targets, *sorted(self._singles), *sorted(self._long_places)]
            )
        return self._spellings[language]
