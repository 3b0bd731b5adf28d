"""The benchmark's parts fit together: they run with libraries that are not here, so they are read and not run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.stem for path in (ROOT / "bench").glob("*.py"))


def made(module: str) -> set[str]:
    """The names that a part of the benchmark makes or brings in."""
    found = set()
    for node in ast.parse((ROOT / "bench" / f"{module}.py").read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=targets):
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                found |= {name.asname or name.name for name in names}
    return found


@pytest.mark.parametrize("module", MODULES)
def test_what_parts_of_the_benchmark_take_from_each_other_is_there(module: str) -> None:
    tree = ast.parse((ROOT / "bench" / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or (node.module or "").split(".")[0] != "bench":
            continue
        _, _, part = str(node.module).partition(".")
        there = made(part) if part else set(MODULES)
        assert {name.name for name in node.names} <= there
