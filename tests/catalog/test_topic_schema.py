"""Front matter and quizzes: what the models take, what they refuse, and what they become."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalog.note_file import read_note, read_quiz
from bot.domain.text import Prose
from bot.domain.topic import ChoiceItem, OrderItem, QuizKind, SectionKey
from tests.catalog.conftest import Library


def note_problems(library: Library, note: str) -> list[str]:
    return [str(problem).partition("sets.md:")[2] for problem in read_note(library.add(note)).problems]


def quiz_problems(library: Library, quiz: str) -> list[str]:
    path = library.add(quiz=quiz).with_name("sets.quiz.yaml")
    return [str(problem).partition("sets.quiz.yaml:")[2] for problem in read_quiz(path).problems]


def test_a_good_note_becomes_a_topic(library: Library) -> None:
    topic = read_note(library.add()).topic()

    assert (topic.id, topic.area, topic.title) == ("sets", "python", "Sets in Python")
    assert topic.aliases == ("python set", "unique values")
    assert topic.resources[0].url == "https://docs.python.org/3/library/stdtypes.html"
    assert topic.asks[SectionKey.TRY] == ("give me a set exercise", "practise sets")
    assert topic.section(SectionKey.CHOOSING).lead.startswith("A set is for")
    assert isinstance(topic.summary, Prose)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("aliases:", "alias:", "4: alias is not a known field. Remove it or rename it: did you mean `aliases`?"),
        ("summary:", "summery:", "5: summery is not a known field."),
        ("tested_with: [Python 3.11]\n", "", "2: tested_with is missing. Add `tested_with:` here."),
        ("id: sets", "id: Sets", "2: id has the wrong form: `Sets`."),
        ("aliases: [python set, unique values]", "aliases: python set", "4: aliases must be a list, not `python set`."),
        ("https://docs", "docs", "8: resources[0].url is not a web address"),
        ("  why: [why use a set]\n", "", "10: asks.why is missing."),
        ("  idea: [what is a set, how is a set stored]", "  idea: [what is a set]", "12: asks.idea has 1 entries"),
        ("  try: [give", "  practice: [a b c]\n  try: [give", "16: asks.practice is not a known field."),
        ("needs: []", "needs: [Not an id]", "6: needs[0] has the wrong form"),
    ],
)
def test_bad_front_matter_is_told_with_its_line(library: Library, note: str, old: str, new: str, says: str) -> None:
    found = note_problems(library, note.replace(old, new, 1))

    assert any(problem.startswith(says) for problem in found), found


def test_front_matter_that_is_no_mapping_is_told(library: Library) -> None:
    (problem, *_) = note_problems(library, "---\n- a\n---\n")

    assert problem.startswith("2: must hold `key: value` lines, not a list.")


def test_a_good_quiz_becomes_items(library: Library) -> None:
    items = read_quiz(library.add().with_name("sets.quiz.yaml")).items

    assert [item.kind for item in items] == [
        QuizKind.OUTPUT, QuizKind.SINGLE, QuizKind.SEVERAL, QuizKind.ORDER, QuizKind.BUG, QuizKind.SINGLE
    ]  # fmt: skip
    first, several, order = items[0], items[2], items[3]
    assert isinstance(first, ChoiceItem) and isinstance(several, ChoiceItem) and isinstance(order, OrderItem)
    assert (first.code, first.language, first.right) == ("print(len({1, 1, 2}))\n", "python", (0,))
    assert [option.text for option in first.options] == ["2", "3", "1"]
    assert several.right == (0, 1)
    assert order.steps[0] == "Split the text"
    assert isinstance(first.explain, Prose) and not isinstance(first.options[0].text, Prose)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: output", "kind: outputs", "2: sets-1.kind is `outputs`, which is not one of"),
        ("    - {text: 3, why: The double is dropped.}\n", "", "7: sets-1.options has 2 entries, and 3 is the least."),
        (
            "{text: 3, why: The double is dropped.}",
            "{text: 3}",
            "9: sets-1.options[1] is not right: a wrong option needs",
        ),
        (
            "{text: 3, why",
            "{text: 3, right: true, why",
            "1: sets-1 is not right: the number of right options is 2. Mark exactly one",
        ),
        ("{text: 3, why", "{text: 3, right: yes, why", "9: sets-1.options[1].right must be true or false, not `yes`."),
        ("{text: 3, why", "{text: 2, why", "1: sets-1 is not right: two options have the same text."),
        (
            "{text: A string, right: true}",
            "{text: A string, why: no}",
            "21: sets-3 is not right: the number of right options is 1.",
        ),
        (
            "{text: 3, why",
            f"{{text: {'x' * 90}, why",
            "9: sets-1.options[1].text has 90 characters",
        ),
        ("  code: |\n    print(len({1, 1, 2}))\n", "", "1: sets-1.code is missing."),
        ("section: example", "section: remember", "3: sets-1.section is `remember`, which is not one of"),
        ("id: sets-1", "id: sets", "1: sets.id has the wrong form"),
        ("Make a set of the words", "Split the text", "31: sets-4 is not right: two steps have the same text."),
        ("  explain: The set keeps 1 and 2.\n", "", "1: sets-1.explain is missing."),
        ("{text: 3, why", "{text: true, why", "9: sets-1.options[1].text must be text, and `true` means yes or no."),
    ],
)
def test_bad_quizzes_are_told_with_their_line(library: Library, quiz: str, old: str, new: str, says: str) -> None:
    first, *_ = quiz_problems(library, quiz.replace(old, new, 1))

    assert first.startswith(says)


def test_a_quiz_of_five_is_too_short(library: Library, quiz: str) -> None:
    (problem,) = quiz_problems(library, quiz.partition("- id: sets-6")[0])

    assert problem == "1: has 5 entries, and 6 is the least. Add more."


def test_a_single_question_may_show_code_in_another_language(library: Library, quiz: str) -> None:
    shown = quiz.replace("  kind: single\n", "  kind: single\n  language: jsx\n  code: <App />\n", 1)

    item = read_quiz(library.add(quiz=shown).with_name("sets.quiz.yaml")).items[1]

    assert isinstance(item, ChoiceItem)
    assert (item.code, item.language) == ("<App />", "jsx")


def test_a_quiz_that_is_no_yaml_is_told(library: Library) -> None:
    assert quiz_problems(library, "- id: [\n")[0].startswith("2: this is not YAML")


def test_a_note_that_is_gone_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in str(read_note(tmp_path / "gone.md").problems[0])
