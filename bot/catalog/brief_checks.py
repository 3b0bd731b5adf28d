"""The rules for project briefs, set out in `content/roadmaps/README.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.catalog.brief import BriefFile, BriefModel, brief_paths, read_brief
from bot.catalog.fences import find_fences
from bot.catalog.note_checks import CODE_WIDTH
from bot.catalog.note_file import NoteFile
from bot.catalog.problems import Problem
from bot.catalog.prose import count_words, prose_lines, sentences
from bot.catalog.prose_checks import check_prose
from bot.catalog.topic_body import Body, find_headings
from bot.catalog.yaml_source import read_yaml
from bot.domain.brief import BriefPart
from bot.domain.roadmap import Project, Roadmap

WORDS = range(350, 801)
FAILURES = 3
_LINK = re.compile(r"\]\(\s*<?([^)>\s]*)|(?<![(<\w])((?:https?)://[^\s)>`]*)")
_MILESTONE = re.compile(r"^[-*] +Week (\d+): +\S")


def check_briefs(folder: Path, roadmap: Roadmap, *, all_wanted: bool = True) -> list[Problem]:
    """Every problem of the briefs in a roadmap's folder. A project without a brief is one when all are wanted."""
    projects = {project.id: project for project in roadmap.projects}
    paths = brief_paths(folder)
    found = [problem for path in paths for problem in _brief_problems(read_brief(path), projects.get(path.stem))]
    if all_wanted:
        found += _missing(folder, roadmap, {path.stem for path in paths})
    return sorted(found)


def _missing(folder: Path, roadmap: Roadmap, written: set[str]) -> Iterator[Problem]:
    source = read_yaml(folder / "roadmap.yaml")
    for place, project in enumerate(roadmap.projects):
        if project.id not in written:
            line = source.lines["projects", place, "id"]
            remedy = f"Write projects/{project.id}.md; content/roadmaps/README.md shows how."
            yield Problem(source.file, line, f"projects[{place}]", f"`{project.id}` has no brief", remedy)


def _brief_problems(file: BriefFile, project: Project | None) -> Iterator[Problem]:
    yield from file.problems
    if project is None:
        remedy = "Name the file after a project in roadmap.yaml, or remove it."
        yield file.problem(1, f"`{file.path.stem}` is no project of this roadmap", remedy)
    if file.body:
        yield from check_prose(NoteFile(file.path, (), file.source, file.body))
        for of_body in (_length, _code, _links):
            yield from of_body(file, file.body)
    if project and file.front:
        yield from _head(file, file.front, project)
    if project and file.sections:
        yield from _milestones(file, project)
        yield from _failures(file)


def _head(file: BriefFile, front: BriefModel, project: Project) -> Iterator[Problem]:
    weeks = f"{project.first}" if project.first == project.last else f"{project.first}-{project.last}"
    wanted = {"id": project.id, "title": str(project.title), "weeks": weeks}
    for name, value in wanted.items():
        given = getattr(front, name)
        if given != value:
            remedy = f"Write `{value}`, as roadmap.yaml does."
            yield file.problem(file.line(name), f"is `{given}`", remedy, (name,))
    yield from _https(file, front)


def _https(file: BriefFile, front: BriefModel) -> Iterator[Problem]:
    for place, resource in enumerate(front.resources):
        if resource.url.scheme != "https":
            line = file.line("resources", place, "url")
            yield file.problem(line, f"`{resource.url}` is not https", "Use the https address.", ("resources",))


def _length(file: BriefFile, body: Body) -> Iterator[Problem]:
    words = count_words(body.text)
    if words not in WORDS:
        remedy = "Add what a beginner misses." if words < WORDS[0] else "Cut what can be found out while building."
        problem = f"the brief has {words} words, and {WORDS[0]} to {WORDS[-1]} fit"
        yield file.problem(body.first_line, problem, remedy)


def _milestones(file: BriefFile, project: Project) -> Iterator[Problem]:
    section = next(s for s in file.sections if s.part is BriefPart.MILESTONES)
    bullets = [line for line in section.text.split("\n") if line.startswith(("- ", "* "))]
    weeks = [int(match[1]) for bullet in bullets if (match := _MILESTONE.match(bullet))]
    wanted = [point.week for point in project.checkpoints]
    if weeks != wanted or len(bullets) != len(weeks):
        remedy = f"Write one bullet for each checkpoint, `- Week {wanted[0]}: ...`, for {', '.join(map(str, wanted))}."
        yield file.problem(section.line, f"`Milestones` has {len(weeks)} such bullet(s) of {len(wanted)}", remedy)


def _failures(file: BriefFile) -> Iterator[Problem]:
    section = next(s for s in file.sections if s.part is BriefPart.WRONG)
    heads = [head for head in find_headings(section.text) if head.level == 3]
    if len(heads) != FAILURES:
        remedy = "Write exactly three, each an error message or a symptom."
        yield file.problem(section.line, f"`Where it goes wrong` has {len(heads)} `###` headings", remedy)
    lines = section.text.split("\n")
    for head, end in zip(heads, [*(h.line for h in heads[1:]), len(lines) + 1], strict=True):
        if len(sentences("\n".join(lines[head.line : end - 1]))) < 2:
            line = section.line + head.line
            yield file.problem(line, f"`{head.title[:40]}` is too short", "Give the cause, then the fix.")


def _code(file: BriefFile, body: Body) -> Iterator[Problem]:
    for fence in find_fences(body.text):
        at = body.first_line + fence.line - 1
        if not fence.closed:
            yield file.problem(at, "the block is never closed", "Add the closing fence.")
        widths = enumerate(map(len, fence.text.splitlines()), at + 1)
        for line, width in widths if fence.language not in ("output", "text") else ():
            if width > CODE_WIDTH:
                yield file.problem(line, f"the code line has {width} characters", f"Keep it to {CODE_WIDTH}.")


def _links(file: BriefFile, body: Body) -> Iterator[Problem]:
    for number, text in prose_lines(body.text):
        for match in _LINK.finditer(text):
            url = match[1] or match[2] or ""
            if not _is_full(url):
                line = body.first_line + number - 1
                yield file.problem(line, f"`{url}` is not a full https address", "Write https://, host and path.")


def _is_full(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in parts.netloc
