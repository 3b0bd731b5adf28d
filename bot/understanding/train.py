"""`python -m bot.understanding.train FOLDER`: train the model of a phrase folder and keep it there."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.understanding.compiled import compile_model
from bot.understanding.model import dump
from bot.understanding.phrases import load_phrases, model_path


def main(folder: Path) -> None:
    """Write the model of the phrases in a folder."""
    model_path(folder).write_bytes(dump(compile_model(load_phrases(folder))))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("content/phrases"))
