"""Each rule for project briefs finds what breaks it, names the line, and leaves a good brief alone."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot.catalog.brief import BriefShelf
from bot.catalog.content_checks import check_content, check_roadmap
from bot.catalog.loader import load_catalog
from bot.cli import program
from bot.domain.brief import BriefPart

CONTENT = Path(__file__).parents[2] / "content"
SENTENCE = "The bill is read once and each part of it is sent to one friend. "

ROADMAP = """\
id: first-script
title: From nothing to a first script
summary: One week to a script.
hours_per_week: {low: 4, high: 6}
phases: [basics]
projects:
  - id: bill-splitter
    title: Bill Splitter
    weeks: "1"
    summary: A script that splits a bill.
    checkpoints:
      - {week: 1, text: It splits one bill.}
"""

PHASE = """\
id: basics
title: Basics
weeks:
  - id: values
    weeks: "1"
    title: Values
    topics:
      - {name: Sets, note: sets}
    guide:
      why: A name for each thing.
      hours: 4
      tasks:
        - {id: read-values, kind: learn, title: values, hours: 4, done_when: it runs., first_step: open it.,
           topics: [sets]}
      sizes: {quick: One., core: Two., stretch: Three.}
"""

BRIEF = f"""\
---
id: bill-splitter
title: Bill Splitter
weeks: "1"
data: A bill you make up.
resources:
  - {{title: The Python Tutorial, url: "https://docs.python.org/3/tutorial/"}}
---
## What you build

The Bill Splitter splits a bill. {SENTENCE * 26}

## Data

The Bill Splitter needs one bill.

## Milestones

- Week 1: It splits one bill.

## Done when

```python
print(90 / 3)
```

## Where it goes wrong

### The sum is off

A cent is lost. Round at the end.

### `ZeroDivisionError: division by zero`

Nobody is there. Ask for one friend at least.

### The tip is gone

It is added too late. Add it first.

## Stretch

Let the Bill Splitter round up.

## In your README

