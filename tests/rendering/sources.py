"""What the code names: templates and button labels, read from its syntax."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.domain.errors import Refusal

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "content" / "messages" / "en"


@cache
def nodes() -> tuple[ast.Call | ast.Constant | ast.JoinedStr, ...]:
    """Every call, constant and formatted text in all of our code, read once."""
    paths = sorted((ROOT / "bot").rglob("*.py"))
    found = (node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(node for node in found if isinstance(node, (ast.Call, ast.Constant, ast.JoinedStr)))


def first_arguments(function: str) -> Iterator[ast.expr]:
    """The first argument of every call of a name."""
    for node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function and node.args:
            yield node.args[0]


def literals() -> set[str]:
    """Every text constant."""
    return {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


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
    made = (node for node in nodes() if isinstance(node, ast.JoinedStr))
    return {found for node in made for found in _pattern(node) if re.match(r"[a-z]+_", found)}


def templates() -> set[str]:
    """Every template with words for a reply; those with a leading `_` are parts of others."""
    return {path.stem for path in MESSAGES.glob("[!_]*.md")}


def refusals() -> set[str]:
    """The templates that refusals name."""
    return {kind.template for kind in Refusal.__subclasses__()}
