"""milepost serve"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from bot.engine.ports import Transport
from bot.verbs import say

if TYPE_CHECKING:
    from bot.adapters.discord.platform import DiscordPlatform
    from bot.adapters.telegram.service import TelegramService
    from bot.app import App
    from bot.delivery.pushes import Pushes
    from bot.web.webhook import Webhook

log = logging.getLogger(__name__)

TELEGRAM_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class Platform(Protocol):
    """A chat platform that runs by itself until it is cancelled or cannot go on."""

    @property
    def transport(self) -> Transport:
        """How pushes go out over it."""

    async def run(self) -> None:
        """Serve it. Returns only when it cannot go on; then it has said why."""


def serve() -> None:
    """Run every platform that has a token, the scheduler and the web app, until stopped."""
    asyncio.run(_serve())


async def _serve() -> None:
    # Imported here so that --help stays quick.
    from bot.app import running  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.delivery.ticker import Ticker  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415
    from bot.web.server import serving  # noqa: PLC0415
    from bot.web.site import site  # noqa: PLC0415

    settings = Settings.load()
    say.quiet_logs(settings.log_level)
    async with running(settings, SystemClock()) as app:
        telegram = _telegram(app)
        platforms: list[Platform] = [platform for platform in (telegram, _discord(app)) if platform is not None]
        pushes = app.pushes(*(platform.transport for platform in platforms))
        async with serving(site(_ready(app), _hooks(telegram)), settings.web_host, settings.web_port):
            missing = "" if platforms else "; no platform has a token"
            log.info("milepost runs with %d roadmaps%s", len(app.catalog.roadmaps), missing)
            ticker = Ticker(pushes)
            ticker.start()
            await _run(platforms, pushes)
            await ticker.stop()


async def _run(platforms: list[Platform], pushes: Pushes) -> None:
    """Run all platforms side by side until we are stopped; one that ends leaves the others alone."""
    tasks = [asyncio.create_task(_guarded(platform, pushes)) for platform in platforms]
    await _until_stopped()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _guarded(platform: Platform, pushes: Pushes) -> None:
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
    return telegram(token, settings.telegram_api_url, app.mentor, app.inbox, words, place)


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
    return {"/telegram/webhook": Webhook(TELEGRAM_SECRET, telegram.hook.secret, telegram.receive)}


def _ready(app: App) -> Callable[[], Awaitable[str]]:
    async def ready() -> str:
        try:
            await app.outbox.next_due()
        except Exception as error:
            return f"the database does not answer: {type(error).__name__}"
        return ""

    return ready


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    with suppress(asyncio.CancelledError):
        await stopped.wait()
