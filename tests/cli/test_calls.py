"""Every verb: its help, its exit codes, its JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import program
from tests.cli.program import ROOT, Program, one_plain_line, verbs


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_explains_itself(verb: str) -> None:
    result = CliRunner().invoke(program(), [*verb.split(), "--help"])
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")
    assert result.output.split("\n\n")[1].strip().endswith(".")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["frobnicate"], "frobnicate"),  # no such verb
        (["chat", "--colour"], "--colour"),  # no such option
        (["roadmap", "show"], "ID"),  # an argument is missing
        (["bridge", "--clock", "sundial"], "sundial"),  # not one of the choices
        (["bridge", "--clock", "manual", "--at", "yesterday"], "2026-12-07T09:00:00Z"),  # a time that is none
    ],
)
def test_a_wrong_call_exits_with_2_and_says_in_one_line_where_to_look(
    program: Program, words: list[str], hint: str
) -> None:
    done = program.run(*words)
    assert done.returncode == 2
    assert one_plain_line(done.stderr)
    assert hint in done.stderr
    assert "--help" in done.stderr
    assert done.stdout == ""


def test_without_a_verb_the_whole_help_is_shown(program: Program) -> None:
    done = program.run()
    assert done.returncode == 2
    assert "Commands:" in done.stderr


@pytest.mark.parametrize(
    "words", [["roadmap", "list"], ["roadmap", "show", "full-stack-ml-36"], ["roadmap", "check", "content"]]
)
def test_with_json_stdout_carries_nothing_else(program: Program, words: list[str]) -> None:
    done = program.run(*words, "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout) is not None


def test_a_check_that_fails_says_so_in_json_too(program: Program, tmp_path: Path) -> None:
    done = program.run("roadmap", "check", str(tmp_path), "--json")
    assert done.returncode == 1
    assert [set(problem) for problem in json.loads(done.stdout)] == [{"file", "line", "where", "problem", "remedy"}]


def test_roadmaps_are_listed_and_shown_for_people(program: Program) -> None:
    listed = program.run("roadmap", "list")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["ml-engineer-40", "full-stack-ml-36"]
    shown = program.run("roadmap", "show", "ml-engineer-40")
    assert "Python Basics" in shown.stdout
    assert program.run("roadmap", "check", "content").returncode == 0


def test_the_database_is_made_upgraded_and_checked(program: Program) -> None:
    before = program.run("db", "check")
    assert (before.returncode, "milepost db upgrade" in before.stdout) == (1, True)
    assert not program.database.exists()  # looking makes nothing
    assert program.run("db", "upgrade").returncode == 0
    after = program.run("db", "check")
    assert (after.returncode, "sound" in after.stdout) == (0, True)


def test_doctor_is_content_with_no_settings_at_all(program: Program) -> None:
    done = program.run("doctor")
    assert done.returncode == 0
    assert "✗" not in done.stdout
    assert "MILEPOST_TELEGRAM_TOKEN is not set" in done.stdout
    assert "· answers: found by words; MILEPOST_ANSWERS_EMBEDDINGS is not set" in done.stdout


def test_doctor_says_what_would_fail_and_exits_with_1(program: Program, tmp_path: Path) -> None:
    done = program.run("doctor", MILEPOST_CONTENT_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "✗ content" in done.stdout


def test_the_demo_tells_nine_months_and_keeps_nothing(program: Program) -> None:
    done = program.run("demo")
    assert done.returncode == 0
    assert done.stdout.count("\n") > 50
    for told in (
        "This chat belongs to Night Owls",
        "Bo from Night Owls",
        "Night Owls · week of",
        "Everybody moved: Ada, Bo",
        "You finished",
    ):
        assert told in done.stdout
    assert not program.database.exists()


def test_a_verb_works_from_any_folder(program: Program, tmp_path: Path) -> None:
    assert program.run("roadmap", "list", cwd=tmp_path).stdout == program.run("roadmap", "list", cwd=ROOT).stdout
