"""How quick and how steady Telegram is: `python -m bench.telegram [--pushes 10000]`.

A loopback Bot API server and its users run in this process, `milepost serve` in another, so that what is measured is
the whole way: from an update's arrival to the answer's arrival at the server. The server holds the bot to 30 messages
a second, strictly, while it pushes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.loopback.telegram.people import Room, direct, person
from tests.loopback.telegram.server import LoopbackTelegram
from tests.loopback.telegram.state import Chat

ROOT = Path(__file__).resolve().parents[1]
CHATS = 50
LIMIT = 30
LINES = ("what's next?", "progress", "done 1", "undo", "week", "settings")


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else 0.0


async def serve(server: LoopbackTelegram, database: Path) -> asyncio.subprocess.Process:
    environment = {
        **os.environ, "MILEPOST_DATABASE_URL": f"sqlite:///{database}", "MILEPOST_WEB_PORT": "0",
        "MILEPOST_TELEGRAM_TOKEN": server.state.token, "MILEPOST_TELEGRAM_API_URL": server.url,
        "MILEPOST_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "serve", cwd=ROOT, env=environment)


async def timed(room: Room, text: str) -> float:
    """Milliseconds from an update's arrival at the server to its answer's, by the server's own notes."""
    began, mark = time.monotonic(), len(room.server.state.calls)
    await room.says(text)
    while (at := _answered(room, mark)) is None:
        await asyncio.sleep(0.01)
        if time.monotonic() - began > 30:
            return 30_000.0
    return (at - began) * 1000


def _answered(room: Room, mark: int) -> float | None:
    calls, chat = room.server.state.calls, str(room.chat.id)
    fresh = (calls[number] for number in range(mark, len(calls)))
    return next((c.at for c in fresh if c.method == "sendMessage" and str(c.params["chat_id"]) == chat), None)


def used(process: asyncio.subprocess.Process) -> float:
    """Milliseconds of processor time that `milepost serve` has taken."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


async def talk(rooms: list[Room], seconds: float, every: float) -> list[float]:
    """Every chat says something now and then; how long each answer took."""
    found: list[float] = []

    async def one(room: Room, wait: float) -> None:
        end = time.monotonic() + seconds
        await asyncio.sleep(wait)
        while time.monotonic() < end:
            began = time.monotonic()
            found.append(await timed(room, random.choice(LINES)))
            await asyncio.sleep(max(0.0, every * random.uniform(0.8, 1.2) - (time.monotonic() - began)))

    await asyncio.gather(*(one(room, every * number / len(rooms)) for number, room in enumerate(rooms)))
    return found


def owe(database: Path, server: LoopbackTelegram, count: int, now: float) -> None:
    """Learners whose weekly plan is due at an instant."""
    today = date.today().toordinal()
    due = int(now * 1000)
    minute = int(now) % 86_400 // 60  # else what falls due later in the day waits for its hour
    first = 5_000_000
    for number in range(first, first + count):
        server.state.chats[number] = Chat(number, "private", user_id=number)
    with sqlite3.connect(database) as db:
        people = [(n, f"L{n}", due, "UTC", 0, minute, 0, 0, "", "en", "") for n in range(first, first + count)]
        db.executemany(
            "insert into learners (id, name, created_at, zone, weekday, push_time, quiet_start, quiet_end, platform, "
            "locale, asked) values (?,?,?,?,?,?,?,?,?,?,?)", people,
        )  # fmt: skip
        db.executemany(
            "insert into identities (platform, external_id, learner_id, chat_id) values ('telegram', ?, ?, ?)",
            [(str(n), n, str(n)) for n in range(first, first + count)],
        )
        db.executemany(
            "insert into enrollments (learner_id, roadmap_id, started_on, hours, anchor_week, anchor_on, state, "
            "focus_week, next_push_on, next_push_at, over_on) values (?, 'full-stack-ml-36', ?, 25, 1, ?, 'active', 1, "
            "?, ?, ?)",
            [(n, today - 7, today - 7, today, due, today + 245) for n in range(first, first + count)],
        )
    db.close()


async def bench(pushes: int, every: float) -> dict[str, object]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.db"
        async with LoopbackTelegram().running() as server:
            process = await serve(server, database)
            rooms = [direct(server, person(server, f"P{number}")) for number in range(CHATS)]
            for room in rooms:
                for line in ("/start", "begin full-stack-ml-36", "zone Berlin"):
                    await timed(room, line)
            idle = await talk(rooms, max(60.0, pushes / LIMIT / 4), every)
            burst, cost = await crowds(process, rooms)
            server.state.limits.overall = LIMIT
            mark = len(server.state.calls)
            owe(database, server, pushes, time.time())
            busy_for = pushes / (LIMIT - 1 - CHATS / every)
            busy = await talk(rooms, busy_for * 0.97, every)
            await _all_pushed(server, pushes)
            process.send_signal(signal.SIGTERM)
            await process.wait()
            return {"processor ms a message": cost} | _figures(server, mark, pushes, idle, burst, busy)


async def crowds(process: asyncio.subprocess.Process, rooms: list[Room]) -> tuple[list[float], float]:
    """All chats speak in one instant, several times; how long each answer took, and what one costs `serve`."""
    found: list[float] = []
    before = used(process)
    for line in LINES:
        found += await asyncio.gather(*(timed(room, line) for room in rooms))
        await asyncio.sleep(1.5)
    return found, round((used(process) - before) / len(found), 2)


async def _all_pushed(server: LoopbackTelegram, pushes: int) -> None:
    end = time.monotonic() + 120
    while sum(bool(c.messages) for c in server.state.chats.values() if c.id >= 5_000_000) < pushes:
        await asyncio.sleep(0.2)
        if time.monotonic() > end:
            break


def _figures(
    server: LoopbackTelegram, mark: int, pushes: int, idle: list[float], burst: list[float], busy: list[float]
) -> dict[str, object]:
    calls = [c for c in server.state.calls[mark:] if c.method in ("sendMessage", "editMessageText")]
    bulk = [c for c in calls if int(c.params["chat_id"]) >= 5_000_000 and c.status == 200]
    first, last = bulk[0].at, bulk[-1].at
    total = [c for c in calls if first <= c.at <= last]
    return {
        "chats": CHATS, "idle answers": len(idle), "idle p50 ms": round(statistics.median(idle), 1),
        "idle p95 ms": round(p95(idle), 1), "50 in one instant p50 ms": round(statistics.median(burst), 1),
        "50 in one instant p95 ms": round(p95(burst), 1),
        "pushes sent": len(bulk), "pushes owed": pushes, "answers during the push": len(busy),
        "busy p50 ms": round(statistics.median(busy), 1), "busy p95 ms": round(p95(busy), 1),
        "busy p95 : idle p95": round(p95(busy) / p95(idle), 2),
        "pushes a second": round((len(bulk) - 1) / (last - first), 2),
        "messages a second, all": round((len(total) - 1) / (last - first), 2), "limit": LIMIT,
        "share of the limit": round((len(total) - 1) / (last - first) / LIMIT, 3),
        "429s": sum(c.status == 429 for c in server.state.calls), "load": os.getloadavg()[0],
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pushes", type=int, default=1500)
    parser.add_argument("--every", type=float, default=25.0, help="seconds between two messages of one chat")
    options = parser.parse_args()
    print(json.dumps(asyncio.run(bench(options.pushes, options.every)), indent=1))
