"""Drives `milepost bridge --clock manual` as a child process, the way another program would."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
Line = dict[str, Any]


class BridgeProcess:
    """One bridge on a database file. Requests are numbered by themselves."""

    def __init__(self, database: Path, at: str = "2026-11-26T12:00:00Z") -> None:
        environment = {
            **os.environ,
            "MILEPOST_DATABASE_URL": f"sqlite:///{database}",
            "XDG_DATA_HOME": str(database.parent),
        }
        command = [sys.executable, "-m", "bot", "bridge", "--clock", "manual", "--at", at]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=ROOT,
        )
        self.count = 0
        self.raw: list[str] = []

    def send(self, body: Line | str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write((body if isinstance(body, str) else json.dumps(body)) + "\n")
        self.process.stdin.flush()

    def read(self) -> Line:
        assert self.process.stdout is not None
        text = self.process.stdout.readline()
        if not text:
            raise EOFError
        self.raw.append(text)
        return dict(json.loads(text))

    def ask(self, **body: Any) -> list[Line]:
        """Send a request and read all that it causes."""
        self.count += 1
        self.send({"id": str(self.count), **body})
        lines = []
        while True:
            lines.append(self.read())
            if lines[-1]["type"] in ("done", "error"):
                return lines

    def say(self, text: str, user: str = "u1", **chat: Any) -> list[Line]:
        where = {"id": f"chat-{user}", "kind": "direct", **chat}
        return self.ask(type="message", user={"id": user, "name": user.upper()}, chat=where, text=text)

    def press(self, button: str, user: str = "u1") -> list[Line]:
        return self.ask(type="press", user={"id": user}, chat={"id": f"chat-{user}", "kind": "direct"}, button=button)

    def clock(self, at: datetime) -> list[Line]:
        return self.ask(type="clock", at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def quit(self) -> int:
        self.ask(type="quit")
        return self.close()

    def close(self) -> int:
        assert self.process.stdin and self.process.stdout and self.process.stderr
        self.process.stdin.close()
        code = self.process.wait(20)
        self.process.stdout.close()
        self.process.stderr.close()
        return code

    def close_quietly(self) -> None:
        """Tidy up after a process that is gone already."""
        assert self.process.stdin and self.process.stdout and self.process.stderr
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()
        self.process.stderr.close()

    def kill(self) -> None:
        self.process.kill()
        self.close_quietly()


def pushes(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line["type"] == "push"]
