"""The composition root: from settings to a running mentor. The one file that knows every other."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import bot.commands
from bot.answers.client import ModelClient
from bot.answers.embedding import Embedder
from bot.answers.interpreting import ModelInterpreter
from bot.answers.model import ModelAnswers
from bot.answers.opening import OfflineAnswers
from bot.answers.static_vectors import MISSING, StaticVectors
from bot.catalog.library import NoteLibrary
from bot.catalog.loader import load_catalog
from bot.catalog.topic_cache import cache_folder
from bot.delivery.bulletin import Bulletin
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.pushes import Pushes
from bot.domain.catalog import Catalog
from bot.engine.group_ports import Postings
from bot.engine.mentor import Mentor
from bot.engine.ports import Clock, Places, Reader, Transport
from bot.engine.registry import Registry
from bot.engine.router import Router
from bot.engine.storing import Inbox, Marks, Outbox, Store
from bot.engine.study import Study
from bot.pictures.painter import SvgPainter
from bot.rendering.renderer import TemplateRenderer
from bot.resources import shipped
from bot.settings import Settings
from bot.storage.connection import Database
from bot.storage.database import database_url, open_database
from bot.storage.inbox import SqlInbox
from bot.storage.marks import MemoryMarks, SqlMarks
from bot.storage.migrate import upgrade
from bot.storage.outbox import SqlOutbox
from bot.storage.postings import SqlPostings
from bot.storage.store import SqlStore
from bot.understanding.people import PeopleAskedAfter, people_asked_after
from bot.understanding.phrases import load_phrases
from bot.understanding.reader import Reader as WordReader
from bot.understanding.sentences import Sentences, sentences
from bot.understanding.zones import ZoneFinder

log = logging.getLogger(__name__)
LOOK_AGAIN = 0.05
"""Seconds between two looks whether a process beside has ended."""


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
    database: Database | None = None
    postings: Postings | None = None

    def pushes(self, *transports: Transport) -> Pushes:
        """The planner and dispatcher that send over these platforms."""
        by_platform = {transport.platform: transport for transport in transports}
        dispatcher = Dispatcher(self.store, self.outbox, self.catalog, self.renderer, by_platform, self.clock)
        library = self.mentor.study.library if self.mentor.study else None
        bulletin = Bulletin(self.postings, dispatcher, library) if self.postings else None
        return Pushes(self.outbox, dispatcher, self.clock, bulletin=bulletin)


@dataclass(frozen=True)
class Content:
    """What lies in a content folder, read once. Nothing in it changes by use, so any number of apps may share it."""

    folder: Path
    catalog: Catalog
    registry: Registry
    renderer: TemplateRenderer
    reader: Reader
    places: Places
    asked_after: PeopleAskedAfter
    sentences: Sentences
    study: Study


def read_content(settings: Settings) -> Content:
    """Read the content in use. Raises `ContentError`."""
    folder = content_folder(settings)
    catalog = load_catalog(folder)
    registry = Registry.discover(bot.commands)
    renderer = TemplateRenderer(folder / "messages", every_script=settings.fonts_dir is not None)
    reader, places = understanding(folder)
    asked_after = people_asked_after(folder / "messages" / "en" / "_people.yaml")
    lines = sentences(folder / "messages" / "en" / "_sentences.yaml")
    shelf = study(folder, catalog, embedder(settings))
    return Content(folder, catalog, registry, renderer, reader, places, asked_after, lines, shelf)


def content_folder(settings: Settings) -> Path:
    """The content in use: the operator's folder, or the one that ships."""
    return settings.content_dir or shipped("content")


def assembled(
    settings: Settings,
    clock: Clock,
    store: Store,
    outbox: Outbox,
    inbox: Inbox,
    marks: Marks | None = None,
    content: Content | None = None,
) -> App:
    """An app over stores that are open already, with the content in use or one read before. Raises `ContentError`."""
    c = content or read_content(settings)
    router = Router(c.registry, c.reader, c.asked_after, c.sentences)
    shelf = tutored(c.study, settings, store, clock)
    mentor = Mentor(store, c.catalog, router, c.renderer, c.places, clock, shelf, painter(settings))
    marks = marks or MemoryMarks()
    return App(settings, c.catalog, c.registry, c.renderer, store, outbox, inbox, mentor, clock, marks)


