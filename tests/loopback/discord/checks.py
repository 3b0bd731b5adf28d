"""What Discord refuses in a message's form, and the official description of its requests when it is at hand."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
SHARED = Path(__file__).parents[4] / "shared"
CONTENT, EMBEDS, DESCRIPTION, ROWS, IN_ROW, LABEL, CUSTOM_ID, NONCE = 2000, 6000, 4096, 5, 5, 80, 100, 25


class Refused(Exception):
    """A request that Discord answers with an error code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


def check_form(body: Json, *, files: int = 0, edit: bool = False) -> None:
    """Raise what Discord would say about a message's body."""
    problems = [*_text(body), *_components(body)]
    if problems:
        raise Refused(400, 50035, f"Invalid Form Body: {'; '.join(problems)}")
    said = body.get("content") or body.get("embeds") or body.get("components") or body.get("sticker_ids") or files
    if not said and not edit:
        raise Refused(400, 50006, "Cannot send an empty message")


def _text(body: Json) -> list[str]:
    problems = []
    if len(body.get("content") or "") > CONTENT:
        problems.append(f"content: must be {CONTENT} or fewer in length")
    embeds = body.get("embeds") or []
    size = sum(len(e.get("title") or "") + len(e.get("description") or "") for e in embeds)
    if len(embeds) > 10 or size > EMBEDS or any(len(e.get("description") or "") > DESCRIPTION for e in embeds):
        problems.append("embeds: too large")
    if len(str(body.get("nonce") or "")) > NONCE:
        problems.append(f"nonce: must be {NONCE} or fewer in length")
    return problems


def _components(body: Json) -> list[str]:
    rows = body.get("components") or []
    problems = ["components: too many rows"] if len(rows) > ROWS else []
    items = [item for row in rows for item in row.get("components", [])]
    if any(len(row.get("components", [])) not in range(1, IN_ROW + 1) for row in rows):
        problems.append("components: a row has one to five")
    if any(not 1 <= len(i.get("custom_id") or "x") <= CUSTOM_ID or len(i.get("label") or "") > LABEL for i in items):
        problems.append("components: label or custom_id too long")
    ids = [i["custom_id"] for i in items if "custom_id" in i]
    if len(ids) != len(set(ids)):
        problems.append("components: COMPONENT_CUSTOM_ID_DUPLICATED")
    return problems


def check_modal(form: Json) -> None:
    """Raise what Discord would say about a form."""
    fields = [
        f for row in form.get("components") or [] for f in [row.get("component"), *row.get("components", [])] if f
    ]
    limits = [(form.get("title"), 45), (form.get("custom_id"), CUSTOM_ID)]
    limits += [pair for field in fields for pair in [(field.get("label"), 45), (field.get("placeholder"), 100)]]
    if not 1 <= len(fields) <= IN_ROW or any(len(text or "") > limit for text, limit in limits):
        raise Refused(400, 50035, "Invalid Form Body: the form is too large")


@lru_cache(maxsize=1)
def official() -> Callable[..., list[str]] | None:
    """The check against Discord's own OpenAPI description, or None where it is not at hand."""
    path = SHARED / "tools" / "discord_spec_check.py"
    if not path.is_file() or not (SHARED / "specs" / "discord-openapi.json").is_file():
        return None
    spec = importlib.util.spec_from_file_location("discord_spec_check", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves a file to be closed by the interpreter
        spec.loader.exec_module(module)
    module.absref = remembered(module.absref)
    return module.check  # type: ignore[no-any-return]


def remembered(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same work, done once for each part of the description instead of once for each request."""
    done: dict[int, Any] = {}

    def once(part: Any) -> Any:
        if id(part) not in done:
            done[id(part)] = work(part)
        return done[id(part)]

    return once
