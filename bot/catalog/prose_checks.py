"""The style page's rules for the words of a note: who reads it is fourteen, tired, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.catalog.fences import find_fences
from bot.catalog.note_file import NoteFile
from bot.catalog.problems import Problem
from bot.catalog.prose import prose_lines, reading_grade, sentences
from bot.catalog.topic_body import HEADINGS
from bot.domain.topic import Section, SectionKey

HIGHEST_GRADE = 9
_Rule = Callable[[NoteFile], Iterator[Problem]]
_ELSEWHERE = r"\bas (?:we )?(?:saw|seen|shown|mentioned|said)\b|\b(?:see|shown|mentioned|described) above\b"
_LINE_RULES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"!(?=[\s\"')*_]|$)"), "has an exclamation mark", "End the sentence with a full stop."),
    (
        re.compile(r"<!--|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|&[a-z]{2,8};"),
        "looks like HTML",
        "Use Markdown, or backticks.",
    ),
    (re.compile(r"\b(?:simply|just)\b", re.I), "says `simply` or `just`", "Leave the word out."),
    (re.compile(_ELSEWHERE, re.I), "points at another section", "Say it again: every section must stand alone."),
)
_STARTS_BLIND = re.compile(
    r"^(?:(?:It|They|He|She)|(?:This|That|These|Those) "
    r"(?:is|are|was|were|has|have|can|will|does|do|lets|means|makes|shows|gives|works|happens|prints|helps))\b"
)
_WEEK = re.compile(r"\bweeks?\s+\d", re.I)
_KEY_TITLES = {key: title for title, key in HEADINGS.items()}


def check_prose(note: NoteFile) -> Iterator[Problem]:
    """Every problem of one note's words."""
    for rule in (_lines, _tables, _grade, _openings):
        yield from rule(note)


def wording_problems(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, problem and remedy for each forbidden word or mark outside code."""
    for number, line in prose_lines(text):
        for pattern, problem, remedy in _LINE_RULES:
            if pattern.search(line):
                yield number, problem, remedy


def _lines(note: NoteFile) -> Iterator[Problem]:
    if note.body:
        for number, problem, remedy in wording_problems(note.body.text):
            yield note.problem(note.body.first_line + number - 1, f"the text {problem}", remedy)
    if note.front:
        for _, problem, remedy in wording_problems(note.front.summary):
            yield note.problem(note.line("summary"), problem, remedy, ("summary",))


def check_weeks(note: NoteFile) -> Iterator[Problem]:
    """A note is read from many roadmaps, and each has weeks of its own."""
    if note.body is None:
        return
    for number, line in prose_lines(note.body.text):
        if _WEEK.search(line):
            remedy = "Say what it is for: other roadmaps read the note in another week."
            yield note.problem(note.body.first_line + number - 1, "the text names a week by its number", remedy)


def _tables(note: NoteFile) -> Iterator[Problem]:
    for number, line in prose_lines(note.body.text if note.body else ""):
        columns = line.strip().strip("|").count("|") + 1
        if line.lstrip().startswith("|") and columns > 3 and note.body:
            at = note.body.first_line + number - 1
            yield note.problem(at, f"the table has {columns} columns", "Keep three at most: a phone is narrow.")


def _grade(note: NoteFile) -> Iterator[Problem]:
    grade = reading_grade(note.body.text) if note.body else 0
    if note.body and grade > HIGHEST_GRADE:
        longest = max(sentences(note.body.text), key=len)
        problem = f"the text reads at grade {grade:.1f}, and {HIGHEST_GRADE} is the most"
        yield note.problem(note.body.first_line, problem, f"Split long sentences, such as `{longest[:60]}...`.")


def _openings(note: NoteFile) -> Iterator[Problem]:
    for section in note.sections or ():
        if section.key is SectionKey.REMEMBER:
            continue
        opening = _opening(section)
        title = _KEY_TITLES[section.key]
        if len(sentences(opening)) < 2:
            problem = f"`{title}` opens with {len(sentences(opening))} sentence(s) before its first code or heading"
            yield note.problem(section.line, problem, "Open with two to four that answer by themselves.")
        elif _STARTS_BLIND.match(opening):
            yield note.problem(section.line, f"`{title}` opens with `{opening.split()[0]}`", "Name the topic instead.")
        elif not _names_topic(note, opening):
            problem = f"`{title}` does not name the topic in its opening"
            yield note.problem(section.line, problem, "Use the title or an alias, so that the section stands alone.")


def _opening(section: Section) -> str:
    first = next((fence.line for fence in find_fences(section.lead)), None)
    return "\n".join(section.lead.split("\n")[: first - 1 if first else None]).strip()


def _names_topic(note: NoteFile, opening: str) -> bool:
    if not note.front:
        return True
    names = " ".join((note.front.title, note.front.id.replace("-", " "), *note.front.aliases)).lower()
    stems = {_stem(word) for word in set(re.findall(r"[a-z0-9]{2,}", names)) - _SMALL}
    return any(_stem(word) in stems for word in re.findall(r"[a-z0-9]{2,}", opening.lower()))


def _stem(word: str) -> str:
    return word[:5] if len(word) > 5 else word.rstrip("s")


_SMALL = {"and", "or", "the", "in", "of", "for", "to", "with", "on", "python", "how", "is", "do", "basic", "an", "vs"}
