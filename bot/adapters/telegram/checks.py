"""What `milepost doctor` says about Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from telegram import User, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.adapters.telegram.client import Bot, client

OFFICIAL = "https://api.telegram.org"
HOOK_PATH = "/telegram/webhook"
"""Where our web port takes deliveries."""
PORTS = (443, 80, 88, 8443)
FINE, NOTE, WRONG = "✓", "·", "✗"
Line = tuple[str, str]


async def examine(token: str, api_url: str, hook_url: str) -> list[Line]:
    """Marks and lines: the token, privacy mode, groups, and how updates reach us."""
    bot = client(token, api_url)
    try:
        return [line async for line in _lines(bot, hook_url)] + address(hook_url, api_url)
    except InvalidToken:
        return [(WRONG, "telegram: the token is refused. Get a new one from @BotFather (/token).")]
    except TelegramError as error:
        return [(WRONG, f"telegram: {api_url} cannot be reached: {error}")]
    finally:
        await bot.shutdown()


async def _lines(bot: Bot, hook_url: str) -> AsyncIterator[Line]:
    await bot.initialize()
    yield FINE, f"telegram: the token is @{bot.username}'s"
    yield _privacy(bot.bot)
    yield _groups(bot.bot)
    yield _delivery(await bot.get_webhook_info(), hook_url)
    if hook_url and urlsplit(hook_url).path != HOOK_PATH:
        yield NOTE, f"telegram: deliveries are taken at {HOOK_PATH}; see that your proxy passes {hook_url} on to it"


def _privacy(me: User) -> Line:
    if me.can_read_all_group_messages:
        return NOTE, "telegram: privacy mode is off: the bot is sent all that its groups say (@BotFather: /setprivacy)"
    return FINE, "telegram: privacy mode is on"


def _groups(me: User) -> Line:
    if me.can_join_groups:
        return FINE, "telegram: the bot may be added to groups"
    return NOTE, "telegram: the bot may not be added to groups (@BotFather: /setjoingroups)"


def address(hook_url: str, api_url: str) -> list[Line]:
    """What Telegram will never deliver to. A Bot API server of one's own is less strict."""
    if not hook_url or api_url != OFFICIAL:
        return []
    split = urlsplit(hook_url)
    if split.scheme == "https" and (split.port or 443) in PORTS:
        return []
    wanted = "https and one of the ports " + ", ".join(map(str, PORTS))
    return [(WRONG, f"telegram: MILEPOST_TELEGRAM_WEBHOOK_URL needs {wanted}; {hook_url} has not")]


def _delivery(info: WebhookInfo, hook_url: str) -> Line:
    if info.last_error_message and hook_url:
        return WRONG, f"telegram: delivery to {info.url} failed last with: {info.last_error_message}"
    if hook_url and info.url != hook_url:
        return NOTE, f"telegram: the webhook is {info.url or 'not set'}; milepost serve sets it to {hook_url}"
    if info.url and not hook_url:
        return NOTE, f"telegram: the webhook {info.url} is set; milepost serve takes it away and polls"
    way = f"to {hook_url}" if hook_url else "by polling"
    return FINE, f"telegram: updates come {way}, {info.pending_update_count} wait"
