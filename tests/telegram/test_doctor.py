"""What `milepost doctor` says about Telegram."""

from __future__ import annotations

from bot.adapters.telegram.checks import OFFICIAL, address, examine
from bot.adapters.telegram.rights import examine_places
from bot.storage.places import push_places
from tests.loopback.telegram.server import LoopbackTelegram
from tests.telegram.stage import Stage


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


async def test_an_address_that_leads_elsewhere_than_to_our_own_route_is_named(server: LoopbackTelegram) -> None:
    assert "pass" not in await _said(server, "https://mentor.example/telegram/webhook")
    assert "passes https://mentor.example on to it" in await _said(server, "https://mentor.example")


async def test_an_address_telegram_never_delivers_to_is_named(server: LoopbackTelegram) -> None:
    good = ("https://mentor.example/hook", "https://mentor.example:8443/hook")
    assert [address(url, OFFICIAL) for url in good] == [[], []]
    for url in ("http://mentor.example/hook", "https://mentor.example:8080/hook"):
        ((mark, text),) = address(url, OFFICIAL)
        assert mark == "✗"
        assert "443, 80, 88, 8443" in text
    assert "✗" not in await _said(server, "http://127.0.0.1:1/hook")


async def test_groups_in_which_the_bot_may_not_write_are_named(stage: Stage) -> None:
    server, database = stage.server, stage.app.database
    assert database is not None
    ada, hall, inn, mute = stage.chat(), *[await stage.group(title=title) for title in ("Hall", "Inn", "Mute")]
    await stage.enroll(ada)
    await ada.asks("/group create Night Owls")
    for room in (hall, inn):
        await room.asks("/group bind")
    await mute.says("/here")
    await ada.hears()
    await stage.idle()
    places = await push_places(database, "telegram")
    said = await examine_places(server.state.token, server.url, places)
    assert said == [("✓", "telegram: the bot may write in all 3 groups that it posts to")]
    inn.chat.bot_in, mute.chat.muted = False, True
    said = sorted(await examine_places(server.state.token, server.url, places))
    assert [mark for mark, _ in said] == ["·", "✗"]
    assert f"group {inn.chat.id} is gone" in said[0][1]
    assert "in Mute the bot may not send messages" in said[1][1]
    mute.chat.bot_admin = True
    assert len(await examine_places(server.state.token, server.url, places)) == 1


async def test_a_server_that_is_not_there_is_named() -> None:
    lines = await examine("1:a", "http://127.0.0.1:9", "")
    assert "http://127.0.0.1:9 cannot be reached" in lines[0][1]
