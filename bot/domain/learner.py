"""Who learns: a learner, the accounts they speak from, and how they like to be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.wallclock import instant, kept_zone


@dataclass(frozen=True, slots=True)
class Identity:
    """One account of a learner on one platform, and the direct chat in which to reach it ("" when none is known)."""

    platform: str
    external_id: str
    chat_id: str = ""
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The part of the day in which nothing is pushed: from `start` to `end`, over midnight if need be."""

    start: time = time(22, 0)
    end: time = time(7, 0)

    def covers(self, wall: time) -> bool:
        """Whether a time of day is quiet. Equal ends mean no quiet hours at all."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


@dataclass(frozen=True, slots=True)
class Preferences:
    """When and where pushes come. `zone` is an IANA name, "" until the learner has confirmed one. `place` is
    `PushPlace` that others read too, for the week's plan; "" is the direct chat."""

    zone: str = ""
    weekday: int = 0
    push_time: time = time(9, 0)
    quiet: QuietHours = field(default_factory=QuietHours)
    platform: str = ""
    locale: str = "en"
    place: str = ""

    @property
    def tz(self) -> ZoneInfo:
        """The learner's zone; UTC until one is confirmed."""
        return kept_zone(self.zone or "UTC")

    def today(self, now: datetime) -> date:
        """The learner's own date at an instant."""
        return now.astimezone(self.tz).date()

    def push_instant(self, day: date) -> datetime:
        """When the push of a local date falls due (UTC), quiet hours already respected."""
        return _push_instant(self, day)

    def loud(self, at: datetime) -> datetime:
        """The first instant from `at` on that is not in the quiet hours (UTC)."""
        local = at.astimezone(self.tz)
        if not self.quiet.covers(local.time()):
            return at.astimezone(UTC)
        day = local.date() + timedelta(days=1 if local.time() >= self.quiet.end else 0)
        return instant(day, self.quiet.end, self.tz)


@lru_cache(maxsize=4096)
def _push_instant(preferences: Preferences, day: date) -> datetime:
    # Planning asks this for thousands of learners who share a zone, a time and a date.
    return preferences.loud(instant(day, preferences.push_time, preferences.tz))


@dataclass(frozen=True, slots=True)
class Learner:
    """A person. `asked` is the command line a bare answer completes, "" when nothing was asked. `shown_week`
    is the roadmap week whose numbered tasks they saw last, None for the one their last push showed. `seen_on` is the
    date (UTC) on which they last said something. `offered` holds the labels and actions of the buttons under the last
    answer (see `bot.engine.offers`)."""

    id: int
    name: str
    created_at: datetime
    preferences: Preferences = field(default_factory=Preferences)
    asked: str = ""
    shown_week: int | None = None
    last_push_on: date | None = None
    seen_on: date | None = None
    offered: str = ""


def pushed_to(identities: Iterable[Identity], preferences: Preferences) -> Identity | None:
    """Where a push goes: to the preferred platform's account if it can be reached, else to any that can."""
    there = [identity for identity in identities if identity.chat_id and identity.reachable]
    return next((i for i in there if i.platform == preferences.platform), there[0] if there else None)
