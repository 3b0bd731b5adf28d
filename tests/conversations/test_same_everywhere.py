"""The same conversation over the terminal, the bridge and Telegram: the learner is told the same, word for word."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.bridge.bridge import Bridge
from bot.adapters.terminal.chat import TerminalChat
from bot.adapters.terminal.screen import Screen
from bot.app import App
from bot.clock import ManualClock
from bot.domain.message import Sender
from bot.rendering.markup import plain
from tests.loopback.telegram.server import LoopbackTelegram
from tests.shared import running_app
from tests.talk import MONDAY_MORNING
from tests.telegram.stage import staged

Told = tuple[str, tuple[str, ...]]
"""The words, whatever the line breaks, and the buttons below them."""

SCRIPTS: dict[str, str] = {
    # A line in brackets taps the button that says so.
    "the first week": """
        start; begin full-stack-ml-36; Berlin; what's next?; done 1; done 1; undo; done 1 and 2; progress; week;
        week 16;
        [What's next?]; [Done]; [Undo]""",
    "changing one's mind": """
        begin full-stack-ml-36; zone Tokyo; hours 10; at wed 19:00; settings; quiet 21:00 08:00; pause; resume; later;
        plan; begin ml-engineer-40; switch full-stack-ml-36; undo""",
    "nothing fits": """
        done 3; begin nowhere; zone Xyzzy; begin full-stack-ml-36; week 99; done 42; hours 900; qwertz;
        **bold** <b>html</b> & more; undo; undo; help; thanks""",
    "going": """
        begin full-stack-ml-36; zone Berlin; done all; stuck; resources; mydata; forget; [Delete everything]; hi""",
}


def told(text: str, labels: Sequence[str]) -> Told:
    return " ".join(text.split()), tuple(labels)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with running_app(tmp_path / "other.db", ManualClock(MONDAY_MORNING)) as it:
        yield it


@dataclass
class OverTerminal:
    """Reads what is drawn on the screen."""

    chat: TerminalChat
    screen: Callable[[], str]

    async def say(self, line: str) -> Told:
        typed = line
        if line.startswith("["):
            typed = str(1 + [b.label for b in self.chat.shown].index(line[1:-1]))
        await self.chat.say(typed)
        drawn, labels = self.screen(), [button.label for button in self.chat.shown]
        words = " ".join(drawn.split("  →")[0].split())
        for number, label in reversed(list(enumerate(labels, 1))):
            words = words.removesuffix(f"[{number}] {label}").rstrip()
        return told(words, labels)


@dataclass
class OverBridge:
    """Reads JSON lines."""

    bridge: Bridge
    lines: list[dict[str, object]]
    count: int = 0

    async def say(self, line: str) -> Told:
        self.count += 1
        request: dict[str, object] = {"id": str(self.count), "user": {"id": "me", "name": "Ada"}, "chat": {"id": "c"}}
        if line.startswith("["):
            request |= {"type": "press", "button": self._id(line[1:-1])}
        else:
            request |= {"type": "message", "text": line}
        self.lines.clear()
        await self.bridge._take(json.dumps(request))
        return self._read()

    def _id(self, label: str) -> str:
        return next(str(b["id"]) for b in self._buttons() if b["label"] == label)

    def _buttons(self) -> list[dict[str, object]]:
        replies = [line for line in self.lines if line["type"] == "reply"]
        return [button for reply in replies for row in reply["buttons"] for button in row]  # type: ignore[attr-defined]

    def _read(self) -> Told:
        words = [plain(str(line["text"])) for line in self.lines if line["type"] == "reply"]
        return told(" ".join(words), [str(b["label"]) for b in self._buttons()])


@pytest.mark.parametrize("name", SCRIPTS)
async def test_every_platform_tells_the_same(
    name: str, app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = [line.strip() for line in SCRIPTS[name].split(";")]
    clock = app.clock
    lines: list[dict[str, object]] = []
    bridge = OverBridge(Bridge(app.mentor, clock, lines.append, tmp_path, "t-"), lines)
    over_bridge = [await bridge.say(line) for line in script]
    chat = TerminalChat(app.mentor, clock, Screen(False), Sender("ada-at-home", "Ada"), tmp_path)
    capsys.readouterr()
    terminal = OverTerminal(chat, lambda: capsys.readouterr().out)
    over_terminal = [await terminal.say(line) for line in script]
    over_telegram = await _over_telegram(script, tmp_path / "telegram.db")
    for line, first, second, third in zip(script, over_bridge, over_terminal, over_telegram, strict=True):
        assert first == second, f"the terminal differs at {line!r}"
        assert first == third, f"Telegram differs at {line!r}"


async def _over_telegram(script: Sequence[str], database: Path) -> list[Told]:
    answers: list[Told] = []
    async with LoopbackTelegram().running() as server, staged(server, database) as stage:
        ada = stage.chat()
        for line in script:
            if line.startswith("["):
                await ada.taps(line[1:-1])
            else:
                await ada.says(line)
            fresh = await ada.news(stage.idle)
            answers.append(told(" ".join(m.text for m in fresh), [label for m in fresh for label in m.labels]))
        assert server.state.problems == []
    return answers