def study(folder: Path, catalog: Catalog, knowing: Embedder | None = None) -> Study:
    """The notes and the one who answers from them; both are read when they are first wanted."""
    library = NoteLibrary(folder / "topics")
    return Study(library, OfflineAnswers(folder, catalog, library, cache_folder(), knowing))


def embedder(settings: Settings) -> Embedder | None:
    """Who knows meanings beside words, where the settings ask for it and it is installed."""
    if not settings.answers_embeddings:
        return None
    found = StaticVectors.installed()
    if found is None:
        log.error(MISSING)  # loud enough for `chat` too: somebody set it
    return found


def tutored(plain: Study, settings: Settings, store: Store, clock: Clock) -> Study:
    """The same with a language model, where the settings name one."""
    if not (settings.llm_base_url and settings.llm_model):
        return plain
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    client = ModelClient(settings.llm_base_url, key, settings.llm_model)
    assert isinstance(plain.answers, OfflineAnswers)
    tutor = ModelAnswers(client, plain.answers, store, clock)
    return replace(plain, tutor=tutor, interpreter=ModelInterpreter(client, store, clock, tutor.breaker))


def painter(settings: Settings) -> SvgPainter:
    """Who draws; the pictures lie in the user's cache folder."""
    return SvgPainter(cache_folder() / "pictures", settings.fonts_dir)


@asynccontextmanager
async def running(settings: Settings, clock: Clock, content: Content | None = None) -> AsyncIterator[App]:
    """An app over an up-to-date database, with the content in use or one read before, closed at the end.

    Raises `MilepostError`, which says what to do.
    """
    database = open_database(database_url(settings.database_url))
    try:
        await upgrade(database)
        stores = SqlStore(database), SqlOutbox(database), SqlInbox(database), SqlMarks(database)
        app = assembled(settings, clock, *stores, content)
        app.database, app.postings = database, SqlPostings(database)
        try:
            yield app
        finally:
            await hang_up(app.mentor.study)
    finally:
        await database.dispose()


def prepare(folder: Path) -> None:
    """Build and keep what is read when the first question comes. For a process of its own: it takes seconds."""
    shelf = study(folder, load_catalog(folder))
    assert isinstance(shelf.answers, OfflineAnswers)
    shelf.answers.build()


async def prepared_beside(folder: Path) -> None:
    """The same in a process of its own, which ends with us when we are stopped meanwhile."""
    beside = get_context("spawn").Process(target=prepare, args=(folder,), daemon=True)
    try:
        await asyncio.to_thread(beside.start)
        while beside.is_alive():  # noqa: ASYNC110 - a process tells nobody that it ended
            await asyncio.sleep(LOOK_AGAIN)
    except OSError as error:
        log.info("the notes' index is built here, there is no process beside: %s", error)
    finally:
        if beside.pid is not None:
            beside.terminate()


async def warmed(folder: Path, shelf: Study | None) -> None:
    """Read what questions need in a thread; what has to be built first is built beside this process."""
    if not await asyncio.to_thread(_is_kept, shelf):
        await prepared_beside(folder)
    await asyncio.to_thread(warm, shelf)


def _is_kept(shelf: Study | None) -> bool:
    return shelf is not None and isinstance(shelf.answers, OfflineAnswers) and shelf.answers.is_kept()


def warm(shelf: Study | None) -> None:
    """Read now what the first question would else wait for: the notes, the index, the model's library. For a thread."""
    if shelf is None:
        return
    if shelf.tutor is not None:
        importlib.import_module("openai")
    if isinstance(shelf.answers, OfflineAnswers):
        log.info("%d notes can be asked about", len(shelf.answers.desk.topics))
    items = sum(len(shelf.library.quiz(topic.id)) for topic in shelf.library)
    log.info("%d quiz items can be asked", items)


async def hang_up(shelf: Study | None) -> None:
    """Close the connection to the language model, where there is one."""
    tutor = shelf.tutor if shelf else None
    if isinstance(tutor, ModelAnswers):
        await tutor.client.close()


def understanding(folder: Path) -> tuple[Reader, Places]:
    """How free words and places are read."""
    words = WordReader(load_phrases(folder / "phrases"))
    return words, ZoneFinder(words)
