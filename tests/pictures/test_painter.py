"""Pictures: drawn off the loop, drawn once, and never worth losing a message for."""

from __future__ import annotations

import asyncio
import logging
import struct
import time
from pathlib import Path

import pytest

from bot.domain.message import Image, Rendered
from bot.pictures.draw import png
from bot.pictures.painter import KEPT, SvgPainter

NAMES = "Ada \u0410\u0434\u0430 \u0622\u062f\u0627 \u090f\u0921\u093e \u05d0\u05d3\u05d4 \u0e2d\u0e32\u0e14\u0e32"
FONTS = "Noto Sans, Noto Sans Arabic, Noto Sans Devanagari, Noto Sans Thai, Heebo"


def svg(text: str = NAMES, width: int = 300) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="60" font-family="{FONTS}">'
        f'<text x="5" y="40" font-size="24">{text}</text></svg>'
    )


def message(*svgs: str) -> Rendered:
    return Rendered("board", "words", images=tuple(Image("alt", svg=each) for each in svgs))


def size(file: Path) -> tuple[int, int]:
    head = file.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:])
    return width, height


def written(message: Rendered) -> int:
    return Path(message.images[0].path).stat().st_mtime_ns


def kept(folder: Path) -> int:
    return len(list(folder.glob("*.png")))


async def test_a_picture_becomes_a_file_of_its_size(tmp_path: Path) -> None:
    painted = await SvgPainter(tmp_path).painted(message(svg()))

    assert size(Path(painted.images[0].path)) == (300, 60)
    assert painted.images[0].alt == "alt"


async def test_equal_pictures_are_drawn_once(tmp_path: Path) -> None:
    first = await SvgPainter(tmp_path).painted(message(svg(), svg("other")))
    stamp = written(first)

    again = await SvgPainter(tmp_path).painted(message(svg()))

    assert again.images[0].path == first.images[0].path != first.images[1].path
    assert written(again) == stamp


def test_names_in_six_scripts_are_drawn_and_no_two_look_alike() -> None:
    missing = png(svg("\ue000"))  # a character that no font has

    assert len({png(svg(name)) for name in NAMES.split()} | {missing}) == 7


async def test_a_picture_that_cannot_be_drawn_is_left_out_and_its_words_go(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        painted = await SvgPainter(tmp_path).painted(message("<svg", svg()))

    assert painted.text == "words"
    assert [Path(image.path).suffix for image in painted.images] == [".png"]
    assert "could not be drawn" in caplog.text


async def test_the_folder_does_not_grow_for_ever(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        (tmp_path / f"{number}.png").write_bytes(b"")

    await SvgPainter(tmp_path).painted(message(svg()))

    assert kept(tmp_path) == KEPT


async def test_the_loop_goes_on_while_a_picture_is_drawn(tmp_path: Path) -> None:
    longest, last, done = 0.0, time.perf_counter(), False

    async def watch() -> None:
        nonlocal longest, last
        while not done:
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    watching = asyncio.create_task(watch())
    began = time.perf_counter()
    await SvgPainter(tmp_path).painted(message(svg(width=3000)))
    took, done = time.perf_counter() - began, True
    await watching

    assert longest < took / 3
