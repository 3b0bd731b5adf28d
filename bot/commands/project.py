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
from bot.engine.pages import pages
from bot.engine.views import week_to_show

JUMPS = (BriefPart.MILESTONES, BriefPart.DONE, BriefPart.WRONG)
LONGEST_NAME = 37
"""Characters of an id that leave room for a page: an action holds 48."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of a brief, and the section it is from."""

    section: BriefSection
    text: str


async def project(context: Context, args: Args) -> Reply:
    """Show a screen of the brief that was named, or of the project of the learner's week."""
    roadmap, name = context.roadmap, args.get("name")
    here = week_to_show(context.plan, roadmap, place(context.plan, roadmap, context.today))
    found = _named(roadmap, str(name)) if name else _running(roadmap, here)
    if found is None:
        return Reply("project_which", {"projects": roadmap.projects, "said": name}, ((buttons.WEEK, buttons.NEXT),))
    brief = context.catalog.briefs.get((roadmap.id, found.id))
    if brief is None:
        return Reply("project_outline", {"project": found}, ((buttons.NEXT, buttons.WEEK),))
    return _screen(context, found, brief, args.get("page"))


def _screen(context: Context, found: Project, brief: Brief, page: object) -> Reply:
    screens = _screens(brief)
    at = min(max(int(str(page or 1)), 1), len(screens))
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


def _named(roadmap: Roadmap, said: str) -> Project | None:
    """A project by its place in the list, its id, or a word of either name."""
    if said.isdecimal():
        return roadmap.projects[int(said) - 1] if 1 <= int(said) <= len(roadmap.projects) else None
    words = ((p, set(re.findall(r"[a-z0-9]+", f"{p.id} {p.title}".lower()))) for p in roadmap.projects)
    return roadmap.project(said.lower()) or next((p for p, known in words if said.lower() in known), None)


def _short_name(roadmap: Roadmap, found: Project) -> str:
    """What a button calls a project: its id, or its place where the id is too long for one."""
    return found.id if len(found.id) <= LONGEST_NAME else str(roadmap.projects.index(found) + 1)


COMMAND = Command(
    "project", project, words=("brief",), args=(Arg("name", ArgKind.WORD), Arg("page", ArgKind.NUMBER)),
    in_menu=True, needs_plan=True,
    group="week",
)  # fmt: skip
