"""Telegram as a whole: starts, listens by polling or webhook, and stops alone when its token is refused."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.adapters.telegram.client import Bot
from bot.adapters.telegram.conversation import Conversation
from bot.adapters.telegram.failures import TokenRefused
from bot.adapters.telegram.polling import LONGEST_PAUSE, Payload, poll
from bot.adapters.telegram.profile import Profile, present
from bot.adapters.telegram.raw import ALLOWED, PLATFORM
from bot.adapters.telegram.reception import Reception
from bot.adapters.telegram.transport import TelegramTransport

log = logging.getLogger(__name__)

REFUSED = (
    "Telegram refused the bot's token: it was revoked or mistyped. Get a new one from @BotFather (/token), set "
    "MILEPOST_TELEGRAM_TOKEN and restart. Telegram is off until then; everything else goes on."
)
FIRST_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram should deliver updates, and the secret by which we know that it is Telegram."""

    url: str
    secret: str


@dataclass
class TelegramService:
    """Everything about one bot. `hook` is None for polling."""

    bot: Bot
    reception: Reception
    conversation: Conversation
    transport: TelegramTransport
    profile: Profile
    hook: Hook | None = None

    async def run(self) -> None:
        """Serve until cancelled, or until the token is refused: then one line says so and this returns."""
        try:
            await self._persist(self._introduce)
            await self.reception.resume()
            async with asyncio.TaskGroup() as tasks:
                presenting = tasks.create_task(self._present())
                await self._listen()
                presenting.cancel()
        except* TokenRefused:
            log.error(REFUSED)
        finally:
            await self.reception.close()
            await self._shut_down()

    async def receive(self, payloads: Sequence[Payload]) -> None:
        """Take updates in; when this returns they are on disk."""
        await self.reception.receive(payloads)

    async def _introduce(self) -> None:
        await self.bot.initialize()
        self.conversation.mentor.links[PLATFORM] = f"https://t.me/{self.bot.username}?start="
        log.info("on Telegram as @%s", self.bot.username)

    async def _listen(self) -> None:
        if self.hook is None:
            return await poll(self.bot, self.receive)
        await self._persist(self._set_hook)
        attending = asyncio.create_task(self.reception.attend())
        try:
            await self.reception.refused.wait()
        finally:
            attending.cancel()
        raise TokenRefused("Telegram refused the token")

    async def _set_hook(self) -> None:
        assert self.hook is not None, "only called with a webhook"
        url, secret = self.hook.url, self.hook.secret
        await self.bot.set_webhook(url, allowed_updates=ALLOWED, secret_token=secret, max_connections=40)
        log.info("Telegram delivers to %s", url)

    async def _present(self) -> None:
        try:
            await present(self.bot, self.profile)
        except Exception as error:  # what people see in a menu must never keep us from answering them
            log.warning("menu and descriptions could not all be set: %s", error)

    @staticmethod
    async def _persist(step: Callable[[], Awaitable[None]]) -> None:
        """Try until Telegram can be reached. Raises `TokenRefused`."""
        pause = FIRST_PAUSE
        while True:
            try:
                await step()
                return
            except InvalidToken as error:
                raise TokenRefused("Telegram refused the token") from error
            except TelegramError as error:
                log.warning("%s: %s; trying again in %.0f s", _problem(error), error, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _shut_down(self) -> None:
        with suppress(TelegramError):
            await self.bot.shutdown()


def _problem(error: TelegramError) -> str:
    return "Telegram refused what we asked" if isinstance(error, BadRequest) else "Telegram cannot be reached"
