"""What the machine may get wrong: each gets one line that says what to do, exit 1, and never a traceback."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.program import ROOT, Program, one_plain_line


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["roadmap", "show", "knitting"], "ml-engineer-40"),  # names what there is
        (["roadmap", "check", "no/such/folder"], "roadmap.yaml"),
        (["roadmap", "check", "pyproject.toml"], "roadmap.yaml"),  # a file, not a folder
    ],
)
def test_something_that_is_not_there(program: Program, words: list[str], hint: str) -> None:
    done = program.run(*words)
    assert done.returncode == 1
    assert one_plain_line(done.stderr)
    assert hint in done.stderr


def broken(folder: Path, name: str, text: str) -> Path:
    path = folder / "roadmaps" / "mine" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("verb", ["chat", "bridge", "serve"])
def test_a_broken_roadmap_is_told_by_file_line_and_remedy(program: Program, tmp_path: Path, verb: str) -> None:
    content = broken(tmp_path / "content", "roadmap.yaml", "id: mine\ntitle: Mine\nphasis: [one]\n")
    done = program.run(verb, MILEPOST_CONTENT_DIR=str(content))
    assert done.returncode == 1
    assert "milepost: roadmaps/mine/roadmap.yaml:3: phasis is not a known field." in done.stderr
    assert "did you mean `phases`?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = program.run("chat", XDG_DATA_HOME=str(tmp_path / "file" / "below"))
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "cannot be made" in done.stderr


def test_a_read_only_folder(program: Program) -> None:
    done = program.run("chat", MILEPOST_DATABASE_URL="sqlite:////proc/milepost.db")
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "rights" in done.stderr


def test_a_missing_folder_is_made(program: Program, tmp_path: Path) -> None:
    deep = tmp_path / "not" / "there" / "yet" / "m.db"
    assert program.run("chat", stdin="hi\n", MILEPOST_DATABASE_URL=f"sqlite:///{deep}").returncode == 0
    assert deep.exists()


@pytest.mark.parametrize(
    ("words", "content"),
    [
        (["chat"], b"no database at all, but long enough to be one\n" * 200),
        (["db", "check"], b"SQLite format 3\0" + b"\xff" * 4096),  # the right head on a broken body
    ],
)
def test_a_corrupt_database_is_left_as_it_is(
    program: Program, tmp_path: Path, words: list[str], content: bytes
) -> None:
    file = tmp_path / "corrupt.db"
    file.write_bytes(content)
    done = program.run(*words, MILEPOST_DATABASE_URL=f"sqlite:///{file}")
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "backup" in done.stderr
    assert file.read_bytes() == content


def test_a_database_of_a_newer_milepost_is_refused_by_every_verb(program: Program) -> None:
    program.run("db", "upgrade")
    with sqlite3.connect(program.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for words in (["chat"], ["db", "check"], ["db", "upgrade"]):
        done = program.run(*words)
        assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
        assert "newer Milepost" in done.stderr


@pytest.mark.parametrize("words", [["chat"], ["db", "check"]])
def test_a_server_that_does_not_answer(program: Program, words: list[str]) -> None:
    done = program.run(*words, MILEPOST_DATABASE_URL="postgresql://milepost:hush@127.0.0.1:1/milepost")
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "hush" not in done.stderr


@pytest.mark.parametrize("url", ["nonsense", "mysql://root:hush@localhost/db"])
def test_a_database_url_that_is_none_is_named_without_its_password(program: Program, url: str) -> None:
    done = program.run("chat", MILEPOST_DATABASE_URL=url)
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "sqlite:///" in done.stderr
    assert "hush" not in done.stderr


def test_a_database_file_that_may_only_be_read_is_told_by_every_verb() -> None:
    """Run as somebody with no special rights: whoever administers a machine may write to any file."""
    code = (
        "import asyncio, os, sys\n"
        "from bot.storage.database import database_url, open_database\n"
        "from bot.storage.errors import DatabaseUnusable\n"
        "os.getuid() or os.setuid(65534)\n"
        "try:\n    open_database(database_url(sys.argv[1]))\n"
        "except DatabaseUnusable as error:\n    print(error)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "m.db")
        Path(folder).chmod(0o777)
        sqlite3.connect(file).close()
        file.touch()
        file.chmod(0o444)
        command = [sys.executable, "-c", code, f"sqlite:///{file}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert "may be read and not written" in done.stdout
    assert "chmod" in done.stdout


@pytest.mark.parametrize("words", [["chat"], ["doctor", "--quick"]])
def test_a_url_that_names_a_folder_says_so(program: Program, tmp_path: Path, words: list[str]) -> None:
    done = program.run(*words, MILEPOST_DATABASE_URL=f"sqlite:///{tmp_path}")
    assert done.returncode == 1
    assert "is a folder" in done.stdout + done.stderr
    assert "rights" not in done.stdout + done.stderr


def test_a_server_that_does_not_answer_comes_with_a_remedy(program: Program) -> None:
    done = program.run("chat", MILEPOST_DATABASE_URL="postgresql://milepost:hush@127.0.0.1:1/milepost")
    assert "Start the server" in done.stderr


def test_a_damaged_page_is_told_in_one_line(program: Program) -> None:
    program.run("db", "upgrade")
    with program.database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    done = program.run("db", "check")
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "is damaged. Restore a backup" in done.stderr
    assert not re.search(r"malformed|PRAGMA|\*\*\*|sqlite3", done.stderr)


def test_a_file_of_another_kind_is_told_plainly(program: Program) -> None:
    program.database.parent.mkdir(parents=True)
    program.database.write_text("a letter to somebody\n" * 100)
    done = program.run("chat")
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "some other kind of file" in done.stderr
    assert program.database.read_text().startswith("a letter")


@pytest.mark.parametrize("words", [["doctor", "--quick"], ["outbox", "list"], ["db", "check"]])
def test_looking_changes_nothing(program: Program, words: list[str]) -> None:
    program.run("db", "upgrade")
    with sqlite3.connect(program.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0006'")
    connection.close()
    done = program.run(*words)
    assert "0006" in done.stdout + done.stderr
    with sqlite3.connect(program.database) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0006",)
    connection.close()


def test_looking_makes_no_database(program: Program) -> None:
    program.run("doctor", "--quick")
    assert not program.database.exists()


def test_a_roadmap_inside_a_content_folder_is_checked_against_its_notes(program: Program, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    folder = tmp_path / "content" / "roadmaps" / "ml-engineer-40"
    phase = next(file for file in sorted(folder.glob("*.yaml")) if "note: " in file.read_text(encoding="utf-8"))
    text = phase.read_text(encoding="utf-8")
    phase.write_text(re.sub(r"note: [\w-]+", "note: nonesuch", text, count=1), encoding="utf-8")
    done = program.run("roadmap", "check", str(folder))
    assert done.returncode == 1
    assert "nonesuch" in done.stderr


@pytest.mark.parametrize("words", [("db", "check"), ("chat",), ("outbox", "list")])
def test_a_database_that_lost_a_table_is_called_damaged(program: Program, words: tuple[str, ...]) -> None:
    program.run("db", "upgrade")
    with sqlite3.connect(program.database) as connection:
        connection.execute("DROP TABLE completions")
    done = program.run(*words, stdin="progress\n")
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "lacks completions" in done.stderr
    assert "restore" in done.stderr


@pytest.mark.parametrize("words", [("db", "check"), ("chat",), ("db", "upgrade")])
def test_a_database_of_another_program_is_left_alone(program: Program, words: tuple[str, ...]) -> None:
    program.database.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(program.database) as connection:
        connection.execute("CREATE TABLE learners (id INTEGER)")
    done = program.run(*words, stdin="hi\n")
    assert (done.returncode, one_plain_line(done.stderr)) == (1, True)
    assert "another program's" in done.stderr


def test_the_doctor_sees_that_a_folder_cannot_be_made(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = program.run("doctor", MILEPOST_DATABASE_URL=f"sqlite:///{tmp_path}/file/below/m.db")
    assert done.returncode == 1
    assert "✗ database: The folder" in done.stdout
