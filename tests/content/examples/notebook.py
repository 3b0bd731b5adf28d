"""Runs the python blocks of one note in order, like a notebook, and reports what each printed.

Started in a fresh process and an empty folder as `python notebook.py JOBS RESULTS`: JOBS is a JSON list of
`{"code", "file", "fresh", "stop"}`, RESULTS gets one JSON line a job, written at once, so that a crash or a hang
still shows how far the note came.
"""

from __future__ import annotations

import importlib
import io
import json
import linecache
import os
import socket
import sys
import tempfile
import traceback
import types
from pathlib import Path
from typing import Any

LOCAL = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "testserver"}


def offline(event: str, args: tuple[Any, ...]) -> None:
    """Answer every attempt to leave this machine the way a machine without a network does."""
    if event == "socket.getaddrinfo" and _host(args[0]) not in LOCAL:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if event == "socket.connect" and isinstance(args[1], tuple) and _host(args[1][0]) not in LOCAL:
        raise OSError(101, "Network is unreachable")


def _host(name: str | bytes | None) -> str | None:
    return name.decode() if isinstance(name, bytes) else name


def main(jobs: Path, results: Path) -> None:
    """Do every job; stop at the first one that raises unless it is meant to."""
    sys.path[0] = str(Path.cwd())
    sys.argv = ["example.py"]
    sys.addaudithook(offline)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)
    names = _fresh_main()
    with results.open("w", encoding="utf-8") as out:
        for number, job in enumerate(json.loads(jobs.read_text(encoding="utf-8")), 1):
            names = _fresh_main() if job["fresh"] else names
            result = _write(job) if job["file"] else _captured(number, job["code"], names)
            out.write(json.dumps(result) + "\n")
            out.flush()
            if result["error"] and job["stop"]:
                break


def _fresh_main() -> dict[str, Any]:
    """A new `__main__`, so that pickling and type hints find the names an example defines."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    return module.__dict__


def _write(job: dict[str, Any]) -> dict[str, Any]:
    target = Path(job["file"])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(job["code"], encoding="utf-8")
    importlib.invalidate_caches()
    return {"printed": "", "error": "", "line": 0}


def _captured(number: int, code: str, names: dict[str, Any]) -> dict[str, Any]:
    """Run with file descriptor 1 sent to a file, so that what child processes print is caught as well."""
    sys.stdout.flush()
    kept = os.dup(1)
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 1)
        try:
            error, line = _run(f"<block {number}>", code, names)
        finally:
            sys.stdout.flush()
            os.dup2(kept, 1)
            os.close(kept)
        caught.seek(0)
        return {"printed": caught.read().decode("utf-8", "replace"), "error": error, "line": line}


def _run(name: str, code: str, names: dict[str, Any]) -> tuple[str, int]:
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    try:
        exec(compile(code, name, "exec", dont_inherit=True), names)
    except BaseException as error:  # SystemExit and KeyboardInterrupt are results here too
        return "".join(traceback.format_exception_only(error)).strip(), _line(error, name)
    return "", 0


def _line(error: BaseException, name: str) -> int:
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno or 0
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
    return (frames[-1].lineno or 0) if frames else 0


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
