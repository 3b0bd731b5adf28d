"""Keeps the parsed notes between starts: a JSON file in the user's cache folder, never trusted further than its sums.

A file that is damaged, out of date, writable by others or in a folder that cannot be written is as good as none.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.domain.roadmap import Resource
from bot.domain.text import Prose
from bot.domain.topic import Section, SectionKey, Topic, WrongCase

# The code whose change makes an old cache mean something else.
_CODE = ("catalog/topic_cache.py", "catalog/topic_body.py", "catalog/topic_schema.py", "domain/topic.py")
_PACKAGE = Path(__file__).resolve().parents[1]


def cache_folder() -> Path:
    """The user's folder for files that may be deleted at any time."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "milepost"


def digest(folder: Path, notes: Iterable[Path]) -> str:
    """A sum over the notes, their names and the code that reads them."""
    total = blake2b(digest_size=20)
    for path in (*(_PACKAGE / name for name in _CODE), *notes):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def cache_file(below: Path, folder: Path) -> Path:
    """Where the notes of a topics folder are kept: one file for each such folder."""
    return below / f"topics-{_sum(str(folder.resolve()).encode())[:12]}.json"


def load_cached(file: Path, wanted: str) -> list[Topic] | None:
    """The notes kept under that digest, or None."""
    kept_under, topics = _kept(file, wanted)
    return topics if kept_under == wanted else None


def load_last(file: Path) -> list[Topic]:
    """The notes as they were when all of them could last be read by this code; empty when that was never."""
    return _kept(file)[1] or []


def _kept(file: Path, wanted: str = "") -> tuple[str, list[Topic] | None]:
    """Under which digest notes are kept, and the notes: those of any digest when none is wanted."""
    try:
        with file.open("rb") as opened:
            if not _is_ours(os.fstat(opened.fileno())):
                return "", None
            head, _, body = opened.read().partition(b"\n")
        under, code, total = head.decode().split(" ")
        if (code, total) != (_code_sum(), _sum(body)) or (wanted and under != wanted):
            return "", None
        return under, [_topic(entry) for entry in json.loads(body)]
    except (OSError, ValueError, LookupError, TypeError):
        return "", None


@cache
def _code_sum() -> str:
    return _sum(b"".join((_PACKAGE / name).read_bytes() for name in _CODE))


def keep(file: Path, wanted: str, topics: Iterable[Topic]) -> None:
    """Keep the notes for the next start, if the folder can be written."""
    body = json.dumps([asdict(topic) for topic in topics], ensure_ascii=False, separators=(",", ":")).encode()
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.stem)
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(f"{wanted} {_code_sum()} {_sum(body)}\n".encode() + body)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody else can have written the file. Windows keeps the folder itself to its user."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _sum(content: bytes) -> str:
    return blake2b(content, digest_size=20).hexdigest()


def _topic(entry: dict[str, Any]) -> Topic:
    return Topic(
        id=entry["id"], area=entry["area"], title=Prose(entry["title"]), summary=Prose(entry["summary"]),
        sections=tuple(_section(section) for section in entry["sections"]),
        aliases=tuple(entry["aliases"]), needs=tuple(entry["needs"]), tested_with=tuple(entry["tested_with"]),
        resources=tuple(Resource(Prose(r["title"]), r["url"], Prose(r["part"])) for r in entry["resources"]),
        asks={SectionKey(name): tuple(questions) for name, questions in entry["asks"].items()},
    )  # fmt: skip


def _section(entry: dict[str, Any]) -> Section:
    cases = tuple(WrongCase(Prose(c["title"]), Prose(c["text"]), c["line"]) for c in entry["cases"])
    return Section(SectionKey(entry["key"]), Prose(entry["lead"]), entry["line"], cases)
