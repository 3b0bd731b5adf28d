"""What is offered while somebody types an option: from memory alone, for Discord waits three seconds and no longer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import available_timezones

from bot.domain.catalog import Catalog
from bot.domain.intent import OpenTask, Scene
from bot.engine.command import ArgKind
from bot.engine.ports import Places

log = logging.getLogger(__name__)

Offer = tuple[str, str]
"""What is shown, and what is sent when it is chosen."""
MOST, LONGEST, REMEMBERED = 25, 100, 5000
PATIENCE = 1.0
REGIONS = frozenset({
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
})  # fmt: skip
POPULAR = (
    "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "Africa/Lagos",
    "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Glance:
    """Where somebody stands, as far as menus need it."""

    roadmap: str
    scene: Scene
    done: tuple[OpenTask, ...] = ()


Look = Callable[[str], Awaitable[Glance | None]]


async def nobody(_user: str) -> Glance | None:
    """A look at people where there are none."""
    return None


@dataclass
class Offers:
    """Finds what fits the letters typed so far. `look` fetches where somebody stands, behind their back."""

    catalog: Catalog
    places: Places
    look: Look
    _seen: dict[str, Glance | None] = field(default_factory=dict)
    _looking: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def outdate(self, user: str) -> None:
        """Somebody moved on: what we remember of them is looked up anew when they type next."""
        self._seen.pop(user, None)

    async def fitting(self, kind: ArgKind, user: str, typed: str, *, done: bool = False) -> list[Offer]:
        """At most 25 offers for an option of a kind. `done`: of tasks those that were marked, the latest first."""
        if kind is ArgKind.ROADMAP:
            return _matching(((f"{r.title} ({r.length} weeks)", r.id) for r in self.catalog.roadmaps.values()), typed)
        if kind is ArgKind.ZONE:
            return _cut(self._zones(typed))
        glance = await self._glance(user)
        if glance is None:
            return []
        if kind is ArgKind.TASKS:
            return _matching(_done(glance) if done else _open(glance), typed)
        return _matching(self._weeks(glance), typed)

    async def _glance(self, user: str) -> Glance | None:
        if user not in self._seen:
            task = self._looking.get(user) or asyncio.create_task(self._fetch(user))
            self._looking[user] = task
            await asyncio.wait({task}, timeout=PATIENCE)
        return self._seen.get(user)

    async def _fetch(self, user: str) -> None:
        try:
            found = await self.look(user)
            if len(self._seen) >= REMEMBERED:
                del self._seen[next(iter(self._seen))]
            self._seen[user] = found
        except Exception:
            log.exception("nothing to offer")
        finally:
            self._looking.pop(user, None)

    def _weeks(self, glance: Glance) -> Iterable[Offer]:
        weeks = self.catalog.roadmap(glance.roadmap).weeks
        here = glance.scene.week or 1
        ahead = [w for w in weeks if w.last >= here] + [w for w in weeks if w.last < here]
        return ((f"{w.label} · {w.title}", str(w.first)) for w in ahead)

    def _zones(self, typed: str) -> Sequence[Offer]:
        wanted = typed.strip().casefold().replace(" ", "_")
        if not wanted:
            return [(_city(zone), zone) for zone in POPULAR]
        found = [*self.places.zones(typed), *(z for z in _zone_names() if wanted in z.casefold())]
        first = sorted(dict.fromkeys(found), key=lambda z: not z.split("/")[-1].casefold().startswith(wanted))
        return [(_city(zone), zone) for zone in first]


def _open(glance: Glance) -> Iterable[Offer]:
    yield from ((f"{t.number} · {t.title}", t.id) for t in glance.scene.tasks)
    if len(glance.scene.tasks) > 1:
        yield ", ".join(str(t.number) for t in glance.scene.tasks), "all"


def _done(glance: Glance) -> Iterable[Offer]:
    return ((f"{t.number} · {t.title}", t.id) for t in glance.done)


def _city(zone: str) -> str:
    region, _, city = zone.rpartition("/")
    return f"{city.replace('_', ' ')} ({region.replace('_', ' ')})" if region else zone


@lru_cache(maxsize=1)
def _zone_names() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if zone.split("/")[0] in REGIONS))


def warm() -> None:
    """Read the zones' names now, so that nobody waits for the disk while typing."""
    _zone_names()


def _matching(offers: Iterable[Offer], typed: str) -> list[Offer]:
    wanted = typed.strip().casefold()
    return _cut([o for o in offers if wanted in o[0].casefold() or wanted == o[1].casefold()])


def _cut(offers: Sequence[Offer]) -> list[Offer]:
    return [(shown[:LONGEST], sent[:LONGEST]) for shown, sent in offers[:MOST]]
