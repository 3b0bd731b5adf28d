"""The trained form of the phrases: made once, kept beside them, and known to be current."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from bot.understanding.corpus import sentences
from bot.understanding.features import features_of
from bot.understanding.model import Model
from bot.understanding.phrases import Phrases
from bot.understanding.places import zone_names
from bot.understanding.sentence import SentenceMaker
from bot.understanding.training import Spoken, train
from bot.understanding.vocabulary import talk_of, task_talk_of, vocabulary_of

_PROBED = 97


def compile_model(phrases: Phrases) -> Model:
    """Train the model of some phrases."""
    spoken = Spoken(vocabulary_of(phrases), task_talk_of(phrases), talk_of(phrases))
    return train(phrases, _featurizer(phrases), spoken, fingerprint(phrases))


def fingerprint(phrases: Phrases) -> str:
    """Changes when the phrases change, or what the code sees in them: then the model is to be trained anew."""
    featurize = _featurizer(phrases)
    probes = [(text, intent, featurize(text)) for text, intent in sentences(phrases)[::_PROBED]]
    return f"{phrases.digest.hex()[:24]}-{crc32(repr(probes).encode()):08x}"


def _featurizer(phrases: Phrases) -> Callable[[str], list[int]]:
    maker = SentenceMaker(phrases, (), vocabulary_of(phrases), zone_names())

    def featurize(text: str) -> list[int]:
        sentence = maker.make(text)
        return features_of(sentence.tokens, sentence.spans, maker.known, sentence.lexicon)

    return featurize
