"""The `milepost` command. Each verb lives in `bot/verbs/`; errors become one plain line that says what to do."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import NoReturn, cast

import typer

from bot.domain.errors import MilepostError

VERBS = (
    "chat", "serve", "bridge", "demo", "understand", "ask", "answers", "doctor", "roadmap", "db", "outbox", "capacity",
)  # fmt: skip
"""Each is a module of `bot.verbs`; one that has an `app` has verbs of its own."""


def program(verbs: Iterable[str] = VERBS) -> typer.Typer:
    """The command line with these verbs. Loading one takes up to half a second, so one that runs is loaded alone."""
    app = typer.Typer(
        name="milepost", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
        rich_markup_mode=None, callback=_about, invoke_without_command=False,
    )  # fmt: skip
    for verb in verbs:
        module = import_module(f"bot.verbs.{verb}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=verb)
        else:
            app.command(verb)(getattr(module, verb))
    return app


def _about() -> None:
    """A mentor that walks you through a learning roadmap, at your pace, in the terminal, Telegram or Discord."""


def _asked_for() -> Iterable[str]:
    """The verb that is called for; all of them where none is, for the help page."""
    return sys.argv[1:2] if sys.argv[1:2] and sys.argv[1] in VERBS else VERBS


# Typer exports the parts of this class, and not the class of all wrong calls itself.
WrongCall = cast("type[typer.BadParameter]", typer.BadParameter.__base__)


def main() -> None:
    """Run the command line: exit 0 when all went well, 1 when something failed, 2 for a wrong call."""
    _take_any_text()
    try:
        sys.exit(program(_asked_for())(prog_name="milepost", standalone_mode=False))
    except MilepostError as error:
        _fail(str(error), 1)
    except WrongCall as error:
        _fail(_usage(error), 2)
    except OSError as error:
        _fail(f"{error.filename or 'output'}: {error.strerror or error}", 1)


def _usage(error: typer.BadParameter) -> str:
    """What was wrong with the call and where to look; the whole help when a verb was left out."""
    said, verb = error.format_message(), error.ctx.command_path if error.ctx else "milepost"
    return said if "\n" in said else f"{said.rstrip('.')}. Try: {verb} --help"


def _fail(said: str, code: int) -> NoReturn:
    help_page = said.startswith("Usage:")
    for line in said.splitlines():
        print(line if help_page else f"milepost: {line}", file=sys.stderr)  # noqa: T201 - the command line speaks on stderr
    sys.exit(code)


def _take_any_text() -> None:
    """No byte that comes in and no letter that the terminal lacks may end a conversation."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
