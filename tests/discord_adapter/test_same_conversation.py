"""The same conversation over the bridge and Discord: the learner is told the same, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.adapters.bridge.bridge import Bridge
from bot.clock import ManualClock
from tests.conversations.test_same_everywhere import SCRIPTS, OverBridge, Told, told
from tests.discord_adapter.house import MONDAY_MORNING, House
from tests.loopback.discord.people import Person, labels, words
from tests.shared import running_app

pytestmark = pytest.mark.asyncio(loop_scope="module")


def read(text: str) -> str:
    """Discord's markup as its readers see it."""
    text = re.sub(r"\[([^\]]*)\]\(<([^>]*)>\)", r"\1 (\2)", text)
    text = re.sub(r"(?<!\\)<(https?://[^>]*)>", r"\1", text)
    text = re.sub(r"(?<!\\)(\*\*|\*|`|^### )", "", text, flags=re.MULTILINE)
    return re.sub(r"\\(\W)", r"\1", text).replace("\u200b", "")


class OverDiscord:
    """Writes into the direct chat and taps what is shown there."""

    def __init__(self, ada: Person) -> None:
        self.ada = ada
        self.shown: list[dict[str, object]] = []

    async def say(self, line: str) -> Told:
        if line.startswith("["):
            message = next(m for m in reversed(self.shown) if line[1:-1] in labels(m))
            one = await self.ada.tap(message, line[1:-1])
            self.shown = [*one.posted, *(m for m in one.edits if m not in one.posted)]
        else:
            self.shown = list(await self.ada.say(line))
        return told(" ".join(read(words(m)) for m in self.shown), [x for m in self.shown for x in labels(m)])


@pytest.mark.parametrize("name", SCRIPTS)
async def test_discord_tells_the_same_as_the_bridge(name: str, house: House, tmp_path: Path) -> None:
    script = [line.strip() for line in SCRIPTS[name].split(";")]
    lines: list[dict[str, object]] = []
    async with running_app(tmp_path / "other.db", ManualClock(MONDAY_MORNING)) as app:
        bridge = OverBridge(Bridge(app.mentor, app.clock, lines.append, tmp_path, "t-"), lines)
        expected = [await bridge.say(line) for line in script]
    over_discord = OverDiscord(house.discord.person("Ada"))
    for line, wanted in zip(script, expected, strict=True):
        assert await over_discord.say(line) == wanted, f"Discord differs at {line!r}"
