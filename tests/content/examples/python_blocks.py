"""Runs or parses the python blocks of a note and compares what they print with what the note shows."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.content.examples.example import Example, Verdict

SECONDS = 60
_DRIVER = Path(__file__).with_name("notebook.py")
_FIXED = {
    "MPLBACKEND": "Agg", "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "COLUMNS": "80", "NO_COLOR": "1", "TZ": "UTC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """Code to run, or to write to `file`. `fresh` forgets the names of the jobs before it."""

    code: str
    file: str = ""
    fresh: bool = False
    stop: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job printed, and the error it ended with, if any. `line` counts in the job's own code."""

    printed: str
    error: str = ""
    line: int = 0

    @property
    def last_line(self) -> str:
        """The error's last line, without the link that pydantic adds below its errors."""
        lines = [line for line in self.error.splitlines() if "For further information visit" not in line]
        return lines[-1].strip() if lines else ""


def check_python(examples: Sequence[Example]) -> Iterator[Verdict]:
    """Verdicts for the python blocks of one note, and for the files its other blocks write."""
    runs: list[Example] = []
    for example in examples:
        problem = _syntax_problem(example)
        if problem or "no-run" in example.flags:
            yield example.verdict(problem)
        else:
            runs.append(example)
    jobs = [Job(e.code, e.file, stop="raises" not in e.flags) for e in runs]
    if all(job.file for job in jobs):
        yield from (e.verdict() for e in runs)
        return
    outcomes, end = run_jobs(jobs)
    for example, outcome in zip(runs, outcomes, strict=False):
        yield example.verdict(_problem(example, outcome))
    for example in runs[len(outcomes) :]:
        yield example.verdict(end)
        end = "not reached, because an earlier block of this note stops"


def run_jobs(jobs: Sequence[Job]) -> tuple[list[Outcome], str]:
    """The outcomes in order, as far as the process came, and why it came no further."""
    with tempfile.TemporaryDirectory() as home:
        source, target, folder = Path(home, "jobs"), Path(home, "results"), Path(home, "folder")
        folder.mkdir()
        source.write_text(json.dumps([_as_dict(job) for job in jobs]), encoding="utf-8")
        end = _start([sys.executable, str(_DRIVER), str(source), str(target)], folder)
        lines = target.read_text(encoding="utf-8").splitlines() if target.exists() else []
        return [Outcome(**json.loads(line)) for line in lines], end


def _as_dict(job: Job) -> dict[str, str | bool]:
    return {"code": job.code, "file": job.file, "fresh": job.fresh, "stop": job.stop}


def _start(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **_FIXED}, timeout=SECONDS, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"still running after {SECONDS} seconds; make it smaller or mark it `no-run`"
    if done.returncode:
        return f"the process ended with {done.returncode}: {done.stderr.strip()[-300:]}"
    return "not reached, because an earlier block of this note stops"


def _syntax_problem(example: Example) -> str:
    if example.language != "python" or "raises" in example.flags:
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(example.code)
            compile(example.code, "example", "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"does not parse: {error.msg}, at line {example.line + (error.lineno or 0)}"
    return ""


def _problem(example: Example, outcome: Outcome) -> str:
    if "raises" in example.flags:
        return _raises_problem(example, outcome)
    if outcome.error:
        return f"raised `{outcome.error[-300:]}` at line {example.line + outcome.line}"
    if example.output is None or tidy(example.output) == tidy(outcome.printed):
        return ""
    return f"expected {tidy(example.output)!r}, got {tidy(outcome.printed)!r}"


def _raises_problem(example: Example, outcome: Outcome) -> str:
    if not outcome.error:
        return "marked `raises`, but nothing was raised"
    if example.output is None:
        return f"add an `output` block whose last line is {outcome.last_line!r}"
    expected = tidy(example.output).rpartition("\n")[2].strip()
    return "" if expected == outcome.last_line else f"expected the error {expected!r}, got {outcome.last_line!r}"


def tidy(text: str) -> str:
    """Text without the spaces at the ends of lines and the empty lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
