"""The `milepost` command. Each verb lives in `bot/verbs/`; errors become one plain line that says what to do."""

from __future__ import annotations

import io
import sys
from typing import NoReturn, cast

import typer

from bot.domain.errors import MilepostError
from bot.verbs import answers, ask, bridge, capacity, chat, db, demo, doctor, outbox, roadmap, serve, understand

app = typer.Typer(
    name="milepost",
    help="A mentor that walks you through a learning roadmap, at your pace, in the terminal, Telegram or Discord.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("chat")(chat.chat)
app.command("serve")(serve.serve)
app.command("bridge")(bridge.bridge)
app.command("demo")(demo.demo)
app.command("understand")(understand.understand)
app.command("ask")(ask.ask)
app.command("doctor")(doctor.doctor)
app.add_typer(roadmap.app, name="roadmap")
app.add_typer(db.app, name="db")
app.add_typer(outbox.app, name="outbox")
app.add_typer(answers.app, name="answers")
app.command("capacity")(capacity.capacity)


# Typer exports the parts of this class, and not the class of all wrong calls itself.
WrongCall = cast("type[typer.BadParameter]", typer.BadParameter.__base__)


def main() -> None:
    """Run the command line: exit 0 when all went well, 1 when something failed, 2 for a wrong call."""
    _take_any_text()
    try:
        sys.exit(app(prog_name="milepost", standalone_mode=False))
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
