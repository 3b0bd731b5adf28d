"""The fonts that pictures are set in: packages bring them, so that a picture looks alike on every machine."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

PACKAGES = (
    "fontpkg_noto_sans", "fontpkg_noto_sans_arabic", "fontpkg_noto_sans_devanagari", "fontpkg_noto_sans_thai",
    "fontpkg_heebo",
)  # fmt: skip
"""Noto Sans for Latin, Greek, Cyrillic and Vietnamese; Arabic; Devanagari; Thai; Heebo for Hebrew. Others come with
`MILEPOST_FONTS_DIR`."""


@cache
def font_folders() -> tuple[str, ...]:
    """The folders of the fonts that are installed with Milepost."""
    found = (find_spec(name) for name in PACKAGES)
    return tuple(str(Path(spec.origin).parent / "files") for spec in found if spec and spec.origin)
