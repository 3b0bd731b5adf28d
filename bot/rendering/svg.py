"""Pictures as templates: `<name>.svg` beside the words of a language, filled like these and escaped for XML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import segno

from bot.rendering.environment import TemplateEnvironment
from bot.rendering.lettering import drawable, short


def as_xml(value: object) -> str:
    """A value as it may stand between tags and, in double quotes, in an attribute; control characters go."""
    text = "".join(char for char in str(value) if char >= " ")
    return quoteattr(text, {'"': "&quot;"})[1:-1]


class Markup(str):
    """A piece of SVG of our own, which is not escaped."""

    __slots__ = ()


def finished(value: object) -> str:
    """What `{{ … }}` becomes in a picture."""
    return value if isinstance(value, Markup) else as_xml(value)


def qr(link: str) -> Markup:
    """The dark squares of a QR code as a path, one unit a square, with the quiet zone around it; 0,0 is its corner."""
    rows = segno.make(link, error="m", micro=False).matrix_iter(border=4)
    return Markup("".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark))


def qr_size(link: str) -> int:
    """How many squares wide the code of a link is, with its quiet zone."""
    return int(segno.make(link, error="m", micro=False).symbol_size(border=4)[0])


def picture_environment(folders: Sequence[Path], *, every_script: bool = False) -> TemplateEnvironment:
    """Where `.svg` templates run. `every_script` says that whoever runs it brings fonts for what ours lack."""
    environment = TemplateEnvironment(folders, finished)
    environment.filters |= {"qr": qr, "qr_size": qr_size, "short": short, "drawable": str if every_script else drawable}
    return environment
