"""milepost db upgrade|check|backup|restore|forgo"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.storage import backup as backups
from bot.storage.database import database_url, open_database
from bot.storage.migrate import found_at, head, upgrade
from bot.verbs import say

app = typer.Typer(help="Look after the database.", no_args_is_help=True, rich_markup_mode=None)


@app.command("upgrade")
def upgrade_() -> None:
    """Bring the database to this Milepost's schema. Starting does the same."""
    before, after = asyncio.run(_upgrade())
    say.line(
        f"The database is at schema {after}." if before == after else f"Upgraded from {before or 'empty'} to {after}."
    )


@app.command()
def check() -> None:
    """Look whether the database can be used, and whether its schema is this Milepost's."""
    found = asyncio.run(_revision())
    if found != head():
        say.line(
            f"The database is at schema {found or 'empty'}, this Milepost wants {head()}. Run: milepost db upgrade"
        )
        raise typer.Exit(1)
    say.line(f"The database is sound, at schema {found}.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="where to write it; an existing file is replaced")]) -> None:
    """Write a backup, whole as of one instant, while Milepost runs or not."""
    backups.backup(database_url(Settings.load().database_url), file)
    say.line(f"Backed up to {file}.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="a file that `milepost db backup` wrote")]) -> None:
    """Put a backup in place of the database. Stop Milepost first. What fell due before now is not sent again."""
    url = database_url(Settings.load().database_url)
    backups.restore(url, file)
    left_out = asyncio.run(_forgo_past())
    say.line(f"Restored from {file}. {left_out} pushes from before now will not be sent.")


@app.command()
def forgo() -> None:
    """Send nothing that fell due before now: after a restore by another tool, before Milepost starts."""
    say.line(f"{asyncio.run(_forgo_past())} pushes from before now will not be sent.")


async def _forgo_past() -> int:
    database = open_database(database_url(Settings.load().database_url))
    try:
        await upgrade(database)
        return await backups.forgo_past(database, SystemClock().now())
    finally:
        await database.dispose()


async def _upgrade() -> tuple[str, str]:
    database = open_database(database_url(Settings.load().database_url))
    try:
        return await upgrade(database)
    finally:
        await database.dispose()


async def _revision() -> str:
    return await found_at(database_url(Settings.load().database_url))
