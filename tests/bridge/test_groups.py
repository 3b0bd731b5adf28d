"""A study group over the bridge, as another program sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.bridge.client import BridgeProcess, Line, pushes

HALL = {"id": "g1", "kind": "group", "name": "Night owls"}


def said(bridge: BridgeProcess, text: str, user: str) -> Line:
    """Something said in the hall to the mentor; its one answer."""
    who = {"id": user, "name": user.capitalize()}
    answer, done = bridge.ask(type="message", user=who, chat=HALL, text=text, mentioned=True)
    assert done["type"] == "done"
    return answer


def pressed(bridge: BridgeProcess, line: Line, label: str, user: str) -> Line:
    """A button of the hall's, pressed by somebody; its one answer."""
    button = next(b["id"] for row in line["buttons"] for b in row if b["label"] == label)
    return bridge.ask(type="press", user={"id": user}, chat=HALL, button=button)[0]


def test_a_groups_board_and_weekly_news_in_its_chat(tmp_path: Path) -> None:
    bridge = BridgeProcess(tmp_path / "m.db")
    for user in ("ada", "bo"):
        bridge.say("begin full-stack-ml-36", user)
        bridge.say("Berlin", user)
    founded = said(bridge, "group create", "ada")
    assert (founded["template"], founded["private"]) == ("group_bound", False)
    sure = pressed(bridge, founded, "Join", "bo")
    assert (sure["template"], sure["private"]) == ("group_join_sure", True)
    assert pressed(bridge, sure, "Join", "bo")["template"] == "group_joined"
    assert pressed(bridge, sure, "Join", "ada")["code"] == "not_yours"
    bridge.say("done 1", "bo")
    board = said(bridge, "group board", "ada")
    assert (board["chat"], board["private"]) == ("g1", False)
    assert "BO · 0 % of 36 weeks · moving" in board["text"]
    week = bridge.clock(datetime(2026, 12, 6, 20, tzinfo=UTC))
    news = [(push["chat"], push["user"], push["key"]) for push in pushes(week) if push["kind"] == "digest"]
    assert news == [("g1", "", "g1-digest-20261129-1"), ("g1", "", "g1-digest-20261206-1")]
    assert bridge.quit() == 0
