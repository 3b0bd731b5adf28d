"""YAML that people write by hand: nothing in it may turn into something else, and nothing may hurt the reader."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.catalog.problems import ContentError
from bot.catalog.yaml_source import MAX_BYTES, Plain, parse_yaml, read_yaml


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),  # Norway
        ("on", "on"),
        ("Yes", "Yes"),
        ("19:00", "19:00"),  # 1140 in base 60
        ("1:30:00", "1:30:00"),
        ("010", "010"),  # 8 in octal
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1.10", "1.10"),  # a version
        ("3.0.1", "3.0.1"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("+7", "+7"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("-0", "-0"),
        ("2026-11-21", "2026-11-21"),  # a date
        ("True", "True"),  # what Python prints
        ("None", "None"),
        ("Null", "Null"),
        ("=", "="),
        ("<<", "<<"),
        ('"true"', "true"),
        ("'8'", "8"),
        ('""', ""),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("8", 8),
        ("-8", -8),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("1" * 30, "1" * 30),  # longer than a number anybody means
    ],
)
def test_a_scalar_is_read_as_it_is_written(written: str, read: Plain) -> None:
    value = parse_yaml(f"a: {written}\n", "x.yaml").value

    assert value == {"a": read}
    assert isinstance(value, dict) and type(value["a"]) is type(read)


def test_keys_stay_words() -> None:
    assert parse_yaml("404: a\non: b\nnull: c\n", "x.yaml").value == {"404": "a", "on": "b", "null": "c"}


def test_every_value_knows_its_line() -> None:
    source = parse_yaml("weeks:\n  - id: a\n\n    guide:\n      hours: 2\n  - {id: b}\n", "x.yaml", first_line=10)

    assert source.lines[("weeks",)] == 10
    assert source.lines[("weeks", 0)] == 11
    assert source.lines[("weeks", 0, "guide", "hours")] == 14
    assert source.lines[("weeks", 1, "id")] == 15


def test_an_empty_file_holds_nothing() -> None:
    assert parse_yaml("", "x.yaml").value is None


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (BOMB, 1, "anchor"),
        ("a: 1\nb: *a\n", 2, "alias"),
        ("a: &a\n  b: *a\n", 1, "anchor"),  # a cycle
        ("a:\n  b: 1\n  b: 2\n", 3, "`b` is given twice"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        ("a: !!int '3'\n", 1, "tag"),
        ("a: 1\n? [b]\n: 2\n", 2, "as a key"),
        ("a: 1\n? {b: c}\n: 2\n", 2, "as a key"),
        ("a: 1\nb: [1, 2\n", 3, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("a: 'x\n", 2, "not YAML"),
        ("a: @x\n", 1, "not YAML"),
        ("a: b: c\n", 1, "not YAML"),
        ("a: 1\nb: \x00\n", 2, "character"),
        ("[" * 20_000, 1, "deep"),
        ("- " * 20_000 + "x", 1, "deep"),
        ("{a: " * 20_000, 1, "deep"),
        ("".join(f"{' ' * n}a:\n" for n in range(30)), 21, "deep"),
    ],
    ids=lambda value: value[:16] if isinstance(value, str) else str(value),
)
def test_what_may_surprise_or_hurt_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(ContentError) as refused:
        parse_yaml(text, "x.yaml")

    assert (refused.value.file, refused.value.line) == ("x.yaml", line)
    assert says in refused.value.problem
    assert refused.value.remedy.endswith(".")


@pytest.mark.parametrize("text", ["[" * 250_000, "- " * 120_000, BOMB * 500, "? " * 100_000, "{" * 250_000])
def test_a_hostile_file_costs_little_time(text: str) -> None:
    started = time.process_time()

    with pytest.raises(ContentError):
        parse_yaml(text, "x.yaml")

    assert time.process_time() - started < 2


def test_twenty_levels_are_deep_enough_for_everybody() -> None:
    assert parse_yaml("[" * 20 + "]" * 20, "x.yaml").value

    with pytest.raises(ContentError):
        parse_yaml("[" * 21 + "]" * 21, "x.yaml")


def test_a_file_that_is_not_utf_8_is_named_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: 1\nb: caf\xe9\n")

    with pytest.raises(ContentError, match=r"x\.yaml:2: this is not UTF-8 text\. Save"):
        read_yaml(path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: " + b"x" * MAX_BYTES)

    with pytest.raises(ContentError, match="over 256 KiB"):
        read_yaml(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"gone\.yaml:1: cannot be read"):
        read_yaml(tmp_path / "gone.yaml")


def test_what_editors_on_windows_add_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  two\r\n  lines\r\n")

    assert read_yaml(path).value == {"a": 1, "b": "two\nlines\n"}
