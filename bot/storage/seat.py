"""Who speaks: of all processes on one database, one at a time has the seat, the others stand by.

Losing the seat is not something to live on with: the process ends, and comes back as one that stands by. What it had
claimed is guarded by leases in any case, see `bot.storage.outbox`.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Protocol

import asyncpg  # type: ignore[import-untyped]  # asyncpg ships no type information
from sqlalchemy import URL

from bot.storage.database import sqlite_file

SECONDS = 2.0
"""Between two looks at whether the seat is free, or still ours."""


class Seat(Protocol):
    """A lock that its holder's death opens."""

    async def taken(self) -> bool:
        """Try to sit down."""

    async def kept(self) -> bool:
        """Whether it is still ours."""

    async def leave(self) -> None:
        """Stand up."""


class FileSeat:
    """For SQLite: a lock on a file beside the database, opened by the kernel when its holder dies."""

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file: IO[str] | None = None

    async def taken(self) -> bool:
        """See `Seat.taken`."""
        import fcntl  # noqa: PLC0415 - not everywhere

        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    async def kept(self) -> bool:
        """See `Seat.kept`."""
        return self._file is not None

    async def leave(self) -> None:
        """See `Seat.leave`."""
        if self._file is not None:
            self._file.close()
            self._file = None


class PostgresSeat:
    """An advisory lock of a session of its own: the server opens it when the session ends."""

    def __init__(self, url: URL, name: str) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        self._session: Any = None

    async def taken(self) -> bool:
        """See `Seat.taken`."""
        try:
            if self._session is None or self._session.is_closed():
                self._session = await asyncpg.connect(
                    self._address, timeout=10, command_timeout=5, target_session_attrs="read-write",
                    server_settings={"application_name": "milepost seat", "tcp_keepalives_idle": "10",
                                     "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"},
                )  # fmt: skip
            return bool(await self._session.fetchval("SELECT pg_try_advisory_lock($1)", self._key))
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False

    async def kept(self) -> bool:
        """See `Seat.kept`. A server that turned read-only keeps nobody: the seat is at the new one."""
        try:
            return bool(await self._session.fetchval("SHOW transaction_read_only") == "off")
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False

    async def leave(self) -> None:
        """See `Seat.leave`."""
        if self._session is not None:
            with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._session.close(timeout=2)
            self._session = None


class OpenSeat:
    """Where nobody else can come: a database in memory, or a system without file locks."""

    async def taken(self) -> bool:
        """See `Seat.taken`."""
        return True

    async def kept(self) -> bool:
        """See `Seat.kept`."""
        return True

    async def leave(self) -> None:
        """See `Seat.leave`."""


def seat(url: URL, name: str) -> Seat:
    """The seat of that name at a database."""
    file = sqlite_file(url)
    if file is not None:
        return FileSeat(file.with_name(f"{file.name}.{name}.lock")) if os.name == "posix" else OpenSeat()
    return PostgresSeat(url, name) if url.get_backend_name() == "postgresql" else OpenSeat()


async def sit_down(place: Seat, seconds: float = SECONDS) -> None:
    """Wait until the seat is ours."""
    while not await place.taken():  # noqa: ASYNC110 - the lock is another process's
        await asyncio.sleep(seconds)


async def until_lost(place: Seat, seconds: float = SECONDS) -> None:
    """Return when the seat is no longer ours."""
    while await place.kept():  # noqa: ASYNC110 - nobody tells us that a lock is gone
        await asyncio.sleep(seconds)
