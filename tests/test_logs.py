"""What an operator reads: one id finds every line of a message, and no secret stands in any."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from bot.engine.subject import about, subject

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the process's log goes during a test; as it was after it."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = kept
    root.setLevel(level)


def test_a_line_of_text_ends_with_what_it_is_about(stream: io.StringIO) -> None:
    logs.configure("INFO", stream)

    with about("telegram:7"):
        logging.getLogger("bot").info("answered")
    logging.getLogger("bot").info("idle")

    assert stream.getvalue() == "INFO bot: answered [telegram:7]\nINFO bot: idle\n"


def test_a_json_line_is_one_object_with_its_id_code_and_traceback(stream: io.StringIO) -> None:
    logs.configure("INFO", stream, "json")

    with about("17-weekly-20270222"):
        try:
            raise ValueError("no such\nthing")
        except ValueError:
            logging.getLogger("bot").exception("failed", extra={"code": "3fa9"})

    (line,) = stream.getvalue().splitlines()
    found = json.loads(line)
    assert found["about"] == "17-weekly-20270222"
    assert (found["level"], found["message"], found["code"]) == ("ERROR", "failed", "3fa9")
    assert found["traceback"].endswith("ValueError: no such\nthing")


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_stands_in_a_line_nor_in_its_traceback(stream: io.StringIO, form: str) -> None:
    logs.configure("INFO", stream, form)

    try:
        raise ConnectionError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ConnectionError:
        logging.getLogger("bot").exception("cannot reach postgresql://ada:lovelace@localhost/milepost")

    assert TOKEN not in stream.getvalue()
    assert "lovelace" not in stream.getvalue()
    assert stream.getvalue().count(logs.HIDDEN) == 2


def test_one_subject_within_another_ends_where_it_began() -> None:
    with about("outer"):
        with about("inner"):
            assert subject() == "inner"
        assert subject() == "outer"
    assert subject() == ""
