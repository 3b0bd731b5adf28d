"""Puts one bot together."""

from __future__ import annotations

from collections.abc import Mapping

from bot.adapters.telegram.client import client
from bot.adapters.telegram.conversation import Conversation
from bot.adapters.telegram.post import Post
from bot.adapters.telegram.profile import Profile, Word
from bot.adapters.telegram.reception import Reception
from bot.adapters.telegram.service import Hook, TelegramService
from bot.adapters.telegram.signing import Signer, derived
from bot.adapters.telegram.transport import TelegramTransport
from bot.adapters.telegram.updates import UpdateReader
from bot.delivery.pacing import Pacing, Rates
from bot.engine.mentor import Mentor
from bot.engine.storing import Inbox


def telegram(
    token: str,
    api_url: str,
    mentor: Mentor,
    inbox: Inbox,
    languages: Mapping[str, Word],
    hook: Hook | None = None,
    parallel: int = 1,
) -> TelegramService:
    """A bot that is ready to run. `languages` has the words of each language for its menu, "" for all others;
    `parallel` pushes may be on their way at once."""
    bot = client(token, api_url)
    registry = mentor.router.registry
    reader = UpdateReader(bot, lambda line: registry.parse_line(line) is not None, mentor.catalog.roadmaps)

    async def moved(old: int, new: int) -> None:
        await conversation.moved(old, new)

    post = Post(bot, Pacing(Rates()), moved)
    signer = Signer(token)
    conversation = Conversation(mentor, inbox, reader, post, signer)
    reception = Reception(inbox, mentor.clock, token.partition(":")[0], conversation.answer)
    profile = Profile(tuple(registry.commands.values()), languages)
    return TelegramService(bot, reception, conversation, TelegramTransport(post, signer, parallel), profile, hook)


def hook(token: str, url: str, secret: str = "") -> Hook | None:
    """The webhook for an address, None for polling. A secret that was not chosen is made from the token."""
    return Hook(url, secret or derived(token, "webhook").hex()) if url else None
