"""Reads `content/phrases/`: how people say things, in each language, and the words of the grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HOLD = "hold"
"""The label of lines that name an action and want nothing done."""

SEVERAL = "several"
"""The label of lines that want two things; such a line is read clause by clause."""

Words = Mapping[str, Any]
_MODEL_FILE = "model.bin"


class _TextLoader(yaml.CSafeLoader):
    """Takes every scalar as text: `no`, `on` and `1` are words here."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  the base class declares it so


@dataclass(frozen=True, slots=True)
class Locale:
    """One language: phrase templates by intent, and the grammar's words by kind."""

    intents: Mapping[str, tuple[str, ...]]
    words: Words


@dataclass(frozen=True, slots=True)
class Phrases:
    """All that the reader knows from data. `model` is the trained form, empty when there is none."""

    locales: Mapping[str, Locale]
    subject: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    everyday: tuple[str, ...] = ()
    roadmaps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    model: bytes = b""

    @property
    def digest(self) -> bytes:
        """Changes when anything that the model was trained on changes."""
        spoken = [(name, sorted(locale.intents.items()), sorted(locale.words.items()))
                  for name, locale in sorted(self.locales.items())]  # fmt: skip
        named = (self.subject, sorted(self.roadmaps.items()), sorted(self.places.items()), self.everyday)
        from hashlib import sha256  # noqa: PLC0415  asked for when a model is trained or checked only

        return sha256(repr((spoken, named)).encode()).digest()


def load_phrases(folder: Path) -> Phrases:
    """Read every `<locale>.yaml` of a folder, the lists in `shared/`, and the trained model beside them."""
    shared = folder / "shared"
    model = shared / _MODEL_FILE
    places = _read(shared / "places.yaml")
    return Phrases(
        locales={path.stem: _locale(path) for path in sorted(folder.glob("*.yaml"))},
        subject=_terms(_read(shared / "subject.yaml").get("subject", "")),
        places=_lists(places.get("places", {})),
        everyday=tuple(places.get("everyday", ())),
        roadmaps=_lists(_read(shared / "roadmaps.yaml").get("roadmaps", {})),
        model=model.read_bytes() if model.exists() else b"",
    )


def model_path(folder: Path) -> Path:
    """Where the trained model of a phrase folder is kept."""
    return folder / "shared" / _MODEL_FILE


def _locale(path: Path) -> Locale:
    document = _read(path)
    intents = {name: tuple(block.split("\n")) for name, block in document.get("intents", {}).items()}
    return Locale({name: tuple(filter(None, map(str.strip, lines))) for name, lines in intents.items()},
                  document.get("words", {}))  # fmt: skip


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_TextLoader) or {}  # noqa: S506  a safe loader


def _terms(block: str) -> tuple[str, ...]:
    return tuple(filter(None, (term.strip() for line in block.split("\n") for term in line.split(","))))


def _lists(mapping: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in mapping.items()}
