"""project: how to build the project that runs now, a screen at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.brief import Brief, BriefPart, BriefSection
from bot.domain.message import Button, Reply
from bot.domain.plan import place
from bot.domain.roadmap import Project, Roadmap, Week
from bot.domain.topic import Section, SectionKey, Topic
from bot.engine import buttons
from bot.engine.command import Arg, ArgKind, Args, Command
from bot.engine.context import Context
from bot.engine.notes import week_said
from bot.engine.pages import pages
from bot.engine.views import week_to_show

JUMPS = (BriefPart.MILESTONES, BriefPart.DONE, BriefPart.WRONG)
LONGEST_NAME = 37
"""Characters of an id that leave room for a page: an action holds 48."""

LONGEST_SAID = 40
PLACE = "no"
"""Before a project's place in the list, in buttons of projects whose id is too long for one."""
EMPTY = frozenset(("project", "app", "the", "a", "an", "my", "for", "of", "on", "and"))
"""Words that tell no project from another."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of a brief, and the section it is from."""

    section: BriefSection
    text: str


async def project(context: Context, args: Args) -> Reply:
    """Show a screen of the brief that was named, or of the project of the learner's week."""
    roadmap = context.roadmap
    name, page = _said(str(args.get("name") or ""))
    here = week_to_show(context.plan, roadmap, place(context.plan, roadmap, context.today))
    found = _named(roadmap, name) if name else _running(roadmap, here)
    if found is None:
        data = {"projects": roadmap.projects, "said": name[:LONGEST_SAID]}
        return Reply("project_which", data, ((buttons.WEEK, buttons.NEXT),))
    brief = context.catalog.briefs.get((roadmap.id, found.id))
    if brief is None:
        return Reply("project_outline", {"project": found}, ((buttons.NEXT, buttons.WEEK),))
    return _screen(context, found, brief, page)


def _screen(context: Context, found: Project, brief: Brief, page: int | None) -> Reply:
    screens = _screens(brief)
    at = min(max(page or 1, 1), len(screens))
    data = {"project": found, "brief": brief, "screen": screens[at - 1], "number": at, "total": len(screens)}
    rows = _turning(_short_name(context.roadmap, found), screens, at)
    return Reply("project", data, rows, replaces=bool(context.message.button) and page is not None)


def _screens(brief: Brief) -> list[Screen]:
    return [Screen(section, page.text) for section in brief.sections for page in pages(_as_note(brief, section))]


def _as_note(brief: Brief, section: BriefSection) -> Topic:
    """A section in the form in which notes are cut into pages, so that both turn alike."""
    return Topic(brief.id, "projects", brief.title, brief.data, (Section(SectionKey.WHY, section.text),))


def _turning(name: str, screens: list[Screen], at: int) -> buttons.Rows:
    back = (Button("page_back", f"project {name} {at - 1}"),) if at > 1 else ()
    on = Button("page_next", f"project {name} {at + 1}") if at < len(screens) else buttons.NEXT
    if at > 1:
        return ((*back, on),)
    first = {part: next(n for n, screen in enumerate(screens, 1) if screen.section.part is part) for part in JUMPS}
    return ((on,), tuple(Button(f"brief_{part}", f"project {name} {page}") for part, page in first.items()))


def _running(roadmap: Roadmap, week: Week) -> Project | None:
    """The project of a week: the one that runs in it, else the next to begin, else the last there was."""
    ahead = [p for p in roadmap.projects if p.last >= week.first]
    return min(ahead, key=lambda p: p.first, default=roadmap.projects[-1] if roadmap.projects else None)


def _said(text: str) -> tuple[str, int | None]:
    """The name and the page in `fraud 3`; a number alone, or after `week`, is the week's."""
    name, _, last = text.strip().rpartition(" ")
    if not name or name.lower() == "week" or not (last.isascii() and last.isdigit() and len(last) < 4):
        return text.strip(), None
    return name, int(last)


def _named(roadmap: Roadmap, said: str) -> Project | None:
    """A project by the number of a week, by its id, or by words of its names: the one that has most of them."""
    if said.startswith(PLACE):
        place_said = said.removeprefix(PLACE)
        return next((p for n, p in enumerate(roadmap.projects, 1) if str(n) == place_said), None)
    number = week_said(said)
    if number is not None:
        week = roadmap.week(number)
        return _running(roadmap, week) if week else None
    words = set(_words(said)) - EMPTY
    fits = {p.id: len(words & set(_words(f"{p.id} {p.title} {p.id.replace('-', '')}"))) for p in roadmap.projects}
    best = max(roadmap.projects, key=lambda p: fits[p.id], default=None)
    return roadmap.project(said.lower()) or (best if best and fits[best.id] * 2 > len(words) else None)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _short_name(roadmap: Roadmap, found: Project) -> str:
    """What a button calls a project: its id, or its place where the id is too long for one."""
    return found.id if len(found.id) <= LONGEST_NAME else f"{PLACE}{roadmap.projects.index(found) + 1}"


COMMAND = Command(
    "project", project, words=("brief",), args=(Arg("name", ArgKind.TEXT),),
    in_menu=True, needs_plan=True,
    group="week",
)  # fmt: skip
