"""Real parsers for the blocks that are read and not run."""

from __future__ import annotations

import configparser
import json
import subprocess
import tomllib
from collections.abc import Callable

import yaml

from tests.content.examples.dockerfile import dockerfile_problem
from tests.content.examples.markup import html_problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_problem(language: str, code: str) -> str:
    """What is wrong with a block, in words, or an empty string."""
    return _PARSERS[language](code)


def parses(language: str) -> bool:
    """Whether a language is read here; JavaScript, JSX and CSS are read by node."""
    return language in _PARSERS


def _json_problem(code: str) -> str:
    try:
        json.loads(code)
    except json.JSONDecodeError as error:
        return f"not JSON: {error}"
    return ""


def _yaml_problem(code: str) -> str:
    try:
        list(yaml.compose_all(code, Loader=_Loader))
    except yaml.YAMLError as error:
        return f"not YAML: {' '.join(str(error).split())}"
    return ""


def _toml_problem(code: str) -> str:
    try:
        tomllib.loads(code)
    except tomllib.TOMLDecodeError as error:
        return f"not TOML: {error}"
    return ""


def _ini_problem(code: str) -> str:
    try:
        configparser.ConfigParser(interpolation=None, allow_no_value=True).read_string(code)
    except configparser.Error as error:
        return f"not an INI file: {' '.join(str(error).split())}"
    return ""


def _bash_problem(code: str) -> str:
    prompts = [line for line in code.splitlines() if line.startswith("$ ")]
    if prompts:
        return f"leave the prompt out, so that `{prompts[0]}` can be copied; show what it prints as `text`"
    done = subprocess.run(["bash", "-n"], input=code, capture_output=True, text=True, timeout=10, check=False)
    return f"not bash: {' '.join(done.stderr.split())}" if done.returncode or done.stderr else ""


_PARSERS: dict[str, Callable[[str], str]] = {
    "json": _json_problem, "yaml": _yaml_problem, "toml": _toml_problem, "ini": _ini_problem,
    "bash": _bash_problem, "html": html_problem, "dockerfile": dockerfile_problem,
}  # fmt: skip
