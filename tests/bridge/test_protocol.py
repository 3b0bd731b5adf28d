"""The bridge's lines, good and bad."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bridge.client import BridgeProcess


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BridgeProcess]:
    process = BridgeProcess(tmp_path_factory.mktemp("bridge") / "m.db")
    yield process
    assert process.quit() == 0


def test_a_reply_carries_every_field_of_the_protocol(bridge: BridgeProcess) -> None:
    reply, done = bridge.say("hi")
    assert set(reply) == {"type", "to", "chat", "user", "private", "template", "text", "buttons", "images", "edits"}
    assert done == {"type": "done", "to": reply["to"]}


def test_a_button_does_for_its_owner_what_it_says(bridge: BridgeProcess) -> None:
    reply = bridge.say("start", "u2")[0]
    button = reply["buttons"][0][0]["id"]
    assert bridge.press(button, "u3")[0]["code"] == "not_yours"
    taken = bridge.press(button, "u2")[0]
    assert taken["template"] == "enrolled"
    assert taken["edits"] == reply["to"]


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "{}",
        '{"type":"dance","id":"x1"}',
        '{"type":"message"}',
        '{"type":"message","id":"x2","text":"hi"}',
        '{"type":"message","id":"x3","user":{"id":"u"},"chat":{"id":"c","kind":"shed"},"text":"hi"}',
        '{"type":"message","id":"x4","user":"u","chat":{"id":"c"},"text":"hi"}',
        '{"type":"message","id":"x5","user":{"id":"u"},"chat":{"id":"c"},"text":7.5}',
        '{"type":"press","id":"x6","user":{"id":"u"},"chat":{"id":"c"},"button":"what"}',
        '{"type":"clock","id":"x7","at":"yesterday"}',
        '{"type":"clock","id":"x8","at":"2026-12-07T09:00:00"}',
        '{"type":"clock","id":"x9","at":"1970-01-01T00:00:00Z"}',
        "[" * 60_000,
        '{"type":"message","id":"x10","text":"' + "a" * 300_000 + '"}',
    ],
)
def test_a_bad_line_is_answered_with_an_error_and_the_next_one_is_served(bridge: BridgeProcess, line: str) -> None:
    bridge.send(line)
    error = bridge.read()
    assert error["type"] == "error"
    assert error["code"] == "bad_request"
    assert error["message"]
    assert bridge.say("hi")[-1]["type"] == "done"


def test_the_same_request_id_is_answered_once(bridge: BridgeProcess) -> None:
    body = {"type": "message", "id": "same", "user": {"id": "u5"}, "chat": {"id": "c5", "kind": "direct"}, "text": "hi"}
    bridge.send(body)
    assert [bridge.read()["type"], bridge.read()["type"]] == ["reply", "done"]
    bridge.send(body)
    assert bridge.read() == {"type": "done", "to": "same"}


def test_in_a_group_only_what_is_meant_for_the_mentor_is_answered(bridge: BridgeProcess) -> None:
    assert [line["type"] for line in bridge.say("hi all", "u6", id="g", kind="group")] == ["done"]


def test_the_same_input_gives_the_same_output(tmp_path: Path) -> None:
    outputs = []
    for run in ("a", "b"):
        folder = tmp_path / run
        folder.mkdir()
        bridge = BridgeProcess(folder / "m.db")
        for text in (
            "hi",
            "begin ml-engineer-40",
            "zone Berlin",
            "what's next?",
            "done 1",
            "later",
            "progress",
            "blah",
        ):
            bridge.say(text)
        bridge.clock(datetime(2027, 1, 10, tzinfo=UTC))
        bridge.quit()
        outputs.append(bridge.raw)
    assert outputs[0] == outputs[1]


def test_two_peoples_copies_lie_apart(bridge: BridgeProcess) -> None:
    paths = []
    for user in ("copy-a", "copy-b"):
        bridge.say("begin ml-engineer-40", user)
        paths.append(Path(bridge.say("mydata", user)[0]["files"][0]["path"]))
    first, second = (path.read_text(encoding="utf-8") for path in paths)
    assert "copy-a" in first
    assert "copy-b" not in first
    assert "copy-b" in second


@pytest.mark.parametrize("text", [5, 5.0, True, ["done"], {"a": 1}, None])
def test_a_text_that_is_no_text_is_a_bad_request(bridge: BridgeProcess, text: object) -> None:
    answer = bridge.ask(type="message", user={"id": "u9"}, chat={"id": "c9", "kind": "direct"}, text=text)
    assert [line.get("code") for line in answer] == ["bad_request"]
