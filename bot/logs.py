"""Logs for operators: quiet libraries, a line or a JSON object an event, and never a secret in one."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

from bot.engine.subject import subject

HIDDEN = "[hidden]"
LOUD = ("httpx", "httpcore", "alembic", "apscheduler", "uvicorn", "markdown_it", "telegram", "discord")
"""Libraries that say too much: httpx writes whole addresses, and Telegram's hold the token."""
_SECRETS = re.compile(
    r"(?P<telegram>\d{6,}:[\w-]{20,})"
    r"|(?P<key>\bsk-[\w-]{8,})"
    r"|(?P<discord>[MNO][\w-]{22,}\.[\w-]{6}\.[\w-]{27,})"
    r"|(?<=://)(?P<user>[^\s/@:]+:[^\s/@]+)(?=@)"
)


def redacted(text: str) -> str:
    """Text without bot tokens, API keys, and the passwords in addresses."""
    return _SECRETS.sub(HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Works on the finished line, so that what stands in a traceback is hidden too."""

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets."""
        return redacted(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `at`, `level`, `logger`, `message`, `about` (the id of its message or push), and what
    the line was given beside its text (`code`, `event`)."""

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name, "message": record.getMessage(),
        }  # fmt: skip
        entry |= {key: record.__dict__[key] for key in GIVEN if record.__dict__.get(key)}
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return redacted(json.dumps(entry, ensure_ascii=False))


GIVEN = ("about", "code", "event")
FORMATS = {"text": RedactingFormatter("%(levelname)s %(name)s: %(message)s%(tail)s"), "json": JsonFormatter()}


def _with_subject(record: logging.LogRecord) -> bool:
    here = subject()
    record.__dict__ |= {"about": here, "tail": f" [{here}]" if here else ""}
    return True


def configure(level: str = "INFO", stream: TextIO | None = None, form: str = "text") -> None:
    """Send the process's logs to stderr, so that stdout carries only answers. `form` is a name in `FORMATS`."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(_with_subject)
    handler.setFormatter(FORMATS[form])
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # a tick that is still busy is nothing to report
