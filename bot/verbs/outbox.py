"""milepost outbox list|retry|drop"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from bot.clock import SystemClock
from bot.domain.delivery import Delivery, DeliveryState
from bot.domain.errors import MilepostError
from bot.settings import Settings
from bot.storage.database import database_url, open_database
from bot.storage.letters import Letters
from bot.storage.migrate import found_at, head
from bot.verbs import say

app = typer.Typer(
    help="Look at what waits to be sent, and at what was given up.", no_args_is_help=True, rich_markup_mode=None
)
T = TypeVar("T")
Numbers = Annotated[list[int] | None, typer.Argument(help="the numbers that `milepost outbox list` shows")]
All = Annotated[bool, typer.Option("--all", help="every dead delivery")]


class Which(StrEnum):
    """What to list."""

    DEAD = "dead"
    READY = "ready"
    CLAIMED = "claimed"


class NoneNamed(MilepostError):
    """Neither numbers nor `--all`."""

    def __init__(self) -> None:
        super().__init__("Say which: numbers from `milepost outbox list`, or --all.")


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
    """Show deliveries with their last error."""
    found = _with_letters(lambda letters: letters.listed(DeliveryState[which.name], limit))
    if json:
        say.as_json([_plain(delivery) for delivery in found])
        return
    for delivery in found:
        said = f": {delivery.last_error}" if delivery.last_error else ""
        say.line(
            f"{delivery.id}  {delivery.key}  due {delivery.due_at:%Y-%m-%d %H:%M}Z  {delivery.attempts} tries{said}"
        )
    say.line(f"{len(found)} {which}.")


@app.command()
def retry(numbers: Numbers = None, every: All = False) -> None:
    """Send dead deliveries again, from now on for a week."""
    chosen = _chosen(numbers, every)
    say.line(f"{_with_letters(lambda letters: letters.retry(chosen, SystemClock().now()))} will be sent again.")


@app.command()
def drop(numbers: Numbers = None, every: All = False) -> None:
    """Give up dead deliveries for good."""
    chosen = _chosen(numbers, every)
    say.line(f"{_with_letters(lambda letters: letters.drop(chosen))} dropped.")


def _chosen(numbers: list[int] | None, every: bool) -> list[int]:
    if bool(numbers) == every:
        raise NoneNamed
    return numbers or []


def _with_letters(act: Callable[[Letters], Awaitable[T]]) -> T:
    async def run() -> T:
        url = database_url(Settings.load().database_url)
        found = await found_at(url)
        if found != head():
            raise NotUpgraded(found)
        database = open_database(url)
        try:
            return await act(Letters(database))
        finally:
            await database.dispose()

    return asyncio.run(run())


def _plain(delivery: Delivery) -> dict[str, object]:
    return {
        "id": delivery.id, "key": delivery.key, "kind": delivery.kind.value, "due_at": delivery.due_at.isoformat(),
        "not_before": delivery.not_before.isoformat(), "attempts": delivery.attempts, "last_error": delivery.last_error,
    }  # fmt: skip
