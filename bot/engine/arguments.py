"""Reads the arguments of a typed line or a button: strictly, so that a doubtful one is left to understanding."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

from bot.domain.errors import NotUnderstoodTime
from bot.engine.command import Arg, ArgKind, Args, Command

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OF_WEEK = re.compile(r"(.*?)\s*\b(?:(?:(?:of|in|from)\s+)?week\s+(\d{1,3})|(?:of|from)\s+last\s+week)", re.IGNORECASE)
_ALL_BUT = re.compile(
    r"(?:all|everything)\s+(?:but|except|without)\s+(\d[\d\s,&\u2013-]*(?:and\s+\d+)?)", re.IGNORECASE
)
_RANGE = re.compile(r"(?<![\w-])(\d{1,3})\s*[-\u2013]\s*(\d{1,3})(?![\w-])")
MOST_TASKS = 40
FOUR_DIGITS = 4
_TASKS = re.compile(r"(?:all|(?:[a-z0-9]+(?:-[a-z0-9]+)*)(?:(?:\s*,\s*|\s+and\s+|\s+)[a-z0-9]+(?:-[a-z0-9]+)*)*)")
_TIME = re.compile(r"(\d{1,2})(?::?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def parse(command: Command, line: str) -> Args | None:
    """The arguments in a line after the command's own word, or None when the line does not fit the declaration."""
    rest = line.strip()
    args: dict[str, object] = {}
    for arg in command.args:
        if not rest:
            break
        if arg.kind is ArgKind.TASKS:
            rest, more = _task_line(rest)
            args |= more
            if not rest:
                break
        taken = _take(arg, rest, last=arg is command.args[-1])
        if taken is None:
            continue
        args[arg.name], rest = taken
    if rest or any(arg.required and arg.name not in args for arg in command.args):
        return None
    return args


def _task_line(rest: str) -> tuple[str, dict[str, object]]:
    """What is left of a line of tasks without the week it names and without `all but`, and these as arguments."""
    args: dict[str, object] = {}
    if named := _OF_WEEK.fullmatch(rest):
        rest, args["week"] = named[1] or "all", "-1" if named[2] is None else int(named[2])
    if spared := _ALL_BUT.fullmatch(rest):
        rest, args["all"] = "", True
        args["except"] = [int(number) for number in re.findall(r"\d+", _RANGE.sub(_spelled_out, spared[1]))]
    return rest, args


def _take(arg: Arg, rest: str, *, last: bool) -> tuple[object, str] | None:
    """The argument's value at the start of a line and what follows it; None when it is not there."""
    whole = arg.kind is ArgKind.ROADMAP and last
    if whole or arg.kind in {ArgKind.TEXT, ArgKind.ZONE}:  # names and cities may have several words
        return rest, ""
    if arg.kind is ArgKind.TASKS:
        return _tasks(rest)
    word, _, tail = rest.partition(" ")
    if arg.pattern and not re.fullmatch(arg.pattern, word):
        return None
    value = _word(arg.kind, word)
    return None if value is None else (value, tail.strip())


def _tasks(rest: str) -> tuple[object, str] | None:
    """Numbers and task ids, such as `1, 2 and 4` or `all`; any other word makes the line not ours."""
    rest = _RANGE.sub(_spelled_out, rest)
    if not _TASKS.fullmatch(rest.lower()):
        return None
    words = [w for w in re.split(r"[\s,]+", rest.lower()) if w != "and"]
    if any(not w.isdigit() and "-" not in w and w != "all" for w in words):
        return None
    return words, ""


def _spelled_out(found: re.Match[str]) -> str:
    """`1-3` as `1 2 3`; a range that runs backwards or too far is left as it is, to be refused."""
    first, last = int(found[1]), int(found[2])
    return " ".join(map(str, range(first, last + 1))) if 0 < first <= last < first + MOST_TASKS else found[0]


def _word(kind: ArgKind, word: str) -> object:
    try:
        return _READERS[kind](word)
    except ValueError:
        return None


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit()) or len(word) > 6:
        raise ValueError(word)
    return int(word)


def _weekday(word: str) -> str:
    short = word.lower()[:3]
    if short not in WEEKDAYS:
        raise ValueError(word)
    return short


def _clock(word: str) -> str:
    match = _TIME.fullmatch(word)
    if not match or (":" not in word and not match[3] and len(word) != FOUR_DIGITS):
        raise ValueError(word)
    return f"{parse_time(word):%H:%M}"


def _group(word: str) -> int:
    if not word.startswith("#"):
        raise ValueError(word)
    return _number(word[1:])


def _marked(mark: str) -> Callable[[str], str]:
    """A word of buttons only, such as `send:12`, which nobody types by chance."""

    def read(word: str) -> str:
        said = word.partition(":")[2]
        if not word.startswith(f"{mark}:") or (mark == "send" and not (said.isascii() and said.isdigit())):
            raise ValueError(word)
        return said

    return read


def _plain(word: str) -> str:
    return word


_READERS: dict[ArgKind, Callable[[str], object]] = {
    ArgKind.WEEK: _number,
    ArgKind.NUMBER: _number,
    ArgKind.DATE: lambda word: date.fromisoformat(word).isoformat(),
    ArgKind.TIME: _clock,
    ArgKind.WEEKDAY: _weekday,
    ArgKind.ROADMAP: _plain,
    ArgKind.WORD: _plain,
    ArgKind.GROUP: _group,
    ArgKind.SEND: _marked("send"),
    ArgKind.TASK: _marked("task"),
}


def parse_time(text: str) -> time:
    """A time of day such as `9`, `09:30` or `7pm`. Raises `NotUnderstoodTime`."""
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise NotUnderstoodTime(text)
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise NotUnderstoodTime(text)
    return time(hour, minute)
