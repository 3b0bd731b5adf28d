"""Plays a scripted learner and a friend against the real engine and tells the story as it goes."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.adapters.terminal.screen import Screen
from bot.clock import ManualClock
from bot.delivery.passing import pass_time
from bot.delivery.pushes import Pushes
from bot.domain.message import ChannelRef, ChatKind, Message, Rendered, Sender
from bot.domain.wallclock import zone_named
from bot.engine.group_ports import ChatPost
from bot.engine.mentor import Mentor
from bot.engine.ports import Push

PLATFORM = "terminal"
ME, FRIEND = "demo", "friend"


@dataclass(frozen=True, slots=True)
class Script:
    """Who learns, from when, and what happens: each step is one of `tell`, `say`, `tap`, `days`, `work`, and of those
    about the `friend` and the `hall`, the chat that both are in."""

    learner: str
    friend: str
    hall: str
    starts: datetime
    zone: str
    steps: Sequence[Mapping[str, Any]]


def load_script(path: Path) -> Script:
    """The script in a YAML file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    starts = data["starts"]
    at = starts if isinstance(starts, datetime) else datetime.fromisoformat(starts)
    return Script(data["learner"], data["friend"], data["hall"], at, data["zone"], data["steps"])


@dataclass
class TimeLapse:
    """One run of a script. Also the transport that the learner's pushes come over."""

    mentor: Mentor
    clock: ManualClock
    script: Script
    screen: Screen
    write: Callable[[str], None]
    pause: float
    platform: str = PLATFORM
    parallel: int = 1
    loud: bool = True
    pushed: int = 0
    _events: itertools.count[int] = field(default_factory=itertools.count)
    _offered: Sequence[Rendered] = ()

    async def run(self, pushes: Pushes) -> None:
        """Play every step."""
        for step in self.script.steps:
            (verb, value), *_ = step.items()
            await getattr(self, f"_{verb}")(value, pushes)
            await asyncio.sleep(self.pause)

    async def send(self, push: Push) -> None:
        """See `Transport.send`."""
        if push.to.external_id == ME:
            self.pushed += 1
            if self.loud:
                self._show(push.message)

    async def post(self, post: ChatPost) -> None:
        """See `Transport.post`."""
        if self.loud:
            self.write(f"  {self._stamp()}  in {self.script.hall}:\n")
            self._show(post.message)

    async def _tell(self, text: str, pushes: Pushes) -> None:
        self.write(f"\n── {text}\n")

    async def _say(self, text: str, pushes: Pushes) -> None:
        self.write(f"  {self._stamp()}  {self.script.learner}: {text}\n")
        await self._hand_in(text=text)

    async def _tap(self, action: str, pushes: Pushes) -> None:
        self.write(f"  {self._stamp()}  {self.script.learner} taps a button\n")
        await self._hand_in(button=action)

    async def _hall(self, text: str, pushes: Pushes) -> None:
        """The learner says something in the chat of several."""
        self.write(f"  {self._stamp()}  {self.script.learner}, in {self.script.hall}: {text}\n")
        await self._hand_in(text=text, hall=True)

    async def _friend(self, text: str, pushes: Pushes) -> None:
        """The friend says something in their own chat, or after `hall:` in the chat of several."""
        words = text.removeprefix("hall: ")
        where = f", in {self.script.hall}" if words != text else ""
        self.write(f"  {self._stamp()}  {self.script.friend}{where}: {words}\n")
        await self._hand_in(text=words, who=FRIEND, hall=words != text)

    async def _friend_taps(self, label: str, pushes: Pushes) -> None:
        """The friend taps what the last answer offers under this label."""
        self.write(f"  {self._stamp()}  {self.script.friend} taps {label}\n")
        offered = (button for reply in self._offered for row in reply.buttons for button in row)
        await self._hand_in(button=next(b.action for b in offered if b.label == label), who=FRIEND)

    async def _meanwhile(self, text: str, pushes: Pushes) -> None:
        """What the friend does out of sight."""
        await self.mentor.handle(self._message(text=text, who=FRIEND))

    async def _days(self, days: int, pushes: Pushes) -> None:
        await self._pass(timedelta(days=days), pushes)

    async def _work(self, weeks: int, pushes: Pushes) -> None:
        """Weeks in which every plan is done, and the friend's by half; what comes meanwhile is not shown."""
        for _ in range(weeks):
            before = self.pushed
            self.loud = False
            await self._pass(timedelta(weeks=1), pushes)
            self.loud = True
            await self._meanwhile("done 1 and 2", pushes)
            if self.pushed > before and await self._finished():
                return
        self.write(f"  {self._stamp()}  … {weeks} weekly plans came, and she did them.\n")

    async def _quietly(self, weeks: int, pushes: Pushes) -> None:
        """Weeks of which nothing is shown, and in which only the friend does something."""
        self.loud = False
        for _ in range(weeks):
            await self._pass(timedelta(weeks=1), pushes)
            await self._meanwhile("done 1", pushes)
        self.loud = True

    async def _finished(self) -> bool:
        """Do the week's tasks; whether that was the end, which is shown."""
        replies = await self.mentor.handle(self._message(text="done all"))
        over = [reply for reply in replies if reply.template == "finished"]
        for reply in over:
            self._show(reply)
        return bool(over)

    async def _pass(self, length: timedelta, pushes: Pushes) -> None:
        until = self.clock.now() + length
        await pass_time(pushes, self.clock, until)

    async def _hand_in(self, text: str = "", button: str = "", who: str = ME, hall: bool = False) -> None:
        self._offered = await self.mentor.handle(self._message(text, button, who, hall))
        for reply in self._offered:
            self._show(reply)

    def _message(self, text: str = "", button: str = "", who: str = ME, hall: bool = False) -> Message:
        name = self.script.learner if who == ME else self.script.friend
        shared = ChannelRef(PLATFORM, "hall", ChatKind.GROUP, self.script.hall)
        place = shared if hall else ChannelRef(PLATFORM, who)
        sender, event = Sender(who, name, zone=self.script.zone), str(next(self._events))
        return Message(PLATFORM, event, sender, place, self.clock.now(), text, button, mentioned=hall)

    def _show(self, reply: Rendered) -> None:
        buttons = [button for row in reply.buttons for button in row]
        drawn = self.screen.draw(replace(reply, images=()), buttons)  # what a demo draws would lie about afterwards
        self.write("\n".join(f"    │ {line}" for line in drawn.splitlines()) + "\n")

    def _stamp(self) -> str:
        return f"{self.clock.now().astimezone(zone_named(self.script.zone)):%a %d %b %Y %H:%M}"
