"""Finds the commands: every module of a package that holds a `COMMAND`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from types import ModuleType

from bot.engine.arguments import parse
from bot.engine.command import Args, Command


class Registry:
    """All commands, by name, by the other words for them, and by the intents they answer."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands: Mapping[str, Command] = {command.name: command for command in commands}
        self._words = {w: c for c in self.commands.values() for w in (c.name, *c.words)}
        self._intents = {i: c for c in self.commands.values() for i in c.intents}

    @classmethod
    def discover(cls, package: ModuleType) -> Registry:
        """The commands of a package, one a module."""
        names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
        modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names)
        return cls(module.COMMAND for module in modules if hasattr(module, "COMMAND"))

    def for_intent(self, intent: str) -> Command | None:
        """The command that answers an intent."""
        return self._intents.get(intent)

    def begins(self, line: str) -> tuple[Command | None, str]:
        """The command whose word a typed line begins with, and the rest of the line."""
        word, _, rest = line.strip().removeprefix("/").partition(" ")
        return self._words.get(word.split("@")[0].lower()), rest.strip()

    def parse_line(self, line: str) -> tuple[Command, Args] | None:
        """A command line such as `done 3` or `/week 16`, or None when it is not exactly one."""
        name, _, rest = line.strip().removeprefix("/").partition(" ")
        name = name.split("@")[0].lower()
        second, _, tail = rest.lstrip().partition(" ")
        for said, left in ((f"{name} {second.lower()}", tail), (name, rest)):
            command = self._words.get(said)  # `group board` is a command of its own, and goes before `group`
            args = parse(command, left) if command else None
            if command is not None and args is not None:
                return command, args
        return None