- What it does.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder without notes, with one roadmap, one project and its good brief."""
    folder = tmp_path / "content" / "roadmaps" / "first-script"
    (folder / "projects").mkdir(parents=True)
    (folder / "roadmap.yaml").write_text(ROADMAP, encoding="utf-8")
    (folder / "basics.yaml").write_text(PHASE, encoding="utf-8")
    (folder / "projects" / "bill-splitter.md").write_text(BRIEF, encoding="utf-8")
    return tmp_path / "content"


def problems(content: Path) -> list[str]:
    """Problems without the folder, such as `projects/bill-splitter.md:3: ...`."""
    folder = str(content / "roadmaps" / "first-script") + "/"
    return [str(problem).replace(folder, "") for problem in check_content(content).problems]


def test_a_good_brief_has_no_problem(content: Path) -> None:
    assert problems(content) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("## Data\n", "## The data\n", "13: `## The data` stands where `## Data` should. Write these seven"),
        ("## Stretch\n\nLet the Bill Splitter round up.\n\n", "", "41: `## In your README` stands where `## St"),
        ("## In your README\n\n- What it does.\n", "", "9: the heading `## In your README` is missing."),
        ("- What it does.", "- What it does.\n\n## Thanks", "49: `## Thanks` is one heading too many."),
        ("## Stretch", "# Stretch", "41: `# Stretch` stands where `## Stretch` should."),
        ("id: bill", "id: tip", "2: id is `tip-splitter`. Write `bill-splitter`, as roadmap.yaml does."),
        ("title: Bill Splitter", "title: Bills", "3: title is `Bills`. Write `Bill Splitter`"),
        ('weeks: "1"', 'weeks: "1-2"', "4: weeks is `1-2`. Write `1`, as roadmap.yaml does."),
        ('weeks: "1"', "weeks: soon", "4: weeks has the wrong form: `soon`."),
        ("data: A bill you make up.\n", "", "2: data is missing."),
        ("https://docs", "http://docs", "7: resources `http://docs.python.org/3/tutorial/` is not https."),
        (SENTENCE * 26, "", "9: the brief has"),
        (SENTENCE * 26, SENTENCE * 80, "9: the brief has"),
        ("- Week 1: It", "- Week 2: It", "17: `Milestones` has 1 such bullet(s) of 1. Write one bullet for each"),
        ("- Week 1: It splits one bill.", "It splits one bill.", "17: `Milestones` has 0 such bullet(s) of 1."),
        ("### The tip is gone\n\n", "", "27: `Where it goes wrong` has 2 `###` headings. Write exactly three"),
        (" Add it first.", "", "36: `The tip is gone` is too short. Give the cause, then the fix."),
        ("print(90 / 3)", f"print({'9 + ' * 20}9)", "24: the code line has 88 characters."),
        ("print(90 / 3)\n```", "print(90 / 3)", "23: the block is never closed."),
        ("needs one bill", "needs [a bill](http://example.org/x)", "15: `http://example.org/x` is not a full https"),
        ("needs one bill", "simply needs one bill", "15: the text says `simply` or `just`."),
        ("---\nid", "id", "1: the front matter is missing."),
    ],
)
def test_what_is_wrong_with_a_brief_is_told_with_its_line(content: Path, old: str, new: str, says: str) -> None:
    assert old in BRIEF
    path = content / "roadmaps" / "first-script" / "projects" / "bill-splitter.md"
    path.write_text(BRIEF.replace(old, new, 1), encoding="utf-8")

    told = problems(content)
    assert any(problem.startswith(f"projects/bill-splitter.md:{says}") for problem in told), told


def test_a_project_without_a_brief_is_named_where_it_stands(content: Path) -> None:
    (content / "roadmaps" / "first-script" / "projects" / "bill-splitter.md").unlink()

    (problem,) = problems(content)
    assert problem.startswith("roadmap.yaml:7: projects[0] `bill-splitter` has no brief. Write projects/bill-splitter")


def test_a_roadmap_by_itself_needs_neither_briefs_nor_notes(content: Path) -> None:
    shutil.rmtree(content / "roadmaps" / "first-script" / "projects")

    assert check_roadmap(content / "roadmaps" / "first-script").problems == ()


def test_a_brief_of_no_project_is_an_orphan(content: Path) -> None:
    good = content / "roadmaps" / "first-script" / "projects" / "bill-splitter.md"
    shutil.copy(good, good.with_name("tip-jar.md"))

    (problem,) = problems(content)
    assert problem.startswith("projects/tip-jar.md:1: `tip-jar` is no project of this roadmap.")


def test_where_there_are_notes_every_topic_a_week_names_needs_one(content: Path) -> None:
    (content / "topics").mkdir()

    assert problems(content) == [
        "basics.yaml:8: `sets` is no note's id. Write the note, or name one that exists.",
        "basics.yaml:14: `sets` is no note's id. Write the note, or name one that exists.",
    ]


def test_a_note_that_no_week_and_no_other_note_leads_to_is_an_orphan(content: Path) -> None:
    library = content / "topics" / "python"
    library.mkdir(parents=True)
    for name in ("sets", "bags"):
        shutil.copy(CONTENT / "topics" / "python" / "sets.md", library / f"{name}.md")

    told = [Path(p.file).name for p in check_content(content).problems if p.problem.endswith("leads here")]
    assert told == ["bags.md"]


def test_every_problem_of_a_folder_is_told_at_once_with_paths_as_given(content: Path) -> None:
    folder = content / "roadmaps" / "first-script"
    (folder / "projects" / "bill-splitter.md").unlink()
    broken = content / "roadmaps" / "second"
    broken.mkdir()
    (broken / "roadmap.yaml").write_text("id: second\n", encoding="utf-8")

    files = {problem.file for problem in check_content(content).problems}
    assert files == {str(folder / "roadmap.yaml"), str(broken / "roadmap.yaml")}


def test_check_prints_json_and_ends_with_one_when_something_is_wrong(content: Path) -> None:
    good = CliRunner().invoke(program(), ["roadmap", "check", str(content), "--json"])
    assert (good.exit_code, json.loads(good.stdout)) == (0, [])

    (content / "roadmaps" / "first-script" / "projects" / "bill-splitter.md").unlink()
    bad = CliRunner().invoke(program(), ["roadmap", "check", str(content), "--json"])
    (told,) = json.loads(bad.stdout)
    assert bad.exit_code == 1
    assert (told["line"], told["where"]) == (7, "projects[0]")


def test_a_folder_that_is_no_content_is_told_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(program(), ["roadmap", "check", str(tmp_path), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)[0]["problem"] == "there is no roadmap.yaml here"


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in CONTENT.glob("roadmaps/*/roadmap.yaml")))
def test_every_project_that_ships_has_a_brief_without_a_problem(folder: str) -> None:
    path = CONTENT / "roadmaps" / folder
    head = yaml.safe_load((path / "roadmap.yaml").read_text(encoding="utf-8"))
    briefs = {brief.stem for brief in path.glob("projects/*.md")}

    assert briefs == {project["id"] for project in head["projects"]}
    assert check_roadmap(path).problems == ()


def test_the_catalog_reads_a_brief_when_it_is_wanted(content: Path) -> None:
    catalog = load_catalog(content)
    path = content / "roadmaps" / "first-script" / "projects" / "bill-splitter.md"
    path.write_text(BRIEF.replace("needs one bill", "needs two bills"), encoding="utf-8")

    brief = catalog.briefs["first-script", "bill-splitter"]
    assert brief.section(BriefPart.DATA).text == "The Bill Splitter needs two bills."
    assert list(catalog.briefs) == [("first-script", "bill-splitter")]


def test_a_broken_brief_is_as_good_as_none_and_the_log_tells(content: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = content / "roadmaps" / "first-script" / "projects" / "bill-splitter.md"
    path.write_text("no front matter", encoding="utf-8")
    logging.getLogger("bot").propagate = True

    assert BriefShelf(content / "roadmaps").get(("first-script", "bill-splitter")) is None
    assert "the front matter is missing" in caplog.text
