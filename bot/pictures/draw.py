"""`python -m bot.pictures.draw [FONTS]`: SVG on stdin, PNG on stdout. A process of its own, because the library holds
the interpreter while it draws, and nobody's answer should wait for a picture."""

from __future__ import annotations

import sys

import resvg_py

from bot.pictures.fonts import font_folders


def png(svg: str, *fonts: str) -> bytes:
    """The picture's bytes. Raises `ValueError` for what is no SVG."""
    folders = [*font_folders(), *fonts]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_dirs=folders))


if __name__ == "__main__":
    sys.stdout.buffer.write(png(sys.stdin.buffer.read().decode(), *sys.argv[1:]))
