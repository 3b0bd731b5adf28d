"""milepost serve"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bot.delivery.measured import Measured
from bot.engine.ports import Transport
from bot.verbs import say
from bot.verbs.roles import Role, lead, roles_named

if TYPE_CHECKING:
    from starlette.routing import Route

    from bot.adapters.discord.platform import DiscordPlatform
    from bot.adapters.telegram.service import TelegramService
    from bot.app import App
    from bot.delivery.pushes import Pushes
    from bot.delivery.ticker import Ticker
    from bot.settings import Settings
    from bot.web.webhook import Webhook

log = logging.getLogger(__name__)

TELEGRAM_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

WARM_FIRST = 5.0
"""Seconds that the platforms wait for what questions need to be read: reading it later would hold up answers."""


class Platform(Protocol):
    """A chat platform that runs by itself until it is cancelled or cannot go on."""

    @property
    def transport(self) -> Transport:
        """How pushes go out over it."""

    async def run(self) -> None:
        """Serve it. Returns only when it cannot go on; then it has said why."""


def serve(
    roles: Annotated[
        str, typer.Option(help="what this process does, such as web,chat,deliver,plan")
    ] = "web,chat,deliver,plan",
) -> None:
    """Run every platform that has a token, the scheduler and the web app, until stopped."""
    asyncio.run(_serve(roles_named(roles)))


async def _serve(roles: frozenset[Role]) -> None:
    # Imported here so that --help stays quick.
    from bot.app import running  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.delivery.forgetting import Forgetting  # noqa: PLC0415
    from bot.delivery.ticker import Ticker  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    settings = Settings.load()
    say.quiet_logs(settings.log_level, settings.log_format)
    async with running(settings, SystemClock()) as app:
        telegram = _telegram(app)
        platforms: list[Platform] = [platform for platform in (telegram, _discord(app)) if platform is not None]
        transports = [Measured(platform.transport) for platform in platforms]
        pushes = app.pushes(*transports)
        pushes.plans, pushes.delivers = Role.PLAN in roles, False
        ticker = Ticker(pushes, Forgetting(app.store, app.clock))
        async with _web(app, roles, telegram, transports, ticker, pushes):
            missing = "" if platforms else "; no platform has a token"
            log.info("milepost runs with %d roadmaps%s", len(app.catalog.roadmaps), missing)
            ticker.start()
            warming = asyncio.create_task(_warm(app))
            await _run(platforms, pushes, ticker, roles, settings, warming)
            warming.cancel()


async def _warm(app: App) -> None:
    """Read what pushes and questions need, so that nobody waits for it."""
    from bot.app import content_folder, warmed  # noqa: PLC0415 - see above
    from bot.engine.views import PUSHED  # noqa: PLC0415

    await asyncio.to_thread(app.renderer.prepare, PUSHED)
    await warmed(content_folder(app.settings), app.mentor.study)
    gc.freeze()  # what was read stays for good: looking through all of it again stops everybody for 60 ms


@asynccontextmanager
async def _web(
    app: App,
    roles: frozenset[Role],
    telegram: TelegramService | None,
    transports: list[Measured],
    ticker: Ticker,
    pushes: Pushes,
) -> AsyncIterator[None]:
    """The web app, where that is one of our roles."""
    if Role.WEB not in roles:
        yield
        return
    from bot.web.metrics import metrics  # noqa: PLC0415 - the web's libraries are loaded only to serve
    from bot.web.server import serving  # noqa: PLC0415
    from bot.web.site import site  # noqa: PLC0415

    tallies = {transport.platform: transport.tally for transport in transports}
    breakers = pushes.dispatcher.breakers
    more: Iterable[Route] = ()
    if app.database:
        more = metrics(app.database, app.clock, lambda: tallies, lambda: pushes.delivers, breakers)
    async with serving(site(_ready(app, ticker), _hooks(telegram), more), app.settings.web_host, app.settings.web_port):
        yield


async def _run(
    platforms: list[Platform],
    pushes: Pushes,
    ticker: Ticker,
    roles: frozenset[Role],
    settings: Settings,
    warming: asyncio.Task[None],
) -> None:
    """Run until we are stopped or lose a seat. What is on its way is finished before the platforms are left."""
    talking: list[asyncio.Task[None]] = []

    talks = asyncio.Event()

    def talk() -> None:
        talks.set()
        talking.extend(asyncio.create_task(_guarded(platform, pushes, warming)) for platform in platforms)

    def deliver() -> None:
        pushes.delivers = True

    begins = {Role.CHAT: talk, Role.DELIVER: deliver}

    async def seat(role: Role) -> None:
        # Who does both sits down to talk first: were they two processes, each would keep a platform's pace by itself.
        if role is Role.DELIVER and Role.CHAT in roles:
            await talks.wait()
        await lead(role, settings, begins[role])

    seats = [asyncio.create_task(seat(role)) for role in begins if role in roles]
    stopped = asyncio.create_task(_until_stopped())
    ended, _ = await asyncio.wait([stopped, *seats], return_when=asyncio.FIRST_COMPLETED)
    await ticker.stop()
    for task in (stopped, *talking, *seats):
        task.cancel()
    await asyncio.gather(stopped, *talking, *seats, return_exceptions=True)
    for task in ended:
        task.result()


async def _guarded(platform: Platform, pushes: Pushes, warming: asyncio.Task[None]) -> None:
    await asyncio.wait([warming], timeout=WARM_FIRST)
    try:
        await platform.run()
    except Exception:
        log.exception("%s stopped; everything else goes on", platform.transport.platform)
    pushes.without(platform.transport.platform)


def _telegram(app: App) -> TelegramService | None:
    """The Telegram bot, if it has a token."""
    settings = app.settings
    if settings.telegram_token is None:
        return None
    from bot.adapters.telegram.assembly import hook, telegram  # noqa: PLC0415 - the SDK is loaded only when it is used

    token = settings.telegram_token.get_secret_value()
    secret = settings.telegram_webhook_secret.get_secret_value() if settings.telegram_webhook_secret else ""
    others = [locale for locale in app.renderer.locales() if locale != "en"]
    words = {"": app.renderer.words("en").get} | {locale: app.renderer.words(locale).get for locale in others}
    place = hook(token, settings.telegram_webhook_url, secret)
    return telegram(token, settings.telegram_api_url, app.mentor, app.inbox, words, place, settings.telegram_parallel)


def _discord(app: App) -> DiscordPlatform | None:
    """The Discord bot, if it has a token."""
    settings = app.settings
    if settings.discord_token is None:
        return None
    from bot.adapters.discord.platform import DiscordPlatform, Options  # noqa: PLC0415 - the SDK is loaded only when it is used

    options = Options(
        settings.discord_token.get_secret_value(), settings.discord_api_url, settings.discord_gateway_url,
        settings.discord_message_content, settings.discord_shards, settings.discord_rate,
    )  # fmt: skip
    return DiscordPlatform(
        options, app.mentor, app.store, app.inbox, app.marks, app.catalog, app.registry, app.renderer
    )  # fmt: skip


def _hooks(telegram: TelegramService | None) -> Mapping[str, Webhook]:
    from bot.web.webhook import Webhook  # noqa: PLC0415 - the web's libraries are loaded only to serve

    if telegram is None or telegram.hook is None:
        return {}
    from bot.adapters.telegram.checks import HOOK_PATH  # noqa: PLC0415 - the SDK is loaded only when it is used

    return {HOOK_PATH: Webhook(TELEGRAM_SECRET, telegram.hook.secret, telegram.receive)}


def _ready(app: App, ticker: Ticker) -> Callable[[], Awaitable[str]]:
    from bot.web.metrics import LOOK  # noqa: PLC0415 - the web's libraries are loaded only to serve

    async def ready() -> str:
        try:
            async with asyncio.timeout(LOOK):
                await app.outbox.next_due()
        except Exception as error:
            return f"the database does not answer: {type(error).__name__}"
        return "the scheduler stands still" if ticker.stands_still() else ""

    return ready


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    with suppress(asyncio.CancelledError):
        await stopped.wait()
