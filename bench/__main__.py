"""`make bench`: measure Milepost and its peers in one run, print the table, write bench/results.json.

`MILEPOST_BENCH_LEARNERS` sets how many are due at once (20,000; the bounds are stated for 100,000).
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
from pathlib import Path

from bench import groups, planning, reach, sending, talking
from bench.stage import Result, kinds

RESULTS = Path(__file__).with_name("results.json")
COUNT = int(os.environ.get("MILEPOST_BENCH_LEARNERS", "20000"))


async def main() -> None:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, {COUNT:,} learners due; load before the run {os.getloadavg()[0]:.1f}")
    print(f"{'':58} {'ours':>12} {'peer':>12} {'ratio':>9}  bound")
    found: list[Result] = []
    with kinds() as places:
        for part in (
            planning.measure(places, COUNT),
            sending.claims(places, COUNT // 2),
            sending.paces(places),
            sending.idle(places, COUNT * 10),
            talking.measure(places, COUNT),
            groups.measure(places),
            reach.measure(places, COUNT),
        ):
            async for result in part:
                found.append(result)
                print(result.line(), flush=True)
                RESULTS.write_text(json.dumps([each.plain() for each in found], indent=2) + "\n", encoding="utf-8")
    short = [result.name for result in found if result.holds is False]
    print(f"{len(found)} figures, {len(short)} fall short" + "".join(f"\n  {name}" for name in short))


if __name__ == "__main__":
    asyncio.run(main())
