"""What `milepost doctor` says about Telegram."""

from __future__ import annotations

from bot.adapters.telegram.checks import examine
from tests.loopback.telegram.server import LoopbackTelegram


async def _said(server: LoopbackTelegram, hook: str = "") -> str:
    return "\n".join(f"{mark} {text}" for mark, text in await examine(server.state.token, server.url, hook))


async def test_all_is_well(server: LoopbackTelegram) -> None:
    said = await _said(server)
    assert "✓ telegram: the token is @milepost_test_bot's" in said
    assert "✓ telegram: privacy mode is on" in said
    assert "by polling, 0 wait" in said
    assert "✗" not in said


async def test_a_refused_token_says_where_to_get_another(server: LoopbackTelegram) -> None:
    server.state.revoked = True
    said = await _said(server)
    assert said.startswith("✗")
    assert "BotFather" in said
    assert server.state.token not in said


async def test_privacy_mode_off_and_groups_forbidden_are_named_with_the_command_that_changes_them(
    server: LoopbackTelegram,
) -> None:
    server.state.bot |= {"can_read_all_group_messages": True, "can_join_groups": False}
    said = await _said(server)
    assert "/setprivacy" in said
    assert "/setjoingroups" in said


async def test_a_webhook_that_is_not_ours_is_named(server: LoopbackTelegram) -> None:
    server.state.webhook = {"url": "https://old.example/hook"}
    assert "takes it away and polls" in await _said(server)
    assert "sets it to https://new.example" in await _said(server, "https://new.example")


async def test_a_server_that_is_not_there_is_named() -> None:
    lines = await examine("1:a", "http://127.0.0.1:9", "")
    assert "http://127.0.0.1:9 cannot be reached" in lines[0][1]
