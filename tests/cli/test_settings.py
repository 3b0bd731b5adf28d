"""Settings from the environment, from a file, and from files that hold one secret each."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.resources import shipped
from tests.cli.program import Program

NOWHERE = {"MILEPOST_TELEGRAM_API_URL": "http://127.0.0.1:1", "MILEPOST_DISCORD_API_URL": "http://127.0.0.1:1"}
"""Doctor asks the platforms about a token that is set; here nobody answers."""


def test_all_bad_settings_are_named_at_once(program: Program) -> None:
    done = program.run(
        "chat", MILEPOST_WEB_PORT="99999", MILEPOST_LOG_LEVEL="loud", MILEPOST_LLM_BASE_URL="ftp://model",
        MILEPOST_TELEGRAM_TOKEN_FILE="/no/such/file", MILEPOST_TELEGRAM_WEBHOOK_SECRET="no spaces!",
    )  # fmt: skip
    assert "no spaces!" not in done.stderr
    named = {line.split(": ")[1] for line in done.stderr.splitlines()}
    assert done.returncode == 1
    assert named == {
        "MILEPOST_WEB_PORT", "MILEPOST_LOG_LEVEL", "MILEPOST_LLM_BASE_URL", "MILEPOST_TELEGRAM_TOKEN_FILE",
        "MILEPOST_TELEGRAM_WEBHOOK_SECRET",
    }  # fmt: skip
    assert not program.database.exists()


def test_a_token_of_nothing_but_blanks_is_one_that_is_not_set(program: Program) -> None:
    done = program.run("doctor", MILEPOST_TELEGRAM_TOKEN="  ", MILEPOST_DISCORD_TOKEN=" \n")
    assert "MILEPOST_TELEGRAM_TOKEN is not set" in done.stdout
    assert "MILEPOST_DISCORD_TOKEN is not set" in done.stdout


def test_a_secret_may_come_from_a_file(program: Program, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123456:not-a-real-token\n")
    done = program.run("doctor", MILEPOST_TELEGRAM_TOKEN_FILE=str(tmp_path / "token"), **NOWHERE)
    assert "✓ MILEPOST_TELEGRAM_TOKEN is set" in done.stdout
    assert "not-a-real-token" not in done.stdout + done.stderr


def test_the_plain_variable_wins_over_the_file(program: Program) -> None:
    done = program.run("doctor", MILEPOST_DISCORD_TOKEN="abc", MILEPOST_DISCORD_TOKEN_FILE="/no/such/file", **NOWHERE)
    assert "✓ MILEPOST_DISCORD_TOKEN is set" in done.stdout


def test_a_file_that_is_no_text_is_named_and_not_shown(program: Program, tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xff\xfe\x00secret")
    done = program.run("doctor", MILEPOST_TELEGRAM_TOKEN_FILE=str(tmp_path / "token"))
    assert done.returncode == 1
    assert done.stderr == f"milepost: MILEPOST_TELEGRAM_TOKEN_FILE: {tmp_path / 'token'} is not UTF-8 text\n"


def test_an_empty_variable_is_one_that_is_not_set(program: Program) -> None:
    done = program.run("doctor", MILEPOST_CONTENT_DIR="", MILEPOST_TELEGRAM_TOKEN="", MILEPOST_WEB_PORT="")
    assert done.returncode == 0
    assert "MILEPOST_TELEGRAM_TOKEN is not set" in done.stdout


def test_settings_may_stand_in_a_file_in_the_current_folder(program: Program, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MILEPOST_LOG_LEVEL=loud\nOTHER=1\n")
    done = program.run("chat", cwd=tmp_path)
    assert done.stderr == "milepost: MILEPOST_LOG_LEVEL: use DEBUG, INFO, WARNING or ERROR\n"


def test_the_doctor_names_a_note_that_cannot_be_read(program: Program, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(shipped("content"), content)
    note = next(content.glob("topics/*/smote.md"))
    note.write_text(note.read_text(encoding="utf-8").replace("title: SMOTE", "title: [SMOTE"), encoding="utf-8")
    done = program.run("doctor", MILEPOST_CONTENT_DIR=str(content), **NOWHERE)
    assert done.returncode == 1
    assert f"✗ notes: {note}:" in done.stdout
