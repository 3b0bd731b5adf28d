"""Handing in a project: the link in what was said, the project it is for, and what is to be shown next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.domain.evidence import MAX_NOTE, Evidence
from bot.domain.roadmap import Project, Roadmap, Week
from bot.domain.text import clean
from bot.engine.task_words import plain_words

LINKS_A_PROJECT = 5
_EVERYWHERE = plain_words("project app web http https www com github link here ship submit hand done finished number")
_HANDING_IN = plain_words("project submit hand deployed ship shipped live built portfolio")
_EDGES = "<>()[]\"'.,;:!?"


def split_link(said: str, slot: str = "") -> tuple[str, str]:
    """The link in what was said, "" when there is none, and the words beside it. `slot` is one found before."""
    words = said.split()
    found = next((w for w in words if "://" in w), "") or next((w for w in words if slot and slot in w), "")
    found = found or next((word for word in words if _is_bare_link(word)), "")
    if not found:
        return "", said
    rest = " ".join(word for word in words if word is not found)
    link = found.lstrip(_EDGES).rstrip(_EDGES)
    return (link if "://" in link else f"https://{link}"), rest


def _is_bare_link(word: str) -> bool:
    """Whether a word is an address without its beginning: `github.com/ada/fraud`."""
    return re.fullmatch(r"(?:[\w-]+\.)+[a-zA-Z]{2,}/\S*", word.strip(_EDGES)) is not None


def fitting(roadmap: Roadmap, week: Week, link: str, words: str) -> list[Project]:
    """The projects that the words mean; without any, those the link's own words mean; else those of the week."""
    path = link.split("://", 1)[-1].partition("?")[0]
    return named(roadmap, week, words) or named(roadmap, week, path) or _of_week(roadmap, week)


def surely_handed_in(roadmap: Roadmap, week: Week, link: str, words: str) -> bool:
    """Whether a link that came along in plain words is meant to be kept, and not an article or an error's page."""
    bare = not words.strip(_EDGES + " ")
    path = link.split("://", 1)[-1].partition("?")[0]
    return bare or bool(plain_words(words) & _HANDING_IN or named(roadmap, week, f"{words} {path}"))


def named(roadmap: Roadmap, week: Week, words: str) -> list[Project]:
    """The projects that are called by their place in the list, or by words of their names. None for anything else."""
    number = re.fullmatch(r"\W*(?:project\s+)?(\d{1,3})\W*", words.strip(), re.IGNORECASE)
    if number:
        return [p for place, p in enumerate(roadmap.projects, 1) if place == int(number[1])]
    return _meant(roadmap, week, words)


def _meant(roadmap: Roadmap, week: Week, words: str) -> list[Project]:
    """Those with most words in common. Of several that are alike, the ones that have begun."""
    said = _telling(re.sub(r"[/._-]", " ", words))
    scores = [(len(said & _known(project)), project) for project in roadmap.projects]
    top = max((score for score, _ in scores), default=0)
    best = [project for score, project in scores if score == top] if top else []
    return [project for project in best if project.first <= week.last] or best


def _known(project: Project) -> set[str]:
    return _telling(f"{project.id.replace('-', ' ')} {project.title}")


def _telling(text: str) -> set[str]:
    """The words that tell one project from another."""
    return {word for word in plain_words(text) - _EVERYWHERE if len(word) > 1 and not word.isdigit()}


def _of_week(roadmap: Roadmap, week: Week) -> list[Project]:
    """What is built in a week; in a week without a project the one before, whose end it follows, or the first."""
    running = [p for p in roadmap.projects if p.first <= week.last and p.last >= week.first]
    before = [p for p in roadmap.projects if p.last < week.first]
    return running or before[-1:] or list(roadmap.projects[:1])


def note_of(words: str, projects: Iterable[Project]) -> str:
    """The words kept beside a link: none that only say which project it is."""
    note = clean(" ".join(words.split()), MAX_NOTE)
    names = {word for project in projects for word in _known(project)}
    return note if _telling(note) - names else ""


def next_to_ship(roadmap: Roadmap, week: Week, pieces: Iterable[Evidence]) -> Project | None:
    """The first project from a week on that nothing was handed in for; else the first of all."""
    shown = shown_projects(roadmap, pieces)
    missing = [project for project in roadmap.projects if project.id not in shown]
    return next((p for p in missing if p.last >= week.first), missing[0] if missing else None)


def shown_projects(roadmap: Roadmap, pieces: Iterable[Evidence]) -> Collection[str]:
    """The ids of a roadmap's projects that something was handed in for."""
    return {piece.project_id for piece in pieces if piece.roadmap_id == roadmap.id and piece.project_id}
