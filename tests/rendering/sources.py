"""What the code names: templates and button labels, read from its syntax."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.domain.errors import Refusal

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "content" / "messages" / "en"


def first_arguments(function: str) -> Iterator[ast.expr]:
    """The first argument of every call of a name, in all of our code."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == function
                and node.args
            ):
                yield node.args[0]


def patterns(function: str) -> set[str]:
    """The texts those arguments can be, as regular expressions: a formatted part stands for any word."""
    return {found for argument in first_arguments(function) for found in _pattern(argument)}


def _pattern(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from _pattern(one)
            yield from _pattern(other)


def compositions() -> set[str]:
    """Names that are put together, such as `answer_…`: what begins with a word and an underscore."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "bot").rglob("*.py"))
    made = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    return {found for node in made for found in _pattern(node) if re.match(r"[a-z]+_", found)}


def templates() -> set[str]:
    """Every template with words for a reply; those with a leading `_` are parts of others."""
    return {path.stem for path in MESSAGES.glob("[!_]*.md")}


def refusals() -> set[str]:
    """The templates that refusals name."""
    return {kind.template for kind in Refusal.__subclasses__()}
