"""What the machine may get wrong: each gets one line that says what to do, exit 1, and never a traceback."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.program import Program, one_plain_line


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
