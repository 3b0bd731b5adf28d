"""Reads a Dockerfile: known instructions, FROM first, exec forms that are JSON, enough words for each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_LEAST_WORDS = {
    "FROM": 1, "RUN": 1, "CMD": 1, "LABEL": 1, "EXPOSE": 1, "ENV": 1, "ADD": 2, "COPY": 2, "ENTRYPOINT": 1,
    "VOLUME": 1, "USER": 1, "WORKDIR": 1, "ARG": 1, "ONBUILD": 1, "STOPSIGNAL": 1, "HEALTHCHECK": 1, "SHELL": 1,
}  # fmt: skip
_HEREDOC = re.compile(r"<<-?\s*[\"']?(\w+)[\"']?")


def dockerfile_problem(code: str) -> str:
    """What is wrong with a Dockerfile, in words, or an empty string."""
    started = False
    for line, name, rest in _instructions(code):
        problem = _instruction_problem(name, rest)
        if not started and name not in ("FROM", "ARG"):
            problem = problem or f"{name} before FROM; start with FROM, or mark a fragment `text`"
        if problem:
            return f"line {line} of the block: {problem}"
        started = started or name == "FROM"
    return "" if started else "no FROM; start with FROM, or mark a fragment `text`"


def _instruction_problem(name: str, rest: str) -> str:
    if name not in _LEAST_WORDS:
        return f"`{name}` is no Dockerfile instruction"
    words = [word for word in rest.split() if not word.startswith("--")]
    if (rest.lstrip().startswith("[") and name != "RUN") or re.match(r"\[\s*[\"']", rest):
        return _exec_problem(name, rest)
    if len(words) < _LEAST_WORDS[name]:
        return f"{name} needs at least {_LEAST_WORDS[name]} word(s)"
    if name == "FROM" and len(words) not in (1, 3):
        return "FROM takes an image, or `image AS name`"
    return "SHELL takes a JSON list" if name == "SHELL" else ""


def _exec_problem(name: str, rest: str) -> str:
    try:
        words = json.loads(rest)
    except json.JSONDecodeError:
        return f"{name} {rest.strip()} is not a JSON list: use double quotes and commas"
    return "" if words and all(isinstance(word, str) for word in words) else f"{name} takes a list of strings"


def _instructions(code: str) -> Iterator[tuple[int, str, str]]:
    """Line, name and arguments of each instruction, with continued lines joined."""
    lines = iter(enumerate(code.splitlines(), 1))
    for number, line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        whole = line
        while whole.rstrip().endswith("\\"):
            _, more = next(((n, t) for n, t in lines if not t.lstrip().startswith("#")), (0, ""))
            whole = whole.rstrip().removesuffix("\\") + " " + more
        for word in _HEREDOC.findall(whole):
            next((t for _, t in lines if t.strip() == word), None)
        name, _, rest = whole.strip().partition(" ")
        yield number, name.upper(), rest.strip()
