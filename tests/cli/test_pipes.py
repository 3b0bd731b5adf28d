"""Anything may come through a pipe; the conversation goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ROOT, Program

WELCOME = "I'm Milepost"


def test_a_first_week_goes_through_a_pipe(program: Program) -> None:
    done = program.run("chat", stdin="hi\n1\nwhat's next?\ndone 1\nwhat's next?\nweek 16\nprogress\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b[" not in done.stdout  # no colours where nobody sees them
    for answer in (WELCOME, "You finish", "Next: 1", "Done: 1", "Next: 2", "Week 15-16", "1 of 167 tasks"):
        assert answer in done.stdout


STRANGE = [
    b"",  # nothing
    b"   ",
    b"a" * 100_000,
    b"h\x00\x00\x00",
    b"\xed\xa0\x80 \xed\xbf\xbf",  # surrogates, as UTF-8 may not hold them
    b"\xff\xfe\x80",  # no UTF-8 at all
    "\u202e\u200f\u0301\u0301\u0301".encode(),  # direction overrides and stray accents
    b"9" * 5000,  # a button number, and too long for one
    "²".encode(),  # a digit to Python, and no number
    b"{{ 7*7 }} ${x} %s {0}",
]


@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii"])
def test_a_strange_line_changes_nothing_and_the_next_one_is_answered(program: Program, encoding: str) -> None:
    lines = b"".join(line + b"\nstart\n" for line in STRANGE)
    done = program.run("chat", stdin=lines, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count(WELCOME) == len(STRANGE)
    assert "wrong on our side" not in done.stdout
    assert "49" not in done.stdout


def test_a_number_that_no_button_has_is_told_and_marks_nothing(program: Program) -> None:
    lines = ["begin ml-engineer-40", "zone UTC", "next", "00019", "0001" + "9" * 6000, "99", "0", "progress"]
    done = program.run("chat", stdin="\n".join(lines) + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("There's no button") == 4
    assert "0 of 167 tasks" in done.stdout


def test_a_refused_week_leaves_no_number_that_marks_a_task(program: Program) -> None:
    done = program.run("chat", stdin="begin ml-engineer-40\nzone UTC\nweek 99\n1\n3\nprogress\n")
    assert "Next: 1" in done.stdout  # the first button under a refusal says what is next
    assert "0 of 167 tasks" in done.stdout


def test_two_terminals_at_once_on_one_database(program: Program) -> None:
    """Both start on a folder that is not there yet, so they also meet at the migration."""
    lines = b"hi\nbegin ml-engineer-40\ndone 1\ndone 2\nprogress\n"
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, cwd=ROOT, env=program.environment({}),
        )
        for _ in range(2)
    ]  # fmt: skip
    for terminal in both:
        assert terminal.stdin is not None
        terminal.stdin.write(lines)
        terminal.stdin.flush()
    results = [terminal.communicate(timeout=60) for terminal in both]
    assert [terminal.returncode for terminal in both] == [0, 0]
    assert [stderr for _stdout, stderr in results] == [b"", b""]
    assert all(b"of 167 tasks" in stdout for stdout, _stderr in results)
    assert any(b"2 of 167 tasks" in stdout for stdout, _stderr in results)  # whoever was last saw both
    assert b"wrong on our side" not in results[0][0] + results[1][0]


def test_leaving_while_a_push_is_being_looked_for_is_quiet(program: Program) -> None:
    """The tick runs once a second; whatever it is doing when the input ends, nothing is said about it."""
    for _ in range(2):
        done = program.run("chat", stdin="hi\nbye\n")
        assert (done.returncode, done.stderr) == (0, "")


def says(text: str, **more: object) -> bytes:
    """A line as another program would write it: escaped, so that it may hold what UTF-8 may not."""
    line = {"type": "message", "id": "1", "user": {"id": "u"}, "chat": {"id": "c"}, "text": text, **more}
    return json.dumps(line).encode() + b"\n"


UNFIT = [
    says("hi", id="1\ud800"),
    says("hi", id=""),
    says("hi", id=None),
    says("hi", id={"a": 1}),
    says("hi", id="x" * 65),
    says("hi", user={"id": "u\ud800"}),
    says("hi", user={"id": "u\0"}),
    says("hi", user={"id": ""}),
    says("hi", chat={"id": "c\n"}),
    says("hi", chat={"id": "c" * 65}),
    b"\xff\xfe\n",
]


def test_the_bridge_refuses_ids_that_could_not_come_back_as_they_were(program: Program) -> None:
    done = program.run("bridge", stdin=b"".join(UNFIT) + says("hi", id="last"), PYTHONIOENCODING="ascii")
    *errors, reply, end = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, done.stderr) == (0, "")
    assert [error.get("code") for error in errors] == ["bad_request"] * len(UNFIT)
    assert (reply["type"], end) == ("reply", {"type": "done", "to": "last"})


def test_the_bridge_takes_any_text_and_any_name(program: Program) -> None:
    person = {"id": "ünï-👩‍🚀", "name": "A\ud800d\0a\u202e", "locale": "../../etc\ud800"}
    strange = says("hi\ud800\0", user=person) + says("\ud800" * 10, id="2", user=person)
    done = program.run("bridge", stdin=strange, PYTHONIOENCODING="ascii")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [answer["type"] for answer in answers] == ["reply", "done", "reply", "done"]
    assert "Hi Ada," in answers[0]["text"]
    assert answers[0]["user"] == person["id"]


def test_a_copy_of_ones_data_never_overwrites_and_never_ends_the_talk(program: Program, tmp_path: Path) -> None:
    lines = "begin ml-engineer-40\nmydata\nmydata\nprogress\n"
    done = program.run("chat", stdin=lines, cwd=tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.json")) == [
        "milepost-my-data-2.json", "milepost-my-data.json"
    ]  # fmt: skip
    done = program.run("chat", stdin=lines, cwd=Path("/proc"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "cannot be written" in done.stdout
    assert "0 of 167 tasks" in done.stdout
