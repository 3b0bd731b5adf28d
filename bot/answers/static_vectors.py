"""Vectors of words that a library brings along (`wordllama`): a text is the mean of its tokens. Needs no network.

Only the library's two files are read. To import it would set up logging for the whole process; and what it has for
loading looks for the tokenizer where its own package does not have it, and then on the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.embedding import Nearness, NumberedLine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[str], NDArray[np.float32]]

LIBRARY = "wordllama"
DIMENSIONS = 256
NEEDED = (LIBRARY, "numpy", "safetensors", "tokenizers")
MISSING = (
    "MILEPOST_ANSWERS_EMBEDDINGS is set, but what it needs is not installed: pip install 'milepost[embeddings]' "
    "brings it. Answers are found by words meanwhile."
)


@dataclass(frozen=True, slots=True)
class StaticVectors:
    """See `bot.answers.embedding.Embedder`. `folder` is where the library lies; it is read when texts come."""

    folder: Path

    @classmethod
    def installed(cls) -> StaticVectors | None:
        """The vectors of this environment, or None. Loads nothing."""
        specs = [find_spec(name) for name in NEEDED]
        origin = specs[0].origin if specs[0] and all(specs) else None
        found = cls(Path(origin).parent) if origin else None
        return found if found and found._tokenizer.exists() and found._weights.exists() else None

    @property
    def name(self) -> str:
        """See `Embedder.name`."""
        return LIBRARY

    @property
    def _tokenizer(self) -> Path:
        return self.folder / "tokenizers" / "l2_supercat_tokenizer_config.json"

    @property
    def _weights(self) -> Path:
        return self.folder / "weights" / f"l2_supercat_{DIMENSIONS}.safetensors"

    def embed(self, lines: Sequence[NumberedLine]) -> Nearness:
        """See `Embedder.embed`."""
        import numpy as np  # noqa: PLC0415 - loaded only where it is asked for

        encode, ordered = self._encoder(), sorted(lines)
        vectors = np.empty((DIMENSIONS, len(ordered)), np.float32)
        for column, (_, text) in enumerate(ordered):
            vectors[:, column] = encode(text)
        numbers, starts = np.unique([number for number, _ in ordered], return_index=True)
        names: list[int] = numbers.tolist()

        def near(text: str) -> Mapping[int, float]:
            cosines = np.einsum("i,ij->j", encode(text), vectors)  # `@` would wait for threads on a busy machine
            return dict(zip(names, np.maximum.reduceat(cosines, starts).tolist(), strict=True))

        return near

    def _encoder(self) -> Encode:
        """What makes a vector of length 1 of a text; of length 0 when it has no words."""
        import numpy as np  # noqa: PLC0415
        from safetensors.numpy import load_file  # noqa: PLC0415
        from tokenizers import Tokenizer  # noqa: PLC0415

        tokenizer = Tokenizer.from_file(str(self._tokenizer))
        (weights,) = load_file(self._weights).values()

        def encode(text: str) -> NDArray[np.float32]:
            tokens = tokenizer.encode(text, add_special_tokens=False).ids
            total: NDArray[np.float32] = weights[tokens].sum(axis=0, dtype=np.float32)
            return total / max(float(np.linalg.norm(total)), 1e-9)

        return encode
