"""The house's walls: who may import whom, and what stays out of start-up."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"

ALLOWED: dict[str, set[str]] = {
    "domain": set(),
    "engine": {"domain"},
    "commands": {"domain", "engine"},
    "catalog": {"domain", "engine.ports", "resources"},
    "rendering": {"domain", "engine.ports"},
    "understanding": {"domain", "engine.ports"},
    "answers": {"domain", "engine.ports", "engine.storing", "engine.errors"},
    "storage": {"domain", "engine.storing", "engine.group_ports", "resources", "engine.crashpoints"},
    "pictures": {"domain", "engine.ports", "resources"},
    "delivery": {
        "domain",
        "engine.ports",
        "engine.storing",
        "engine.errors",
        "engine.views",
        "engine.group_ports",
        "engine.group_views",
        "engine.succession",
        "engine.unbinding",
        "engine.crashpoints",
        "engine.subject",
    },
}
STDLIB_ONLY = ("domain", "engine")
HEAVY = (
    "telegram",
    "discord",
    "openai",
    "matplotlib",
    "numpy",
    "tokenizers",
    "wordllama",
    "aiohttp",
    "httpx",
    "prompt_toolkit",
    "starlette",
    "uvicorn",
)


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(BOT.rglob("*.py")):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def imports(path: Path) -> Iterator[str]:
    return imported(ast.parse(path.read_text(encoding="utf-8")), path)


def imported(tree: ast.AST, path: Path) -> Iterator[str]:
    """Everything that a module imports, and for `from a import b` both `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ".".join([*_package_of(path, node.level), *([node.module] if node.module else [])])
            if not ROOT.joinpath(*module.split(".")).is_dir():  # a package has nothing of its own to import
                yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _package_of(path: Path, level: int) -> list[str]:
    """The package that a relative import counts from."""
    return list(path.relative_to(ROOT).with_suffix("").parts)[:-level] if level else []


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    allowed = ALLOWED[package] | {package}
    wrong = [
        f"{name} imports {target}"
        for name, path in modules()
        if name.startswith(f"bot.{package}")
        for target in imports(path)
        if target.startswith("bot.") and not any(_under(target, f"bot.{a}") for a in allowed)
    ]
    assert not wrong


@pytest.mark.parametrize(
    "line",
    ["from bot import storage", "from bot.storage import work", "import bot.storage", "from ..storage import work"],
)
def test_every_way_to_write_an_import_is_seen(line: str) -> None:
    seen = imported(ast.parse(line), BOT / "domain" / "plan.py")
    assert any(_under(target, "bot.storage") for target in seen)


def _under(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("package", STDLIB_ONLY)
def test_the_core_needs_nothing_but_the_standard_library(package: str) -> None:
    wrong = [
        f"{name} imports {target}"
        for name, path in modules()
        if name.startswith(f"bot.{package}")
        for target in imports(path)
        if target.split(".")[0] not in {*sys.stdlib_module_names, "bot"}
    ]
    assert not wrong


def test_no_adapter_knows_another() -> None:
    wrong = []
    for name, path in modules():
        parts = name.split(".")
        if parts[:2] == ["bot", "adapters"] and len(parts) > 2:
            others = [t for t in imports(path) if t.startswith("bot.adapters.") and t.split(".")[2] != parts[2]]
            wrong += [f"{name} imports {target}" for target in others]
    assert not wrong


def test_modules_do_not_import_each_other_in_circles() -> None:
    known = {name for name, _ in modules()}
    graph = {name: {t for t in imports(path) if t in known} for name, path in modules()}
    assert not list(_cycles(graph))


def _cycles(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    done: set[str] = set()

    def walk(name: str, trail: list[str]) -> Iterator[list[str]]:
        if name in trail:
            yield [*trail[trail.index(name) :], name]
        elif name not in done:
            for target in graph[name]:
                yield from walk(target, [*trail, name])
            done.add(name)

    for name in graph:
        yield from walk(name, [])


def test_packages_re_export_nothing() -> None:
    full = [str(path) for path in BOT.rglob("__init__.py") if path.read_text(encoding="utf-8").strip()]
    assert not full


@pytest.mark.parametrize("module", ["bot.cli", "bot.app", "bot.adapters.terminal.chat", "bot.adapters.bridge.bridge"])
def test_starting_loads_no_platform_sdk_and_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == ""
