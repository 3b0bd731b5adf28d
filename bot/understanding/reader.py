"""The one way in: free text becomes intents with slots, offline, without ever acting on a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.domain.intent import Intent, Scene, Understood
from bot.understanding.code_shapes import looks_like_code
from bot.understanding.decisions import settle
from bot.understanding.emoticons import without_emoticons
from bot.understanding.folding import fold
from bot.understanding.injections import Injections, breaks_rules
from bot.understanding.lexicon import Trie
from bot.understanding.model import Model, load
from bot.understanding.own_phrases import OwnPhrases
from bot.understanding.phrases import Phrases
from bot.understanding.places import zone_names
from bot.understanding.quoting import without_quotes
from bot.understanding.reported import is_reported
from bot.understanding.sentence import Sentence, SentenceMaker
from bot.understanding.tokens import tokenize, words_of
from bot.understanding.wishes import Wish, WishFinder

LONGEST = 2_000
_NOTHING = Understood((Intent("unknown"),), 1.0)


class Reader:
    """Understands lines of text. Built once; reading is pure, synchronous and takes no input or output."""

    def __init__(self, phrases: Phrases, vocabulary: Sequence[str] = ()) -> None:
        model = load(phrases.model) if phrases.model else _trained(phrases)
        self._maker = SentenceMaker(phrases, vocabulary, model.words, zone_names(), model.task_talk, model.talk)
        self._wishes = WishFinder(model, self._maker)
        self._injections = Injections(phrases)
        self._own = OwnPhrases(phrases, model)
        subject = (word for term in phrases.subject for word in words_of(term))
        others = {word for locale in phrases.locales.values() for word in map(fold, locale.words.get("others", ()))}
        self._headings = frozenset((*(word for said in model.talk.values() for word in said), *subject)) - others

    def read(self, text: str, scene: Scene = Scene()) -> Understood:  # noqa: B008  Scene is frozen
        """What a text means at this moment; `unknown` when nothing fits."""
        own, quoted = without_quotes(text[:LONGEST])
        spoken = without_emoticons(own)
        sentence = self._maker.make(spoken, scene.locale, _roadmaps(scene.roadmaps))
        if not sentence.tokens or _is_noise(sentence):
            return _NOTHING
        listed = self._own.intent_of(spoken)
        wishes = [Wish(listed, 1.0, sentence, {listed: 1.0}, own=True)] if listed else self._wishes.find(sentence)
        wary = quoted or len(text) > LONGEST or self._is_suspect(spoken, sentence)
        return settle(wishes, sentence, scene, wary=wary)

    def names_place(self, text: str) -> bool:
        """Whether a place is named as it is written, before anything is read as a slip of the keys."""
        return self._maker.places.named_in(tokenize(text[:LONGEST]))

    def _is_suspect(self, spoken: str, sentence: Sentence) -> bool:
        """Whether the words are somebody else's, or try to change the rules."""
        tricky = self._injections.found_in(spoken) or breaks_rules(sentence)
        return tricky or is_reported(spoken, self._headings) or looks_like_code(spoken)


def _trained(phrases: Phrases) -> Model:
    """A model made on the spot. What trains is loaded here only: a program that has its model never needs it."""
    from bot.understanding.compiled import compile_model  # noqa: PLC0415

    return compile_model(phrases)


def _roadmaps(roadmaps: Mapping[str, str]) -> Trie[str] | None:
    """The roadmaps of the moment by their id and title."""
    return _named(tuple(roadmaps.items())) if roadmaps else None


@lru_cache(maxsize=16)
def _named(roadmaps: tuple[tuple[str, str], ...]) -> Trie[str]:
    return Trie((words_of(name), id_) for id_, title in roadmaps for name in (id_, title))


def _is_noise(sentence: Sentence) -> bool:
    """Punctuation alone, or one long run of letters and digits that no language has."""
    if all(token.is_break or token.kind == "symbol" for token in sentence.tokens):
        return True
    words = [token for token in sentence.tokens if token.kind == "word"]
    return len(words) <= 2 and any(len(token.text) > 30 for token in words) and not sentence.spans
