"""A study group: who is in it, what each of them shows, and what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.errors import BadGroupName
from bot.domain.message import ChannelRef
from bot.domain.text import clean_name
from bot.domain.wallclock import instant, kept_zone, next_weekday

LONGEST_NAME = 40
NAME_WORDS = 6
MAX_MEMBERS = 1000
MAX_GROUPS = 5
"""Groups one learner may be in."""
VANISHED = timedelta(days=60)
"""An owner who has not been seen for so long is succeeded."""
TALKS_KEPT = timedelta(weeks=12)
"""For so long nothing that a group was given to talk about comes again, as long as there is anything else."""
_VISIBLE = frozenset("LNPS")
_UNSEEN = frozenset("\u00ad\u115f\u1160\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u2800\u3164\ufeff\uffa0")
"""What takes no ink, but for the joiners that Persian, Indian scripts and emoji are written with."""
_ALIKE = str.maketrans("аеорсухіјѕԁһӏвкмнтɑο01", "aeopcyxijsdhlbkmhtaool")


class Role(StrEnum):
    """What a member may do. Each may do all that those below it may."""

    OWNER = "owner"
    ORGANISER = "organiser"
    MEMBER = "member"

    @property
    def rank(self) -> int:
        """0 for the owner, more for those who may do less."""
        return list(Role).index(self)

    def covers(self, other: Role) -> bool:
        """Whether this role may do what the other may."""
        return self.rank <= other.rank


class Sharing(StrEnum):
    """What the others see of a member: all of the week's work, a share of the roadmap, or only that they are there."""

    FULL = "full"
    PERCENT = "percent"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class DigestTime:
    """When a group hears how its week went, in the group's own zone."""

    zone: str = "UTC"
    weekday: int = 6
    at: time = time(18, 0)
    on: bool = True

    @property
    def tz(self) -> ZoneInfo:
        """The group's zone."""
        return kept_zone(self.zone)

    def instant_on(self, day: date) -> datetime:
        """When the digest of a local date is due (UTC)."""
        return instant(day, self.at, self.tz)

    def next_after(self, now: datetime) -> date:
        """The local date of the first digest after an instant."""
        day = next_weekday(now.astimezone(self.tz).date(), self.weekday)
        return day if self.instant_on(day) > now else day + timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class StudyGroup:
    """A group. `code` lets people in. `roadmap_id` and `starts_on` are suggested to newcomers, never asked of them.
    `model` says that a language model may word answers in its chats."""

    id: int
    name: str
    code: str
    created_at: datetime
    digest: DigestTime = field(default_factory=DigestTime)
    next_digest_on: date | None = None
    roadmap_id: str = ""
    starts_on: date | None = None
    model: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """One learner's place in a group. `name` is the learner's own; `pseudonym` stands for it here unless it is "".
    `nth` tells apart several of one name, for one reader and one moment; 0 when there is no need."""

    group_id: int
    learner_id: int
    role: Role
    joined_at: datetime
    sharing: Sharing = Sharing.PERCENT
    pseudonym: str = ""
    buddy: bool = False
    looked_at: datetime | None = None
    name: str = ""
    seen_on: date | None = None
    nth: int = 0

    @property
    def shown_name(self) -> str:
        """What the others call this member."""
        name = self.pseudonym or (self.name if _is_seen(self.name) else "…")
        return f"{name} ({self.nth})" if self.nth else name

    @property
    def open_name(self) -> str:
        """The same where every member may read along: "" for one who hides, who is spoken of by their role only."""
        return "" if self.sharing is Sharing.HIDDEN else self.shown_name

    def vanished(self, now: datetime) -> bool:
        """Whether nothing was heard of this member for a long time."""
        return now.date() - (self.seen_on or self.joined_at.date()) > VANISHED


@dataclass(frozen=True, slots=True)
class GroupChat:
    """A chat that belongs to a group: a Telegram group or topic, a Discord channel or thread."""

    id: int
    group_id: int
    channel: ChannelRef


def heir(members: Iterable[Membership], owner_id: int, now: datetime) -> Membership | None:
    """Who takes over from an owner: the organiser who has been here longest, else the member who has.

    Those who were heard of lately go first; None when nobody else is there.
    """
    others = [member for member in members if member.learner_id != owner_id]
    return min(others, key=lambda m: (m.vanished(now), m.role.rank, m.joined_at, m.learner_id), default=None)


def group_name(said: str) -> str:
    """A name fit for a group. Raises `BadGroupName`."""
    name = clean_name(said, 200)
    name = "".join(char for char in name if char not in _UNSEEN)
    if not any(unicodedata.category(char)[0] in _VISIBLE for char in name):
        raise BadGroupName(said[:LONGEST_NAME], length=0, longest=LONGEST_NAME)
    if len(name) > LONGEST_NAME:
        raise BadGroupName(name[:LONGEST_NAME], length=len(name), longest=LONGEST_NAME)
    return name


def may_be_name(said: str) -> bool:
    """Whether words that came after a name was asked for can be meant as one: no question, no whole sentence."""
    return "?" not in said and len(said.split()) <= NAME_WORDS


_LEAVES = re.compile(
    r"(?:oh |ok |okay )?(?:no|nope|no,? thanks?|no,? thank you|never ?mind(?: that| it)?|"
    r"cancel(?: that| it)?|stop|back|not now|leave it|forget it|don'?t|"
    r"(?:no,? )?(?:i(?:'ve| have)? )?changed my mind)[.! ]*",
    re.IGNORECASE,
)
_TAKEN_WORDS = frozenset({"yes", "no", "on", "off", "out", "bar", "all", "me", "new"})


def _is_seen(name: str) -> bool:
    """Whether a name has anything in it that takes ink."""
    return bool(name) and (name.isascii() or any(
        unicodedata.category(char)[0] in _VISIBLE and char not in _UNSEEN for char in name
    ))  # fmt: skip


def is_left(said: str) -> bool:
    """Whether words that came after a name or a text was asked for take the wish for it back."""
    return _LEAVES.fullmatch(said.strip().replace("\u2019", "'")) is not None


def is_reserved(name: str) -> bool:
    """Whether a member cannot go by it: commands mean something by that word or number."""
    said = name.strip().casefold()
    return said in _TAKEN_WORDS or said.startswith("id:") or all(unicodedata.category(c)[0] in "NPZ" for c in said)


@lru_cache(maxsize=8192)
def looks_like(name: str) -> str:
    """What a name is to the eye: case, width and letters of other scripts that are drawn alike are all one."""
    if name.isascii():
        return name.lower().translate(_ALIKE)
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if unicodedata.category(char) not in ("Cf", "Mn")).translate(_ALIKE)
