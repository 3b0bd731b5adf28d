"""milepost doctor"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.answers.static_vectors import MISSING, StaticVectors
from bot.catalog.loader import load_catalog
from bot.catalog.topic_loader import load_topics
from bot.domain.errors import MilepostError
from bot.resources import shipped
from bot.settings import Settings
from bot.storage.database import database_url
from bot.storage.migrate import found_at, head
from bot.verbs import say


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, missing but not needed, or something that would fail."""

    mark: str
    text: str


def doctor(quick: Annotated[bool, typer.Option(help="look only whether the database answers")] = False) -> None:
    """Say what is configured, what is missing, and what would fail. Exit 1 when something would."""
    settings = Settings.load()
    findings = [_try("database", lambda: _database(settings))]
    if not quick:
        findings = [
            _try("content", lambda: _content(settings)),
            _try("notes", lambda: _notes(settings)),
            *findings,
            *_platforms(settings),
            _answers(settings),
            *_telegram(settings),
            *_discord(settings),
        ]
    for finding in findings:
        say.line(f"{finding.mark} {finding.text}")
    if any(finding.mark == "✗" for finding in findings):
        raise typer.Exit(1)


def _try(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding("✓", f"{what}: {look()}")
    except MilepostError as error:
        return Finding("✗", f"{what}: {error}")


def _content(settings: Settings) -> str:
    catalog = load_catalog(settings.content_dir or shipped("content"))
    return ", ".join(f"{r.id} ({r.length} weeks)" for r in catalog.roadmaps.values())


def _notes(settings: Settings) -> str:
    topics = load_topics((settings.content_dir or shipped("content")) / "topics")
    return f"{len(topics)} notes, {sum(len(topics.quiz(topic.id)) for topic in topics)} quiz items"


def _database(settings: Settings) -> str:
    url = database_url(settings.database_url)
    found = asyncio.run(found_at(url))
    if not found:
        return f"{url.get_backend_name()}, empty: starting makes it"
    if found != head():
        return f"{url.get_backend_name()}, schema {found}, this Milepost wants {head()}: starting upgrades it"
    return f"{url.get_backend_name()}, schema {found}"


def _platforms(settings: Settings) -> list[Finding]:
    have = {
        "MILEPOST_TELEGRAM_TOKEN": settings.telegram_token is not None,
        "MILEPOST_DISCORD_TOKEN": settings.discord_token is not None,
        "MILEPOST_LLM_BASE_URL": bool(settings.llm_base_url),
    }
    return [
        Finding("✓" if there else "·", f"{name} {'is set' if there else 'is not set'}") for name, there in have.items()
    ]


def _answers(settings: Settings) -> Finding:
    """By what questions are answered from the notes."""
    if not settings.answers_embeddings:
        return Finding("·", "answers: found by words; MILEPOST_ANSWERS_EMBEDDINGS is not set")
    found = StaticVectors.installed()
    return Finding("✓", f"answers: found by words and meaning ({found.name})") if found else Finding("·", MISSING)


def _telegram(settings: Settings) -> list[Finding]:
    if settings.telegram_token is None:
        return []
    return [Finding(mark, text) for mark, text in asyncio.run(_examine_telegram(settings))]


async def _examine_telegram(settings: Settings) -> list[tuple[str, str]]:
    from bot.adapters.telegram.checks import examine  # noqa: PLC0415 - the SDK is loaded only when it is used
    from bot.adapters.telegram.rights import examine_places  # noqa: PLC0415
    from bot.storage.database import open_database  # noqa: PLC0415
    from bot.storage.places import push_places  # noqa: PLC0415

    assert settings.telegram_token is not None, "looked at only with a token"
    token, api_url = settings.telegram_token.get_secret_value(), settings.telegram_api_url
    lines = await examine(token, api_url, settings.telegram_webhook_url)
    if any(mark == "✗" for mark, _ in lines) or await _schema(settings) != head():
        return lines
    database = open_database(database_url(settings.database_url))
    try:
        places = await push_places(database, "telegram")
    finally:
        await database.dispose()
    return lines + await examine_places(token, api_url, places)


def _discord(settings: Settings) -> list[Finding]:
    if settings.discord_token is None:
        return []
    lines = asyncio.run(_examine_discord(settings, settings.discord_token.get_secret_value()))
    return [Finding(mark, text) for mark, text in lines]


async def _schema(settings: Settings) -> str:
    try:
        return await found_at(database_url(settings.database_url))
    except MilepostError:
        return ""


async def _examine_discord(settings: Settings, token: str) -> list[tuple[str, str]]:
    from bot.adapters.discord.checks import examine  # noqa: PLC0415 - the SDK is loaded only when it is used
    from bot.adapters.discord.offers import Offers, nobody  # noqa: PLC0415
    from bot.adapters.discord.rights import examine_places  # noqa: PLC0415
    from bot.app import assembled, running  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.storage.memory import MemoryStore  # noqa: PLC0415
    from bot.storage.memory_inbox import MemoryInbox  # noqa: PLC0415
    from bot.storage.memory_outbox import MemoryOutbox  # noqa: PLC0415
    from bot.storage.places import push_places  # noqa: PLC0415

    try:
        async with AsyncExitStack() as stack:
            clock = SystemClock()
            if await _schema(settings) == head():
                app = await stack.enter_async_context(running(settings, clock))
            else:  # a database that is looked at only
                store = MemoryStore()
                app = assembled(settings, clock, store, MemoryOutbox(store), MemoryInbox(store))
            offers = Offers(app.catalog, app.mentor.places, nobody)
            url = settings.discord_api_url
            lines = await examine(
                url, token, settings.discord_message_content, app.registry, app.renderer, offers, app.marks
            )
            if app.database and not any(mark == "✗" for mark, _ in lines):
                lines += await examine_places(url, token, await push_places(app.database, "discord"))
            return lines
    except MilepostError:
        return []  # the lines above say what is wrong with content or database
