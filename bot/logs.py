"""Logs for operators: quiet libraries, and never a secret in a line."""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

HIDDEN = "[hidden]"
LOUD = ("httpx", "httpcore", "aiosqlite", "alembic", "apscheduler", "uvicorn", "markdown_it", "telegram", "discord")
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


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send the process's logs to stderr, so that stdout carries only answers."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # a tick that is still busy is nothing to report
