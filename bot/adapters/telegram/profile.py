"""How the bot presents itself: its command menu for each kind of chat and language, its name and descriptions."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)  # fmt: skip

from bot.adapters.telegram.client import Bot
from bot.engine.command import Command

log = logging.getLogger(__name__)

Word = Callable[[str, str], str]
"""A word of a language by its group and key."""
SCOPES: Mapping[str, Callable[[], BotCommandScope]] = {
    "private": BotCommandScopeAllPrivateChats, "groups": BotCommandScopeAllGroupChats,
    "group admins": BotCommandScopeAllChatAdministrators,
}  # fmt: skip
NAME_LIMIT, SHORT_LIMIT, LONG_LIMIT = 64, 120, 512


@dataclass(frozen=True)
class Profile:
    """What to show. `languages` maps codes to their words; "" stands for all others."""

    commands: Iterable[Command]
    languages: Mapping[str, Word]

    def menu(self, scope: str, language: str) -> list[BotCommand]:
        """The commands for one kind of chat in one language."""
        word = self.languages[language]
        shown = [c for c in self.commands if c.in_menu and (c.in_groups or scope == "private")]
        named = [c.name for c in shown if re.fullmatch(r"[a-z0-9_]{1,32}", c.name)]
        return [BotCommand(name, word("menu", name)[:256]) for name in named]

    def menus(self) -> Iterator[tuple[str, str]]:
        """Every kind of chat with every language."""
        return ((scope, language) for scope in SCOPES for language in self.languages)


async def present(bot: Bot, profile: Profile) -> None:
    """Tell Telegram what differs from what it shows now. Raises `TelegramError`."""
    for scope, language in profile.menus():
        wanted, place = profile.menu(scope, language), SCOPES[scope]()
        if list(await bot.get_my_commands(place, language or None)) != wanted:
            await bot.set_my_commands(wanted, place, language or None)
    for language, word in profile.languages.items():
        await _describe(bot, language or None, word)


async def _describe(bot: Bot, language: str | None, word: Word) -> None:
    name, short, long = (word("profile", key) for key in ("name", "short", "long"))
    if (await bot.get_my_name(language)).name != name:
        await bot.set_my_name(name[:NAME_LIMIT], language)
    if (await bot.get_my_short_description(language)).short_description != short:
        await bot.set_my_short_description(short[:SHORT_LIMIT], language)
    if (await bot.get_my_description(language)).description != long:
        await bot.set_my_description(long[:LONG_LIMIT], language)
