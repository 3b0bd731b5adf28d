"""milepost db upgrade|check"""

from __future__ import annotations

import asyncio

import typer

from bot.settings import Settings
from bot.storage.database import database_url, open_database, sqlite_file
from bot.storage.migrate import head, revision, upgrade
from bot.verbs import say

app = typer.Typer(help="Look after the database.", no_args_is_help=True, rich_markup_mode=None)


@app.command("upgrade")
def upgrade_() -> None:
    """Bring the database to this Milepost's schema. Starting does the same."""
    before, after = asyncio.run(_upgrade())
    say.line(f"The database is at schema {after}." if before == after else f"Upgraded from {before or 'empty'} to {after}.")


@app.command()
def check() -> None:
    """Look whether the database can be used, and whether its schema is this Milepost's."""
    found = asyncio.run(_revision())
    if found != head():
        say.line(f"The database is at schema {found or 'empty'}, this Milepost wants {head()}. Run: milepost db upgrade")
        raise typer.Exit(1)
    say.line(f"The database is sound, at schema {found}.")


async def _upgrade() -> tuple[str, str]:
    database = open_database(database_url(Settings.load().database_url))
    try:
        return await upgrade(database)
    finally:
        await database.dispose()


async def _revision() -> str:
    url = database_url(Settings.load().database_url)
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return ""
    database = open_database(url)
    try:
        return await revision(database)
    finally:
        await database.dispose()
