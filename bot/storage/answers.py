"""Rendered answers as JSON, for as long as they wait to be sent."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from bot.domain.message import Attachment, Button, Image, Rendered

Json = dict[str, Any]


def to_json(replies: Sequence[Rendered]) -> list[Json]:
    """Answers as plain JSON values."""
    return [
        {
            "template": r.template, "text": r.text, "private": r.private, "replaces": r.replaces,
            "buttons": [[[b.label, b.action] for b in row] for row in r.buttons],
            "images": [[i.alt, i.path, i.svg] for i in r.images],
            "files": [[f.name, b64encode(f.content).decode()] for f in r.files],
        }
        for r in replies
    ]  # fmt: skip


def from_json(stored: Sequence[Json]) -> tuple[Rendered, ...]:
    """The answers that `to_json` wrote."""
    return tuple(_answer(item) for item in stored)


def _answer(item: Json) -> Rendered:
    return Rendered(
        item["template"], item["text"], tuple(tuple(Button(*b) for b in row) for row in item["buttons"]),
        item["private"], item["replaces"], tuple(Image(*i) for i in item["images"]),
        tuple(Attachment(name, b64decode(content)) for name, content in item["files"]),
    )  # fmt: skip
