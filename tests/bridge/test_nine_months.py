"""Nine months on each roadmap by the manual clock, over the clock changes of three zones, and through kill -9."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.bridge.client import BridgeProcess, Line, pushes

pytestmark = pytest.mark.long

START = datetime(2026, 11, 26, 12, tzinfo=UTC)
CASES = [
    ("ml-engineer-40", 40, "America/New_York", "New York"),
    ("full-stack-ml-36", 36, "Europe/Berlin", "Berlin"),
    ("ml-engineer-40", 40, "Australia/Sydney", "Sydney"),
]


def enroll(bridge: BridgeProcess, roadmap: str, city: str) -> None:
    bridge.say("hi")
    bridge.say(f"begin {roadmap}")
    bridge.say(city)


@pytest.mark.parametrize(("roadmap", "weeks", "zone", "city"), CASES)
def test_every_weeks_plan_comes_once_at_nine_local_time_and_then_the_finish(
    tmp_path: Path, roadmap: str, weeks: int, zone: str, city: str
) -> None:
    bridge = BridgeProcess(tmp_path / "m.db")
    enroll(bridge, roadmap, city)
    seen: list[Line] = []
    finish: list[Line] = []
    for week in range(1, weeks + 6):
        for push in pushes(bridge.clock(START + timedelta(weeks=week))):
            seen.append(push)
            finish += [line for line in bridge.say("done all") if line.get("template") == "finished"]
    bridge.quit()
    local = [datetime.fromisoformat(push["at"]).astimezone(ZoneInfo(zone)) for push in seen]
    assert [push["text"].split(" of ")[0] for push in seen] == [f"**Week {n}" for n in range(1, weeks + 1)]
    assert {f"{at:%a %H:%M}" for at in local} == {"Mon 09:00"}
    assert len({at.utcoffset() for at in local}) == 2  # both sides of a clock change
    assert len(finish) == 1
    assert len({push["key"] for push in seen}) == weeks


def walk(database: Path, kills: random.Random | None) -> dict[str, str]:
    """Half a year of pushes by key; with `kills`, the bridge is killed at random moments and started again."""
    found: dict[str, str] = {}
    bridge = BridgeProcess(database)
    enroll(bridge, "full-stack-ml-36", "Berlin")
    for week in range(1, 27):
        while True:
            at = START + timedelta(weeks=week)
            timer = None
            if kills is not None and kills.random() < 0.5:
                timer = threading.Timer(kills.uniform(0, 0.02), bridge.process.kill)
                timer.start()
            try:
                _collect(bridge, at, found)
                break
            except (EOFError, BrokenPipeError):
                bridge.close_quietly()
                bridge = BridgeProcess(database, at=(at - timedelta(weeks=1)).strftime("%Y-%m-%dT%H:%M:%SZ"))
            finally:
                if timer:
                    timer.cancel()
    bridge.kill()
    return found


def _collect(bridge: BridgeProcess, at: datetime, found: dict[str, str]) -> None:
    """Move the clock and keep every push as it is read: one that was written before a kill was sent."""
    bridge.count += 1
    bridge.send({"type": "clock", "id": str(bridge.count), "at": at.strftime("%Y-%m-%dT%H:%M:%SZ")})
    while (line := bridge.read())["type"] != "done":
        if line["type"] == "push":
            found[line["key"]] = line["text"]


def test_kill_9_at_any_moment_changes_nothing_about_the_set_of_pushes(tmp_path: Path) -> None:
    (tmp_path / "calm").mkdir()
    (tmp_path / "rough").mkdir()
    calm = walk(tmp_path / "calm" / "m.db", None)
    rough = walk(tmp_path / "rough" / "m.db", random.Random(7))
    assert len(calm) == 26
    assert rough == calm
