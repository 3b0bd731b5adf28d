"""SVG to PNG, in a process of its own. A picture that cannot be drawn is left out: its words stand by themselves."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import sys
from asyncio.subprocess import PIPE
from dataclasses import replace
from pathlib import Path

from bot.domain.errors import MilepostError
from bot.domain.message import Image, Rendered

log = logging.getLogger(__name__)
PATIENCE = 10.0
"""Seconds for one picture; it takes a fraction of one."""
KEPT = 200
"""So many pictures stay in the folder; the oldest go first, and every one of them can be drawn again."""


class NotDrawn(MilepostError):
    """What was handed over is no picture."""


class SvgPainter:
    """See `bot.engine.ports.Painter`. Equal pictures are drawn once; they lie in a folder under a sum of their SVG."""

    def __init__(self, folder: Path, fonts: Path | None = None) -> None:
        self._folder = folder
        self._command = (sys.executable, "-m", "bot.pictures.draw", *([str(fonts)] if fonts else []))
        self._one_at_a_time = asyncio.Lock()

    async def painted(self, rendered: Rendered) -> Rendered:
        """See `Painter.painted`."""
        if not any(image.svg and not image.path for image in rendered.images):
            return rendered
        images = [await self._image(image) for image in rendered.images]
        return replace(rendered, images=tuple(image for image in images if image.path))

    async def _image(self, image: Image) -> Image:
        if image.path or not image.svg:
            return image
        try:
            async with self._one_at_a_time:
                return replace(image, path=str(await self._file(image.svg)))
        except Exception:
            log.exception("a picture could not be drawn; its message goes without it")
            return image

    async def _file(self, svg: str) -> Path:
        file = self._folder / f"{hashlib.sha256(svg.encode()).hexdigest()[:32]}.png"
        if not file.is_file():
            self._keep(file, await self._drawn(svg))
        return file

    async def _drawn(self, svg: str) -> bytes:
        drawing = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE)
        try:
            async with asyncio.timeout(PATIENCE):
                png, problem = await drawing.communicate(svg.encode())
        finally:
            if drawing.returncode is None:
                drawing.kill()
                await drawing.wait()
        if drawing.returncode:
            raise NotDrawn(problem.decode(errors="replace").strip().rpartition("\n")[2])
        return png

    def _keep(self, file: Path, png: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._make_room()
        half = file.with_suffix(f".{os.getpid()}")
        half.write_bytes(png)
        half.replace(file)

    def _make_room(self) -> None:
        files = sorted(self._folder.glob("*.png"), key=lambda file: file.stat().st_mtime)
        for old in files[: max(0, len(files) - KEPT + 1)]:
            old.unlink(missing_ok=True)
