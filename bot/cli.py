"""The `milepost` command. Each verb lives in `bot/verbs/`; errors become one plain line that says what to do."""

from __future__ import annotations

import sys

import typer

from bot.domain.errors import MilepostError
from bot.verbs import bridge, chat, db, demo, doctor, roadmap, serve

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
app.command("doctor")(doctor.doctor)
app.add_typer(roadmap.app, name="roadmap")
app.add_typer(db.app, name="db")


def main() -> None:
    """Run the command line: exit 0 when all went well, 1 when something failed, 2 for a wrong call."""
    try:
        app(prog_name="milepost")
    except MilepostError as error:
        for line in str(error).splitlines():
            print(f"milepost: {line}", file=sys.stderr)  # noqa: T201 - the command line speaks on stderr
        sys.exit(1)
