"""The composition root: from settings to a running mentor. The one file that knows every other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import bot.commands
from bot.answers.opening import OfflineAnswers
from bot.catalog.library import NoteLibrary
from bot.catalog.loader import load_catalog
from bot.catalog.topic_cache import cache_folder
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.pushes import Pushes
from bot.domain.catalog import Catalog
from bot.engine.mentor import Mentor
from bot.engine.ports import Clock, Inbox, Marks, Outbox, Places, Reader, Store, Transport
from bot.engine.registry import Registry
from bot.engine.router import Router
from bot.engine.study import Study
from bot.rendering.renderer import TemplateRenderer
from bot.resources import shipped
from bot.settings import Settings
from bot.storage.database import database_url, open_engine
from bot.storage.inbox import SqlInbox
from bot.storage.marks import MemoryMarks, SqlMarks
from bot.storage.migrate import upgrade
from bot.storage.outbox import SqlOutbox
from bot.storage.store import SqlStore
from bot.understanding.phrases import load_phrases
from bot.understanding.reader import Reader as WordReader
from bot.understanding.zones import ZoneFinder


@dataclass
class App:
    """A mentor with everything it needs, and its pushes over the transports that were added."""

    settings: Settings
    catalog: Catalog
    registry: Registry
    renderer: TemplateRenderer
    store: Store
    outbox: Outbox
    inbox: Inbox
    mentor: Mentor
    clock: Clock
    marks: Marks

    def pushes(self, *transports: Transport) -> Pushes:
        """The planner and dispatcher that send over these platforms."""
        by_platform = {transport.platform: transport for transport in transports}
        dispatcher = Dispatcher(self.store, self.outbox, self.catalog, self.renderer, by_platform, self.clock)
        return Pushes(self.outbox, dispatcher, self.clock)


def content_folder(settings: Settings) -> Path:
    """The content in use: the operator's folder, or the one that ships."""
    return settings.content_dir or shipped("content")


def assembled(
    settings: Settings, clock: Clock, store: Store, outbox: Outbox, inbox: Inbox, marks: Marks | None = None
) -> App:
    """An app over stores that are open already. Raises `ContentError`."""
    folder = content_folder(settings)
    catalog = load_catalog(folder)
    registry = Registry.discover(bot.commands)
    renderer = TemplateRenderer(folder / "messages")
    reader, places = understanding(folder)
    mentor = Mentor(store, catalog, Router(registry, reader), renderer, places, clock, study(folder, catalog))
    return App(settings, catalog, registry, renderer, store, outbox, inbox, mentor, clock, marks or MemoryMarks())


def study(folder: Path, catalog: Catalog) -> Study:
    """The notes and the one who answers from them; both are read when they are first wanted."""
    library = NoteLibrary(folder / "topics")
    return Study(library, OfflineAnswers(folder, catalog, library, cache_folder()))


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """An app over an up-to-date database, closed at the end. Raises `MilepostError` with one line that says what to do."""
    engine = open_engine(database_url(settings.database_url))
    try:
        await upgrade(engine)
        stores = SqlStore(engine), SqlOutbox(engine), SqlInbox(engine), SqlMarks(engine)
        yield assembled(settings, clock, *stores)
    finally:
        await engine.dispose()


def understanding(folder: Path) -> tuple[Reader, Places]:
    """How free words and places are read."""
    words = WordReader(load_phrases(folder / "phrases"))
    return words, ZoneFinder(words)
