"""The style page's rules for the frame of a note: name, length, asks, cases, bullets, code, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bot.catalog.fences import find_fences, too_deep
from bot.catalog.note_file import NoteFile
from bot.catalog.problems import Problem
from bot.catalog.prose import count_words, prose_lines, sentences
from bot.catalog.topic_body import Body
from bot.catalog.topic_schema import FrontMatter
from bot.domain.topic import Section, SectionKey

WORDS = range(350, 901)
CODE_WIDTH = 71
LEAST_ASKS = 14
_LINK = re.compile(r"\]\(\s*<?([^)>\s]*)")
_BARE = re.compile(r"(?<![(<\w])https?://[^\s)>`]*")
_Rule = Callable[[NoteFile, FrontMatter, Body, tuple[Section, ...]], Iterator[Problem]]


def check_note(note: NoteFile) -> Iterator[Problem]:
    """Every problem of one note's frame."""
    yield from note.problems
    if note.front and note.body and note.sections:
        for rule in _RULES:
            yield from rule(note, note.front, note.body, note.sections)


def _name(note: NoteFile, front: FrontMatter, body: Body, sections: tuple[Section, ...]) -> Iterator[Problem]:
    if front.id != note.name:
        remedy = f"Write `{note.name}`, or rename the file."
        yield note.problem(note.line("id"), f"`{front.id}` is not the file's name", remedy, ("id",))
    if front.id in front.needs:
        yield note.problem(note.line("needs"), "names the note itself", "Remove it.", ("needs",))
    if len(sentences(front.summary)) != 2:
        problem = f"has {len(sentences(front.summary))} sentence(s)"
        yield note.problem(note.line("summary"), problem, "Write two: what it is, what it is good for.", ("summary",))


def _asks(note: NoteFile, front: FrontMatter, body: Body, sections: tuple[Section, ...]) -> Iterator[Problem]:
    asked = [question for _, questions in front.asks for question in questions]
    if len(asked) < LEAST_ASKS:
        remedy = "Add questions that beginners type."
        yield note.problem(note.line("asks"), f"has {len(asked)} questions of {LEAST_ASKS}", remedy, ("asks",))


def _length(note: NoteFile, front: FrontMatter, body: Body, sections: tuple[Section, ...]) -> Iterator[Problem]:
    words = count_words(body.text)
    if words not in WORDS:
        remedy = "Add what a beginner misses." if words < WORDS[0] else "Cut what the week does not need."
        yield note.problem(body.first_line, f"the body has {words} words, and {WORDS[0]} to {WORDS[-1]} fit", remedy)


def _cases(note: NoteFile, front: FrontMatter, body: Body, sections: tuple[Section, ...]) -> Iterator[Problem]:
    wrong = next(section for section in sections if section.key is SectionKey.WRONG)
    if not 2 <= len(wrong.cases) <= 4:
        remedy = "Write two to four, each an error message or a symptom."
        yield note.problem(wrong.line, f"`When it goes wrong` has {len(wrong.cases)} `###` headings", remedy)
    for case in wrong.cases:
        if len(sentences(case.text)) < 2:
            yield note.problem(case.line, f"`{case.title[:40]}` is too short", "Give the cause, then the fix.")


def _bullets(note: NoteFile, front: FrontMatter, body: Body, sections: tuple[Section, ...]) -> Iterator[Problem]:
    remember = sections[-1]
    lines = [line for line in remember.lead.split("\n") if line.strip()]
    bullets = [line for line in lines if line.startswith(("- ", "* "))]
    others = [line for line in lines if not line.startswith(("- ", "* ", "  "))]
    if len(bullets) != 3 or others:
        yield note.problem(remember.line, f"`Remember` has {len(bullets)} bullet(s)", "Write exactly three, no more.")


def _code(note: NoteFile, front: FrontMatter, body: Body, sections: tuple[Section, ...]) -> Iterator[Problem]:
    for line in too_deep(body.text):
        yield note.problem(body.first_line + line - 1, "the fence is indented too far", "Move it to the left edge.")
    for fence in find_fences(body.text):
        if not fence.closed:
            yield note.problem(body.first_line + fence.line - 1, "the block is never closed", "Add the closing fence.")
        if fence.language in ("output", "text"):  # what programs print is shown as it is
            continue
        for number, width in enumerate(map(len, fence.text.splitlines()), fence.line):
            if width > CODE_WIDTH:
                problem = f"the code line has {width} characters, and {CODE_WIDTH} is the most"
                yield note.problem(body.first_line + number, problem, "Break the line.")


def _links(note: NoteFile, front: FrontMatter, body: Body, sections: tuple[Section, ...]) -> Iterator[Problem]:
    for place, resource in enumerate(front.resources):
        if resource.url.scheme != "https":
            line = note.line("resources", place, "url")
            yield note.problem(line, f"`{resource.url}` is not https", "Use the https address.", ("resources",))
    for number, line_text in prose_lines(body.text):
        for url in (*_LINK.findall(line_text), *_BARE.findall(line_text)):
            if not _is_good(url):
                problem = f"`{url}` is not a full https address"
                yield note.problem(body.first_line + number - 1, problem, "Write https://, host and path.")


def _is_good(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in parts.netloc


_RULES: tuple[_Rule, ...] = (_name, _asks, _length, _cases, _bullets, _code, _links)
