"""Where a measurement takes place: databases with learners whose push is due, and a stopwatch."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage.connection import Database
from bot.storage.database import database_url, open_database
from bot.storage.migrate import upgrade
from tests.delivery.people import fill
from tests.postgres import fresh_database, server

ROUNDS = 3
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo")


@dataclass(frozen=True)
class Result:
    """One line of the table. `holds` is None where there is no bound, or nothing to compare with."""

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    bound: str
    holds: bool | None

    def line(self) -> str:
        peer = "-" if self.peer is None else f"{self.peer:,.4g}"
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}x"
        verdict = {True: "holds", False: "FALLS SHORT", None: ""}[self.holds]
        return f"{self.name:58} {self.ours:>12,.4g} {peer:>12} {ratio:>9}  {self.bound:22} {verdict}"

    def plain(self) -> dict[str, object]:
        return asdict(self)


def at_least(name: str, ours: float, peer: float, bound: float) -> Result:
    """A rate that has to be so many times the peer's."""
    return Result(name, ours, peer, ours / peer, f">= {bound:g}x", ours / peer >= bound)


def at_most(name: str, ours: float, peer: float, bound: float) -> Result:
    """A time that may be so many times the peer's."""
    return Result(name, ours, peer, ours / peer, f"<= {bound:g}x", ours / peer <= bound)


def below(name: str, ours: float, bound: float, unit: str) -> Result:
    """A figure with a bound of its own."""
    return Result(name, ours, None, None, f"<= {bound:g} {unit}", ours <= bound)


def above(name: str, ours: float, bound: float, unit: str) -> Result:
    """A figure with a floor of its own."""
    return Result(name, ours, None, None, f">= {bound:g} {unit}", ours >= bound)


def median(values: list[float]) -> float:
    return statistics.median(values)


async def rate(count: int, act: Callable[[], Awaitable[object]]) -> float:
    """How many a second, done once."""
    began = time.perf_counter()
    await act()
    return count / (time.perf_counter() - began)


async def stalls(until: asyncio.Event) -> float:
    """The longest the event loop kept everybody waiting, in seconds."""
    worst = 0.0
    while not until.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        worst = max(worst, time.perf_counter() - began - 0.001)
    return worst


@contextmanager
def kinds() -> Iterator[dict[str, str]]:
    """The two stores: a folder for SQLite files, and a server of PostgreSQL."""
    with TemporaryDirectory(prefix="milepost-bench-") as folder, server() as address:
        yield {"sqlite": folder, "postgresql": address}


@asynccontextmanager
async def database(kind: str, place: str, learners: int) -> AsyncIterator[tuple[Database, str]]:
    """A fresh database with so many learners due."""
    if kind == "sqlite":
        file = Path(place) / f"{time.monotonic_ns()}.db"
        async with _filled(f"sqlite:///{file}", learners) as opened:
            yield opened, str(file)
        for leftover in file.parent.glob(f"{file.name}*"):
            leftover.unlink()
        return
    async with fresh_database(place) as url, _filled(url, learners) as opened:
        yield opened, url


@asynccontextmanager
async def _filled(url: str, learners: int) -> AsyncIterator[Database]:
    opened = open_database(database_url(url))
    await upgrade(opened)
    await fill(opened, learners, zones=ZONES)
    if opened.name == "postgresql":
        async with opened.begin() as connection:
            await connection.exec_driver_sql("ANALYZE")
    try:
        yield opened
    finally:
        await opened.dispose()
