"""Slash commands made from the commands' own declarations, and the message menu's one command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any, Optional

import discord
from discord import app_commands

from bot.adapters.discord.acknowledging import acknowledge
from bot.adapters.discord.offers import Offers
from bot.adapters.discord.wording import DEFAULT, Wording, word
from bot.engine.command import Arg, ArgKind, Command

ASK = "Ask Milepost"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFERED = frozenset({ArgKind.TASKS, ArgKind.WEEK, ArgKind.ROADMAP, ArgKind.ZONE})
FREE = frozenset({ArgKind.TEXT, ArgKind.WORD, ArgKind.GROUP, ArgKind.SEND, ArgKind.TASK})
NUMBERS = frozenset({ArgKind.WEEK, ArgKind.NUMBER})
INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
Callback = Callable[..., Coroutine[Any, Any, None]]


def slash_commands(
    commands: Iterable[Command], wording: Wording, offers: Offers
) -> list[app_commands.Command[Any, ..., None]]:
    """One for each command that has a line for menus, or should have one."""
    made = []
    for command in commands:
        summary = word(wording, DEFAULT, "menu", command.name) or (command.name if command.in_menu else "")
        if summary:
            args = [arg for arg in command.args if _is_offered(command, arg, wording)]
            made.append(_slash(command, args, summary, wording, offers))
    return made


def _is_offered(command: Command, arg: Arg, wording: Wording) -> bool:
    """Whether an argument becomes an option: free words only where the words say what for."""
    return arg.required or arg.kind not in FREE or bool(word(wording, DEFAULT, "options", f"{command.name}_{arg.name}"))


def _slash(
    command: Command, args: list[Arg], summary: str, wording: Wording, offers: Offers
) -> app_commands.Command[Any, ..., None]:
    callback = _callback(command, args)
    if args:
        callback = app_commands.describe(**{a.name: _described(command, a, wording) for a in args})(callback)
        callback = app_commands.autocomplete(**_completions(command, args, offers))(callback)
        callback = app_commands.choices(**_choices(args))(callback)
    return app_commands.Command(
        name=command.name.lower()[:32], description=summary[:100], callback=callback, allowed_installs=INSTALLS,
        allowed_contexts=CONTEXTS, auto_locale_strings=False,
    )  # fmt: skip


def _described(command: Command, arg: Arg, wording: Wording) -> str:
    own = word(wording, DEFAULT, "options", f"{command.name}_{arg.name}")
    return (own or word(wording, DEFAULT, "options", arg.kind.value) or arg.name)[:100]


def _callback(command: Command, args: list[Arg]) -> Callback:
    """What discord.py calls: it turns the options into the line that could have been typed."""

    async def call(interaction: discord.Interaction[Any], **options: object) -> None:
        interaction.client.dispatch("milepost_command", interaction, line(command, options))

    # discord.py reads the options from the signature, so it gets one made from the declaration.
    parameters = [
        inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)
    ]
    for arg in sorted(args, key=lambda a: not a.required):
        plain = int if arg.kind in NUMBERS else str
        default = inspect.Parameter.empty if arg.required else None
        annotation = plain if arg.required else Optional[plain]  # noqa: UP045 - discord.py reads this form
        parameters.append(
            inspect.Parameter(arg.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=annotation, default=default)
        )
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return call


def line(command: Command, options: Mapping[str, object]) -> str:
    """A command and its options as one typed line."""
    given = (options.get(arg.name) for arg in command.args)
    words = (" ".join(str(value).split()) for value in given if value is not None)
    return " ".join(["/" + command.name, *words])


def _completions(command: Command, args: list[Arg], offers: Offers) -> dict[str, Any]:
    takes_back = "undo" in command.intents
    return {arg.name: _completion(arg.kind, offers, done=takes_back) for arg in args if arg.kind in OFFERED}


def _completion(kind: ArgKind, offers: Offers, *, done: bool) -> Any:
    async def complete(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[Any]]:
        found = await offers.fitting(kind, str(interaction.user.id), str(typed or ""), done=done)
        read = int if kind in NUMBERS else str
        choices = [app_commands.Choice(name=shown, value=read(sent)) for shown, sent in found]
        await acknowledge(lambda: interaction.response.autocomplete(choices))
        # Answered, or too late for it: either way discord.py would only log an error after trying the same again.
        interaction.response._response_type = discord.InteractionResponseType.autocomplete_result
        return []

    return complete


def _choices(args: list[Arg]) -> dict[str, list[app_commands.Choice[str]]]:
    days = [app_commands.Choice(name=day.capitalize(), value=day) for day in WEEKDAYS]
    return {arg.name: days for arg in args if arg.kind is ArgKind.WEEKDAY}


def ask_menu(verb: str) -> app_commands.ContextMenu:
    """The command in a message's own menu. Its words are somebody's, so they are only ever a question to `verb`."""

    async def ask(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        words = " ".join(message.content.split())[:1500]
        interaction.client.dispatch("milepost_command", interaction, f"/{verb} {words}".strip())

    return app_commands.ContextMenu(name=ASK, callback=ask, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS)
