"""What `milepost doctor` looks at: the token, the intents, and whether the commands are those of this version."""

from __future__ import annotations

from bot.adapters.discord.client import new_client
from bot.adapters.discord.offers import Offers
from bot.adapters.discord.probe import Application, TokenRefused, Unanswered, probe
from bot.adapters.discord.slash import ask_menu, slash_commands
from bot.adapters.discord.sync import fingerprint, mark
from bot.adapters.discord.wording import Wording
from bot.engine.registry import Registry
from bot.engine.storing import Marks

PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 38
"""View channels, send messages, embed links, attach files, send in threads."""


async def examine(
    api_url: str, token: str, content: bool, registry: Registry, wording: Wording, offers: Offers, marks: Marks
) -> list[tuple[str, str]]:
    """One line for each thing looked at, with its mark."""
    try:
        found = await probe(api_url, token)
    except (TokenRefused, Unanswered) as error:
        return [("✗", f"discord: {error}")]
    return [
        ("✓", f"discord: {found.name}, in {found.servers} servers; invite it with {invite(found.id)}"),
        _intent(found, content),
        await _commands(found.id, registry, wording, offers, marks),
    ]


def invite(application: int) -> str:
    """The address at which a server's owner adds the bot, with no more permissions than it uses."""
    query = f"client_id={application}&permissions={PERMISSIONS}&scope=bot+applications.commands"
    return f"https://discord.com/oauth2/authorize?{query}"


def _intent(found: Application, content: bool) -> tuple[str, str]:
    if content and not found.may_read_content:
        return "✗", "discord: MILEPOST_DISCORD_MESSAGE_CONTENT is on, but Message Content Intent is off in the portal"
    return "✓", f"discord: message content is {'read' if content else 'not asked for'}"


async def _commands(
    application: int, registry: Registry, wording: Wording, offers: Offers, marks: Marks
) -> tuple[str, str]:
    client = new_client(content=False, shards=1)
    for command in slash_commands(registry.commands.values(), wording, offers):
        client.tree.add_command(command)
    client.tree.add_command(ask_menu("ask" if "ask" in registry.commands else "help"))
    same = await marks.get(mark(application)) == fingerprint(client.tree)
    return (
        ("✓", "discord: the commands are registered")
        if same
        else ("·", "discord: the next start registers the commands")
    )
