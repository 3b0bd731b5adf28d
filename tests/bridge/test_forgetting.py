"""The bridge keeps words no longer than any other platform."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from tests.bridge.client import BridgeProcess


def test_a_manual_clock_that_passes_thirty_days_forgets_what_was_said(tmp_path: Path) -> None:
    bridge = BridgeProcess(tmp_path / "m.db")
    for text in ("start", "begin ml-engineer-40", "ask what is overfitting"):
        bridge.say(text)
    with sqlite3.connect(tmp_path / "m.db") as database:
        assert database.execute("select count(*) from answer_thread").fetchone() == (1,)
    bridge.clock(datetime(2026, 12, 28, 12, tzinfo=UTC))
    with sqlite3.connect(tmp_path / "m.db") as database:
        assert database.execute("select count(*) from answer_thread").fetchone() == (0,)
    bridge.close_quietly()
