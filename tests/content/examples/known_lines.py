"""The examples of known lines: what their answers show, and the code that must fail with the line they are known by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.content.examples.example import Example, Verdict, read_examples


def read_known(path: Path) -> Iterator[Example | Verdict]:
    """The examples of a file of `content/answers/known/`."""
    for name, held in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for found in read_examples(path, held["says"]):
            yield found
        if "raises" in held:
            first = held["lines"].splitlines()[0]
            code = held["raises"].strip()
            for found in read_examples(path, f"```python raises\n{code}\n```\n```output\n{first}\n```\n"):
                yield found if isinstance(found, Example) else Verdict(path, found.line, f"{name}: {found.problem}")
