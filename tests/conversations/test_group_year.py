"""Thirty-six weeks of a group of five on two platforms and two roadmaps, by the clock in the test's hand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conversations.village import Read, Village, living

START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
HOMES = {"ada": "tg", "bo": "dc", "cyrus": "tg", "dee": "dc", "elias": "dc"}
ZONES = {"ada": "Berlin", "bo": "New York", "cyrus": "Kolkata", "dee": "Sydney", "elias": "Sao Paulo"}
ROADMAPS = {"ada": "full-stack-ml-36", "dee": "full-stack-ml-36"}
HALL, TOPIC, CHANNEL = "-100/", "-100/7", "77/"


@dataclass(frozen=True)
class Course:
    """How many weeks, and those in which things happen: a chat shuts us out, Cyrus is on vacation, Elias leaves, Ada is
    heard of last, Dee deletes her data; somebody is cheered, somebody asks. It begins late where it is short, so that
    the clocks change while it lasts."""

    start: datetime
    weeks: int
    kicked: int
    away: range
    left: int
    vanished: int
    forgotten: int
    cheered: int
    asked: int


YEAR = Course(START, 36, 8, range(10, 14), 15, 18, 33, cheered=4, asked=6)
QUARTER = Course(START + timedelta(weeks=11), 12, 2, range(3, 5), 4, 2, 11, cheered=2, asked=3)


async def settle_in(village: Village) -> str:
    """Everybody on a roadmap, then in the group; Cyrus under another name, Elias out of sight. The invite code."""
    for who, zone in ZONES.items():
        await village.say(who, f"begin {ROADMAPS.get(who, 'ml-engineer-40')}")
        await village.say(who, f"zone {zone}")
    await village.say("ada", "create a group called Night Owls")
    invitation = await village.say("ada", "group invite")
    found = re.search(r"`([0-9A-Z]{8})`", invitation)
    assert found
    for who in ("bo", "cyrus", "dee", "elias"):
        await village.say(who, f"group join {found[1]}")
        await village.tap(who, "Join")
    await village.say("cyrus", "group alias Raven")
    await village.say("dee", "group share full")
    await village.say("elias", "group share hidden")
    await village.say("ada", "group organiser Bo")
    for who, chat in (("ada", HALL), ("ada", TOPIC), ("bo", CHANNEL)):
        await village.say(who, "group bind", chat=chat)
    return found[1]


async def week_of(village: Village, course: Course, week: int) -> None:
    """One week: Monday's plan comes, people work, talk and cheer, Sunday's news goes out."""
    if week == course.kicked:
        village.shut.add(TOPIC)
    if week == course.away.start:
        await village.say("cyrus", f"pause {(village.clock.now() + timedelta(weeks=len(course.away))).date()}")
    if week == course.left:
        await village.say("elias", "group leave")
        await village.tap("elias", "Leave")
    if week == course.forgotten:
        await village.say("dee", "forget")
        await village.tap("dee", "Delete everything")
    await village.wait(days=2)
    for who in working(course, week):
        await village.say(who, "done all" if week % 3 else "done 1")
        await village.say(who, "group board")
    await village.say("bo", "group board", chat=CHANNEL)
    if week % course.cheered == 0:
        await village.say("bo", "group cheer Raven")
        await village.say("bo", "group member Raven")
    if week % course.asked == 0:
        await village.say("cyrus", "group ask how do you test a model?")
        await village.tap("cyrus", "Ask them")
    await village.say("bo", "just talking to the others", chat=CHANNEL, mentioned=False)
    await village.wait(days=5)


def working(course: Course, week: int) -> list[str]:
    here = ["bo"]
    here += ["ada"] if week < course.vanished else []
    here += ["cyrus"] if week not in course.away else []
    here += ["dee"] if week < course.forgotten else []
    here += ["elias"] if week < course.left else []
    return here


async def test_a_quarter_of_a_group_of_five_on_two_platforms(tmp_path: Path) -> None:
    await lives_through(QUARTER, tmp_path / "m.db")


@pytest.mark.long
async def test_thirty_six_weeks_of_a_group_of_five_on_two_platforms(tmp_path: Path) -> None:
    await lives_through(YEAR, tmp_path / "m.db")


async def lives_through(course: Course, database: Path) -> None:
    """All that happens, and what nobody may ever read."""
    async with living(database, course.start, HOMES) as village:
        code = await settle_in(village)
        settled = len(village.reads)
        for week in range(1, course.weeks + 1):
            await week_of(village, course, week)
        log = await village.say("bo", "group log")
        overview = await village.say("bo", "group")
        reads = village.reads
    digests_come_once_a_chat(course, reads)
    everything_is_fit_to_post(reads)
    nothing_private_is_public(reads[settled:], code)
    at_most_one_word_a_day(reads)
    assert "You: Bo · owner" in overview
    assert "the group passed to Bo" in log
    assert "Dee" not in log
    assert {"Bo from **Night Owls** saw your work and cheers you on."} == {
        r.text for r in reads if r.template == "group_cheered"
    }
    told = [r.who for r in reads if r.template == "group_chat_lost"]
    assert told == ["ada"]


def digests_come_once_a_chat(course: Course, reads: list[Read]) -> None:
    """Every Sunday at six in Berlin, once on each chat that belongs to the group, over both clock changes."""
    news = [r for r in reads if r.kind == "digest"]
    assert len({r.key for r in news}) == len(news)
    local = [r.at.astimezone(ZoneInfo("Europe/Berlin")) for r in news]
    assert {f"{at:%a %H:%M}" for at in local} == {"Sun 18:00"}
    assert len({at.utcoffset() for at in local}) == 2
    assert Counter(r.chat for r in news) == {HALL: course.weeks, CHANNEL: course.weeks, TOPIC: course.kicked - 1}


def everything_is_fit_to_post(reads: list[Read]) -> None:
    for read in reads:
        assert read.template != "our_fault"
        assert 0 < len(read.text) <= 2000, read
        assert not re.search(r"None|Undefined|\{\{|\{%|  +\S", read.text), read


def nothing_private_is_public(reads: list[Read], code: str) -> None:
    """Once people have said what they show, nobody reads more of them than that."""
    for read in reads:
        others = read.who not in ("cyrus", "elias")
        if read.chat:
            assert code not in read.text
            assert "others see" not in read.text
            assert "last four weeks" not in read.text
        if others:
            assert "Cyrus" not in read.text, read
            assert "Elias" not in read.text, read
    public = [r.text for r in reads if r.chat]
    assert public
    assert any("Raven" in text for text in public)


def at_most_one_word_a_day(reads: list[Read]) -> None:
    """Of our own accord, and by each person's own calendar; what they asked for is not counted."""
    cities = {"ada": "Europe/Berlin", "bo": "America/New_York", "cyrus": "Asia/Kolkata", "dee": "Australia/Sydney",
              "elias": "America/Sao_Paulo"}  # fmt: skip
    own = [r for r in reads if r.who and r.kind and r.kind not in ("nudge", "answer")]
    days = Counter((r.who, r.at.astimezone(ZoneInfo(cities[r.who])).date()) for r in own)
    assert max(days.values()) == 1
