"""The notes that fit a task, a week or a name, and the buttons that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from bot.domain.message import Button
from bot.domain.roadmap import Resource, Task, Week
from bot.domain.topic import Topic
from bot.engine.ports import Library

SURE = 2.3
"""From this certainty on, the note an answer would come from is the one that was named."""
LIKELY = 1.85
"""From this certainty on, it may be offered."""
OFFERED = 3
_LEAD = re.compile(r"(?:(?:the|a|my)\s+)?notes?\s+(?:on|about|of|for)\s+|(?:about|on)\s+|(?:the|a)\s+", re.IGNORECASE)
_WEEK = re.compile(r"(?:(?:notes?\s+)?(?:of|for|in|on|about)\s+)?(?:week|wk)?\s*(\d{1,3})", re.IGNORECASE)


def own_notes(week: Week) -> list[str]:
    """The notes that a week's own topics point at, each once."""
    return list(dict.fromkeys(topic.note for topic in week.all_topics))


def notes_of(week: Week) -> list[str]:
    """The notes that a week and its tasks point at, each once."""
    return list(dict.fromkeys([*own_notes(week), *(note for task in week.tasks for note in task.topics)]))


def notes_for(task: Task, week: Week) -> list[str]:
    """The notes of a task; the week's own where it names none."""
    return list(dict.fromkeys(task.topics)) or own_notes(week)


def read_button(task: Task, week: Week) -> tuple[Button, ...]:
    """Opens the first note of a task, where there is one."""
    return tuple(Button("read_note", f"read {note}") for note in notes_for(task, week)[:1])


def week_buttons(week: Week) -> tuple[Button, ...]:
    """A week's notes and its quiz, where it has notes."""
    if not notes_of(week):
        return ()
    return (Button("week_notes", f"read week {week.first}"), Button("quiz", f"quiz {week.first}"))


def found(library: Library, notes: Iterable[str]) -> list[Topic]:
    """Those of the notes that are in the library."""
    return [topic for note in notes if (topic := library.find(note))]


def reading(library: Library, task: Task, week: Week) -> tuple[list[Topic], list[Resource]]:
    """What to read for a task: its notes and their first page on the web; the week's resources where it has no note."""
    topics = found(library, notes_for(task, week))
    pages = [topic.resources[0] for topic in topics[:2] if topic.resources]
    return topics, pages[:1] if topics else list(week.all_resources[:2])


def week_said(text: str) -> int | None:
    """The number in `8`, `week 8` or `notes of week 8`, when that is all there is."""
    named = _WEEK.fullmatch(text.strip())
    return int(named[1]) if named else None


def find_note(library: Library, name: str) -> Topic | None:
    """The note of a name, also behind `the note on` or `about`."""
    return library.find(name) or library.find(_LEAD.sub("", name, count=1) if _LEAD.match(name) else name)


def alike(library: Library, name: str) -> list[Topic]:
    """The notes whose names are written almost like this one."""
    names = {known.lower(): topic for topic in library for known in (topic.id, topic.title, *topic.aliases)}
    close = get_close_matches(name.lower(), names, n=OFFERED, cutoff=0.75)
    return list({names[known].id: names[known] for known in close}.values())
