"""A note is taken apart into its front matter, seven sections and wrong cases."""

from __future__ import annotations

import pytest

from bot.catalog.problems import ContentError
from bot.catalog.topic_body import find_headings, read_sections, split_note
from bot.domain.text import Prose
from bot.domain.topic import SectionKey


def test_a_note_has_seven_sections_in_order(note: str) -> None:
    sections = read_sections(split_note(note, "sets.md")[1], "sets.md")

    assert [section.key for section in sections] == list(SectionKey)
    assert sections[0].lead == "A set holds every value once. A set makes a list of tags free of doubles."
    assert all(isinstance(section.text, Prose) for section in sections)


def test_lines_count_from_the_top_of_the_file(note: str) -> None:
    source, body = split_note(note, "sets.md")
    written = note.split("\n")

    for section in read_sections(body, "sets.md"):
        assert written[section.line - 1].startswith("## ")
        assert all(written[case.line - 1] == f"### {case.title}" for case in section.cases)
    assert written[source.lines[("summary",)] - 1].startswith("summary:")


def test_wrong_cases_are_split_from_what_stands_before_them(note: str) -> None:
    wrong = read_sections(split_note(note, "sets.md")[1], "sets.md")[3]

    assert wrong.lead == "A set fails when a value can change. A set also forgets the order."
    assert [case.title for case in wrong.cases] == [
        "`TypeError: unhashable type: 'list'`", "The order of my values is gone"
    ]  # fmt: skip
    assert wrong.cases[1].text == "A set has no order. Use `sorted` to get a list in order."
    assert wrong.text.startswith(wrong.lead) and wrong.text.endswith(wrong.cases[1].text)


def test_a_heading_inside_code_is_code(note: str) -> None:
    text = note.replace("print(len(", "## Why\n# comment\n### x\nprint(len(")

    sections = read_sections(split_note(text, "sets.md")[1], "sets.md")

    assert "## Why" in sections[2].text
    assert [heading.title for heading in find_headings("# a #\n```\n# b\n```\n##no\n## c\n")] == ["a", "c"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("## Choosing\n", "", "the heading `## Choosing` is missing. Add the section."),
        ("## Choosing", "## Choices", "`Choices` is not one of the headings. The seven are: Why, The idea"),
        ("## Why", "# Why", "`Why` is not one of the headings"),
        ("## The idea", "## Why", "the heading `## The idea` is missing"),
        ("## Remember", "## Remember\n\n- a\n\n## Remember", "the headings are out of order. Write each once"),
        ("## Why", "## Why\n\na\n\n## The idea\n\nb\n\n## Why", "the headings are out of order"),
    ],
)
def test_headings_that_are_wrong_are_told(note: str, old: str, new: str, says: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_sections(split_note(note.replace(old, new, 1), "sets.md")[1], "sets.md")

    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "sets.md:1: the front matter is missing. Start"),
        ("# Sets\n", "sets.md:1: the front matter is missing"),
        ("---\nid: sets\n", "sets.md:1: the front matter does not end"),
        ("---\nid: sets\nid: bags\n---\n", "sets.md:3: `id` is given twice"),
        ("---\nid: &x sets\n---\n", "sets.md:2: `x` is an anchor"),
    ],
)
def test_front_matter_that_cannot_be_read_is_told(text: str, says: str) -> None:
    with pytest.raises(ContentError) as refused:
        split_note(text, "sets.md")

    assert str(refused.value).startswith(says)
