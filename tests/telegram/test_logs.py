"""Nothing secret is ever written down."""

from __future__ import annotations

import io
import logging

import pytest

from bot import logs
from bot.adapters.telegram.client import client
from tests.loopback.telegram.server import LoopbackTelegram

SECRETS = [
    "123456:TEST-canary-token-AAAAAAAAAAAAAAAAAAAAAA",
    "sk-proj-canary0123456789",
    "MTIzNDU2Nzg5MDEyMzQ1Njc4.GcAnAr.yabcdefghijklmnopqrstuvwxyz0123456789",
    "mila:canary-password",
]


@pytest.fixture
def written() -> io.StringIO:
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("DEBUG", stream)
    yield stream  # type: ignore[misc]
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_are_hidden_in_messages_and_in_tracebacks(secret: str, written: io.StringIO) -> None:
    url = {"mila": f"https://{secret}@host/x", "sk-p": f"host/x?key={secret}"}.get(
        secret[:4], f"https://bot{secret}/getMe"
    )
    logging.getLogger("any").warning("asked %s", url)
    try:
        raise RuntimeError(url)
    except RuntimeError:
        logging.getLogger("any").exception("failed")
    assert secret not in written.getvalue()
    assert written.getvalue().count(logs.HIDDEN) >= 2
    assert "host/x" in written.getvalue() or "/getMe" in written.getvalue()


def test_ordinary_lines_are_left_alone() -> None:
    line = "2026-11-30 09:00:00 push 12-weekly-20261130 to https://example.org/a:b took 0:00:01.5"
    assert logs.redacted(line) == line


async def test_talking_to_telegram_leaves_no_token_in_the_log(server: LoopbackTelegram, written: io.StringIO) -> None:
    async with client(server.state.token, server.url) as bot:
        await bot.get_me()
    assert "canary" not in written.getvalue()
