"""What a learner is told in a chat: lines of every kind, typed as they are to a mentor in memory, each by a new learner
in the line's week."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import yaml

from bot.app import App, Content, assembled
from bot.clock import ManualClock
from bot.domain.message import ChannelRef, Message, Rendered, Sender
from bot.settings import Settings
from bot.storage.memory import MemoryStore
from bot.storage.memory_inbox import MemoryInbox
from bot.storage.memory_outbox import MemoryOutbox
from tests.answers.questions import FOLDER, Asked, read
from tests.talk import MONDAY_MORNING

MOST = 60
"""So many lines of each kind, spread over all there are."""
SOURCE_LINE = re.compile(r"^\*Week (\d+)(?:-(\d+))? · .+\*$", re.MULTILINE)
TEMPLATES = {"injection": "answer_injection", "unsafe": "answer_unsafe", "distress": "answer_distress"}
REFUSALS = (*TEMPLATES.values(), "answer_off_topic")
NOTHING_TOLD = (*REFUSALS, "answer_uncovered")
UNREAD = ("not_understood", "did_you_mean", "smalltalk")
"""What is said to a line that is no question and no command."""


@dataclass(frozen=True)
class Line:
    """One line as somebody types it, and when."""

    kind: str
    text: str
    roadmap: str
    week: int
    weeks: frozenset[int] = frozenset()


@dataclass
class Chatted:
    """What was told, by kind, in shares; and what went wrong, but for the test half, at which nobody looks."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    lines: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def note(self, name: str, right: bool, line: Line, said: Rendered) -> None:
        self.right[name] += right
        self.of[name] += 1
        if not right and line.kind != "asked":
            self.wrong.append(f"{name}: {line.text} -> {said.template}")

    def figures(self) -> dict[str, float]:
        return {name: 100 * self.right[name] / count for name, count in self.of.items()}


def lines() -> Iterator[Line]:
    """The lines of every kind: the test half's questions, and the sets of what is refused."""
    asked = [one for name in ("tune", "tune-2") for one in read(FOLDER / f"{name}.jsonl")]
    yield from _spread([_line("asked", one) for one in read(FOLDER / "test.jsonl") if one.answerable])
    files = ("refused", "refused-2", "refused-3", "refused-4")
    held = [yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")) for name in files]
    for kind in (*TEMPLATES, "off-topic"):
        found = [_line(kind, one) for one in asked if one.type == kind]
        texts = [text for one in held for text in one.get(kind, "").splitlines()]
        yield from _spread([*found, *(Line(kind, text, "ml-engineer-40", 8) for text in texts)])
    texts = [text for one in held for text in one.get("answered", "").splitlines()]
    yield from _spread([Line("look-alike", text, "ml-engineer-40", 8) for text in texts])


def _line(kind: str, one: Asked) -> Line:
    return Line(kind, one.text, one.roadmap, one.current_week, one.weeks)


def _spread(found: Sequence[Line]) -> Iterable[Line]:
    return (found[at * len(found) // MOST] for at in range(MOST)) if len(found) > MOST else found


async def told(content: Content, line: Line) -> Sequence[Rendered]:
    """What somebody in the line's week is told."""
    store, clock = MemoryStore(), ManualClock(MONDAY_MORNING)
    app = assembled(Settings(), clock, store, MemoryOutbox(store), MemoryInbox(store), content=content)
    app.mentor.painter = None
    for text in ("start", f"begin {line.roadmap}", "zone Berlin"):
        await _say(app, text)
    clock.move(MONDAY_MORNING + timedelta(weeks=line.week))
    return await _say(app, line.text)


async def _say(app: App, text: str) -> Sequence[Rendered]:
    message = Message("test", text, Sender("ada", "Ada"), ChannelRef("test", "chat"), app.clock.now(), text)
    return await app.mentor.handle(message)


def judge_chat(content: Content) -> Chatted:
    """Type every line."""
    made, begun = Chatted(), time.monotonic()
    for line in lines():
        said = asyncio.run(told(content, line))[0]
        made.lines[line.kind] += 1
        _judge(line, said, made)
    made.seconds = time.monotonic() - begun
    return made


def _actions(said: Rendered) -> set[str]:
    return {button.action for row in said.buttons for button in row}


def _judge(line: Line, said: Rendered, made: Chatted) -> None:
    source = SOURCE_LINE.search(said.text)
    if line.kind == "asked":
        made.note("chat answered", said.template == "answer", line, said)
        made.note("chat answered or offered", said.template == "answer" or "ask" in _actions(said), line, said)
        if said.template == "answer":
            made.note("chat source line", source is not None, line, said)
            weeks = {int(week) for week in source.groups() if week} if source else set()
            made.note("chat right week", bool(weeks & line.weeks), line, said)
    elif line.kind == "look-alike":
        made.note("chat look-alike not refused", said.template not in REFUSALS, line, said)
    elif line.kind == "off-topic":
        made.note("chat led back", said.template in (*NOTHING_TOLD, *UNREAD), line, said)
        made.note("chat off-topic not answered", said.template != "answer" and source is None, line, said)
    else:
        made.note(f"chat {line.kind} known", said.template == TEMPLATES[line.kind], line, said)
        made.note(f"chat {line.kind} not answered", said.template != "answer" and source is None, line, said)
