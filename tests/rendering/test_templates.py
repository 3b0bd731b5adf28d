"""Every template is filled by a conversation: an unknown name in one raises, and a learner would read of our fault."""

from __future__ import annotations

from pathlib import Path

from tests.rendering.sources import templates
from tests.talk import talking

STRANGER = ["help", "hours", "flibbertigibbet", "settings"]
ENROLLED = [
    "start", "begin knitting", "begin full-stack-ml-36 6", "zone", "zone Xyzzy", "zone Berlin", "start",
    "next", "task 1", "stuck", "week", "week 99", "week 15", "plan", "progress", "resources 1", "quick", "help",
    "settings", "thanks", "undo undo", "at", "at mon 23:30", "at tue 10:00", "quiet", "quiet 21:00 08:00",
    "quiet off", "hours", "hours 99", "hours 20", "mydata", "forget",
]  # fmt: skip
WORKING = [
    "done", "done 99", "done 1", "done 1", "undo", "done 1 and 2", "undo", "later", "snooze 3", "redate", "undo",
    "skip", "undo", "at 7:77", "switch", "switch full-stack-ml-36", "begin ml-engineer-40", "undo",
    "switch ml-engineer-40", "undo", "pause 2020-01-01", "pause", "next", "progress", "resume", "resume",
    "pause 2027-01-07", "undo", "do not mark task 1 as done", "done all", "next", "plan", "progress", "finish",
    "pause", "progress", "undo", "finish", "next", "forget everything", "undo", "done 1",
]  # fmt: skip


async def test_no_template_fails_in_a_conversation_that_visits_the_core(tmp_path: Path) -> None:
    seen: set[str] = set()
    async with talking(tmp_path / "m.db") as talk:
        for line in [*STRANGER, *ENROLLED, *WORKING]:
            text = await talk.say(line)
            names = {reply.template for reply in talk.last}
            assert "our_fault" not in names, line
            assert text.strip(), line
            seen |= names
        await talk.press("nonsense from an old button")
        seen |= {reply.template for reply in talk.last}
    assert len(seen) >= 40
    assert not seen - templates()
