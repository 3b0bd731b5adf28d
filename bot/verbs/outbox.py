"""milepost outbox list|retry|drop"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from bot.clock import SystemClock
from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.errors import MilepostError
from bot.domain.posting import Posting
from bot.settings import Settings
from bot.storage.database import database_url, open_database
from bot.storage.letters import Letters, PostingLetters
from bot.storage.migrate import found_at, head
from bot.verbs import say

app = typer.Typer(
    help="Look at what waits to be sent, and at what was given up.", no_args_is_help=True, rich_markup_mode=None
)
T = TypeVar("T")
Numbers = Annotated[list[str] | None, typer.Argument(help="the numbers that `milepost outbox list` shows")]
All = Annotated[bool, typer.Option("--all", help="everything that was given up")]
OF_GROUPS = "p"
"""Stands before the number of what goes out for a group, which is counted by itself."""
Letter = Delivery | Posting


class Which(StrEnum):
    """What to list."""

    DEAD = "dead"
    READY = "ready"
    CLAIMED = "claimed"


class NoneThere(MilepostError):
    """Numbers of which none was given up."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(f"Nothing that was given up has the number {' or '.join(numbers)}. Run: milepost outbox list")


class NotUpgraded(MilepostError):
    """A database of another schema: looking at it must not change it."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"The database is at schema {found or 'empty'}, this Milepost wants {head()}. Run: milepost db upgrade"
        )


@app.command("list")
def list_(
    which: Annotated[
        Which, typer.Option("--state", help="dead: given up; ready: waits; claimed: being sent")
    ] = Which.DEAD,
    limit: Annotated[int, typer.Option(min=1, help="how many at most")] = 100,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of lines")] = False,
) -> None:
    """Show what goes to learners, then what goes out for groups, with the last error."""
    found = _both(lambda letters: letters.listed(DeliveryState[which.name], limit))
    listed = [letter for letters in found for letter in letters][:limit]
    if json:
        say.as_json([_plain(letter) for letter in listed])
        return
    for letter in listed:
        said = f": {letter.last_error}" if letter.last_error else ""
        say.line(f"{_number(letter)}  {letter.key}  due {letter.due_at:%Y-%m-%d %H:%M}Z  {letter.attempts} tries{said}")
    say.line(f"{len(listed)} {which}.")


@app.command()
def retry(numbers: Numbers = None, every: All = False) -> None:
    """Send what was given up again, from now on for a week."""
    now = SystemClock().now()
    say.line(f"{_moved(numbers, every, lambda letters, chosen: letters.retry(chosen, now))} will be sent again.")


@app.command()
def drop(numbers: Numbers = None, every: All = False) -> None:
    """Give it up for good."""
    say.line(f"{_moved(numbers, every, lambda letters, chosen: letters.drop(chosen))} dropped.")


def _moved(numbers: list[str] | None, every: bool, act: Callable[[Letters, Sequence[int]], Awaitable[int]]) -> int:
    """Act on those named, or on all. How many there were. Raises `NoneThere` when none of those named is there."""
    if bool(numbers) == every:
        raise typer.BadParameter("say which: numbers from `milepost outbox list`, or --all")
    groups, learners = _parted(numbers or [])

    async def on(letters: Letters) -> int:
        mine = groups if isinstance(letters, PostingLetters) else learners
        return await act(letters, mine) if mine or every else 0

    moved = sum(_both(on))
    if numbers and not moved:
        raise NoneThere(numbers)
    return moved


def _parted(numbers: Sequence[str]) -> tuple[list[int], list[int]]:
    """The numbers of what goes out for groups, and those of the rest."""
    parted: tuple[list[int], list[int]] = ([], [])
    for number in numbers:
        found = re.fullmatch(rf"({OF_GROUPS}?)([0-9]{{1,18}})", number, re.ASCII | re.IGNORECASE)
        if found is None:
            raise typer.BadParameter(f"{number!r} is no number: `milepost outbox list` shows them, such as 12 or p12")
        parted[0 if found[1] else 1].append(int(found[2]))
    return parted


def _both(act: Callable[[Letters], Awaitable[T]]) -> list[T]:
    """Do something with either outbox: that of the learners first, then that of the groups."""

    async def run() -> list[T]:
        url = database_url(Settings.load().database_url)
        found = await found_at(url)
        if found != head():
            raise NotUpgraded(found)
        database = open_database(url)
        try:
            return [await act(letters) for letters in (Letters(database), PostingLetters(database))]
        finally:
            await database.dispose()

    return asyncio.run(run())


def _number(letter: Letter) -> str:
    return f"{OF_GROUPS}{letter.id}" if isinstance(letter, Posting) else str(letter.id)


def _plain(letter: Letter) -> dict[str, object]:
    return {
        "number": _number(letter), "key": letter.key, "kind": letter.kind.value, "due_at": letter.due_at.isoformat(),
        "not_before": letter.not_before.isoformat(), "attempts": letter.attempts, "last_error": letter.last_error,
    }  # fmt: skip
