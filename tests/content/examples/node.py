"""Asks node to parse JavaScript, JSX and CSS, all in one call, and to run the JavaScript of quizzes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
LANGUAGES = ("javascript", "jsx", "css")
_FLAGS = ("--experimental-vm-modules", "--no-warnings")


def node_problems(snippets: Sequence[tuple[str, str]]) -> list[str]:
    """What is wrong with each (language, code), or an empty string. Without node, every one is wrong."""
    if not snippets:
        return []
    missing = _missing(any(language != "javascript" for language, _ in snippets))
    if missing:
        return [missing] * len(snippets)
    asked = json.dumps([{"language": language, "code": code} for language, code in snippets])
    done = _node([*_FLAGS, str(HERE / "parse.mjs")], asked)
    if done.returncode:
        return [f"node failed: {done.stderr.strip()[-300:]}"] * len(snippets)
    problems: list[str] = json.loads(done.stdout)
    return problems


def run_javascript(code: str) -> tuple[str, str]:
    """What a piece of JavaScript prints, and the error it ends with."""
    missing = _missing(esbuild=False)
    if missing:
        return "", missing
    try:
        done = _node(["--input-type=module", "-"], code)
    except subprocess.TimeoutExpired:
        return "", "still running after 60 seconds"
    said = [line for line in done.stderr.splitlines() if "Error" in line]
    return done.stdout, (said[0].strip() if said else done.stderr.strip()) if done.returncode else ""


def _missing(esbuild: bool) -> str:
    if not shutil.which("node"):
        return "node is not installed; install Node.js 20 or newer"
    if esbuild and not (HERE.parent / "node_modules" / "esbuild").is_dir():
        return "esbuild is not installed; run `npm ci --prefix tests/content`"
    return ""


def _node(arguments: Sequence[str], text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["node", *arguments], input=text, capture_output=True, text=True, timeout=60, check=False)
