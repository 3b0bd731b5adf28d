"""Bounds over Discord, on loopback: `python -m bench.discord`.

Acknowledgement while another process holds the SQLite write lock, bulk rate without a refusal, time to ready, and
a gateway that drops in the middle of a conversation.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sqlite3
import statistics
import tempfile
import time
import warnings
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from tests.discord_adapter.house import living
    from tests.discord_adapter.test_serve import serving
from tests.loopback.discord.people import words
from tests.loopback.discord.server import LoopbackDiscord

LOCKED, PEOPLE, PUSHES, RATE, STARTS = 2.0, 80, 300, 45, 3


def hold(database: str, seconds: float) -> None:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    connection.execute("ROLLBACK")
    connection.close()


async def ready(folder: Path) -> tuple[float, float]:
    """Seconds from the start of `milepost serve` to its being on Discord: by the clock, and of processor time."""
    # An installed Milepost starts from bytecode; a checkout may be told to write none.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    async with LoopbackDiscord() as discord:
        async with serving(discord, folder, **compiled):  # makes that, and the database
            pass
        took = []
        for _ in range(STARTS):
            began = time.monotonic()
            async with serving(discord, folder, **compiled) as process:
                took.append((time.monotonic() - began, spent(process.pid)))
        return statistics.median(t[0] for t in took), statistics.median(t[1] for t in took)


def spent(pid: int) -> float:
    """The processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def acknowledgements(folder: Path) -> list[float]:
    async with LoopbackDiscord() as discord, living(discord, folder / "ack.db"):
        people = [discord.person(f"P{n}") for n in range(PEOPLE)]
        holder = multiprocessing.get_context("spawn").Process(target=hold, args=(str(folder / "ack.db"), LOCKED))
        holder.start()
        await asyncio.sleep(0.7)
        taps = []
        for person in people:
            taps.append(await person.begin(2, person._call("start", {})))
            await asyncio.sleep(0.02)
        await asyncio.gather(*(p.settled(tap) for p, tap in zip(people, taps, strict=True)))
        holder.join()
        assert all(person.reads(tap) for person, tap in zip(people, taps, strict=True))
        return sorted(tap.acked_after for tap in taps)


async def bulk(folder: Path) -> tuple[float, int]:
    async with LoopbackDiscord() as discord, living(discord, folder / "bulk.db", rate=RATE) as house:
        people = [discord.person(f"P{n}") for n in range(PUSHES)]
        for start in range(0, PUSHES, 20):
            await asyncio.gather(*(p.slash("begin", roadmap="full-stack-ml-36") for p in people[start : start + 20]))
        discord.rest.sent.clear()
        await house.wait(days=7, hours=3)
        at = sorted(sent.at for sent in discord.sent("POST", "/messages"))
        assert all(any("Week 2 of 36" in words(m) for m in person.inbox) for person in people)
        return (len(at) - 1) / (at[-1] - at[0]), discord.limits.refused


async def drops(folder: Path) -> tuple[int, int]:
    async with LoopbackDiscord() as discord, living(discord, folder / "drop.db"):
        ada, said = discord.person("Ada"), 20
        for number in range(said):
            await ada.write("help")
            if number % 4 == 1:
                await discord.gateway.drop()
            await asyncio.sleep(0.15)
        await asyncio.sleep(3)
        return said, len(ada.inbox)


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wall, processor = await ready(folder)
        print(f"start-up of the program to ready: {wall:.2f} s (bound 2), {processor:.2f} s of processor time")
        acks = await acknowledgements(folder)
        worst = acks[int(len(acks) * 0.99)]
        print(
            f"acknowledged with the write lock held {LOCKED:g} s: median {statistics.median(acks) * 1000:.0f} ms, "
            f"p99 {worst * 1000:.0f} ms (bound 200), {len(acks)} interactions"
        )
        rate, refused = await bulk(folder)
        print(f"bulk: {rate:.1f}/s of {RATE} set = {rate / RATE:.0%} (bound 95 %), {refused} answered 429")
        said, answered = await drops(folder)
        print(f"gateway dropped 5 times: {said} said, {answered} answered")


if __name__ == "__main__":
    asyncio.run(main())
