"""Each rule of the style page finds what breaks it, names the line, and leaves a good note alone."""

from __future__ import annotations

import pytest

from bot.catalog.topic_checks import check_topics
from tests.catalog.conftest import PADDING, Library


def problems(library: Library) -> list[str]:
    """Problems without the folder, such as `sets.md:3: ...`."""
    return [str(problem).removeprefix(str(library.folder / "python") + "/") for problem in check_topics(library.folder)]


def only_problem(library: Library) -> str:
    (problem,) = problems(library)
    return problem


def test_a_good_library_has_no_problem(library: Library) -> None:
    library.add()
    library.add_like("bags", needs="[sets]")

    assert problems(library) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("A set holds every", "In week 4 a set holds every", "20: the text names a week by its number."),
        ("A set holds every", "Wow! A set holds every", "20: the text has an exclamation mark."),
        ("A set holds every", "A set simply holds every", "20: the text says `simply` or `just`."),
        ("A set holds every", "A set <b>holds</b> every", "20: the text looks like HTML."),
        ("A set holds every", "A set <!-- x --> holds every", "20: the text looks like HTML."),
        ("A set holds every", "A set&nbsp;holds every", "20: the text looks like HTML."),
        ("A set holds every", "As we saw, a set holds every", "20: the text points at another section."),
        ("A set holds every", "It holds every", "18: `Why` opens with `It`. Name the topic instead."),
        ("A set holds every", "This is what holds every", "18: `Why` opens with `This`."),
        ("A set is a bag without order. Python finds a value in a set by", "A bag has no order. Python finds things by",
         "22: `The idea` does not name the topic in its opening."),
        (" A set makes a list of tags free of doubles.", "", "18: `Why` opens with 1 sentence(s)"),
        ("A set drops doubles. Give `set` a list, and it keeps one of each.\n\n", "",
         "26: `Worked example` opens with 0 sentence(s)"),
        ("- Only values", "Only values", "59: `Remember` has 2 bullet(s). Write exactly three, no more."),
        ("- Only values that cannot change go in.", "- Only values go in.\n- Four.", "59: `Remember` has 4 bullet(s)."),
        ("- Only values that cannot change go in.", "- Only values go in.\n\nA set is good.", "59: `Remember` has 3"),
        (" Put a tuple in the set instead.", "", "43: ``TypeError: unhashable type: 'list'`` is too short."),
        ("### The order of my values is gone\n", "", "39: `When it goes wrong` has 1 `###` headings."),
        ("print(len(set([1, 1, 2])))", f"print(len(set([{'1, ' * 20}])))", "31: the code line has 79 characters"),
        ("A set holds every", "A set of [pages](http://example.org/x) holds every", "20: `http://example.org/x` is"),
        ("A set holds every", "A set of [pages](../x.md) holds every", "20: `../x.md` is not a full https address."),
        ("A set holds every", "A set at http://example.org holds every", "20: `http://example.org` is not a full"),
        ("https://docs", "http://docs", "8: resources `http://docs.python.org/3/library/stdtypes.html` is not https."),
        ("  example: [how do i remove duplicates, how to count different words, how to make an empty set]",
         "  example: [how do i remove duplicates, how to count different words]", "10: asks has 13 questions of 14."),
        ("A set keeps each value once. It answers at once whether a value is in it.", "A set keeps each value once.",
         "5: summary has 1 sentence(s)."),
        ("summary: A set keeps", "summary: Wow! A set keeps", "5: summary has an exclamation mark."),
        ("needs: []", "needs: [sets]", "6: needs names the note itself."),
        ("needs: []", "needs: [bags]", "6: needs `bags` is no note's id. Name a note that exists."),
        ("id: sets", "id: bags", "2: id `bags` is not the file's name. Write `sets`, or rename the file."),
        ("what is a set,", "why use a set,", "the question `why use a set` is there twice."),
        ("{padding}", "A set is a set.", "18: the body has "),
        ("{padding}", " ".join([PADDING] * 4), "18: the body has "),
        ("{padding}", "Unquestionably intolerable, unreasonably interminable regularisation methodologies. " * 60,
         "18: the text reads at grade "),
        ("{padding}", "| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |\n\n{padding}",
         "the table has 4 columns."),
        ("{padding}", "- x\n\n    ```python\n    x\n    ```\n\n{padding}", "the fence is indented too far."),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_of_the_style_page_is_found(
    library: Library, note: str, old: str, new: str, says: str
) -> None:
    assert old in note
    library.add(note.replace(old, new, 1))

    assert any(says in problem for problem in problems(library)), problems(library)


@pytest.mark.parametrize(
    "fine",
    [
        "A set holds `x != y` and `<b>` and `just!`.",
        "A set with 3 < 4 and 5 > 2 and a != b.",
        "A set helps. This set is adjusted.",
        "A set: see [the docs](https://docs.python.org/3/).",
        "A set: see <https://docs.python.org/3/>.",
        "A set is not `http://localhost:8000`.",
        "| a | b | c |\n|---|---|---|\n| x | y | z |",
        "```text\n" + "x" * 200 + "\n<b>wow!</b>\n```",
        "```python\n# simply <b>wow!</b>\n```",
    ],
)
def test_what_only_looks_like_a_breach_is_left_alone(library: Library, note: str, fine: str) -> None:
    library.add(note.replace("{padding}", f"{fine}\n\n{{padding}}"))

    assert problems(library) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: sets-2", "id: bags-2", "12: `bags-2` does not belong to `sets`. Name it `sets-2`."),
        ("id: sets-2", "id: sets-1", "12: `sets-1` is given twice."),
        (
            "What does this print?",
            "What does this print!",
            "1: sets-1: `What does this print!` has an exclamation mark.",
        ),
        ("The double is dropped.", "The <b> is dropped.", "1: sets-1: `The <b> is dropped.` looks like HTML."),
        ("A frozen set,", "All of the above,", "52: sets-6 has a catch-all option."),
        ("{1, 1, 2}", f"{{{'1, ' * 30}}}", "5: sets-1 has code over 71 characters."),
    ],
)
def test_what_breaks_a_rule_for_quizzes_is_found(library: Library, quiz: str, old: str, new: str, says: str) -> None:
    assert old in quiz
    library.add(quiz=quiz.replace(old, new, 1))

    assert any(says in problem for problem in problems(library)), problems(library)


def test_a_quiz_whose_right_answers_are_the_longest_is_told(library: Library, quiz: str) -> None:
    quiz = quiz.replace("{text: By its hash", "{text: By its hash that leads to the right place")
    quiz = quiz.replace("{text: A list, right", "{text: A list or something made of one, right")
    library.add(quiz=quiz)

    assert "sets.quiz.yaml:1: the right option is the longest in 2 of 4 items (sets-2, sets-6)." in only_problem(
        library
    )


def test_a_quiz_whose_right_answers_are_the_shortest_is_told(library: Library, quiz: str) -> None:
    library.add(quiz=quiz.replace("{text: The length is off", "{text: The length is off by one"))

    assert (
        "sets.quiz.yaml:1: the right option is the shortest in 3 of 3 items (sets-2, sets-5, sets-6)."
        in only_problem(library)
    )


def test_a_quiz_whose_right_answer_is_the_shortest_in_half_of_the_items_is_fine(library: Library, quiz: str) -> None:
    shortest = quiz.partition("- id: sets-2\n")[2].partition("- id: sets-3\n")[0]
    fair = quiz.partition("- id: sets-5\n")[2].partition("- id: sets-6\n")[0]
    three_of_six = f"- id: sets-7\n{shortest}- id: sets-8\n{fair}- id: sets-9\n{fair}"
    library.add(quiz=quiz[quiz.index("- id: sets-2\n") :] + three_of_six)

    assert problems(library) == []


def test_a_quiz_of_one_kind_about_one_section_is_told(library: Library, quiz: str) -> None:
    bug = quiz.partition("- id: sets-5\n")[2].partition("- id: sets-6\n")[0]
    library.add(quiz="".join(f"- id: sets-{n}\n{bug}" for n in range(1, 7)))

    sections, kinds = problems(library)

    assert "the quiz asks about 1 section(s): wrong. Spread it over 3 or more." in sections
    assert "the quiz has 1 kind(s) of item: bug. Use 3 kinds or more." in kinds


def test_a_note_without_a_quiz_and_a_quiz_without_a_note_are_told(library: Library) -> None:
    library.add().with_name("sets.quiz.yaml").rename(library.folder / "python" / "bags.quiz.yaml")

    assert problems(library) == [
        "bags.quiz.yaml:1: the quiz has no note. Write bags.md beside it.",
        "sets.md:1: the note has no quiz. Write sets.quiz.yaml beside it.",
    ]


def test_an_alias_that_leads_to_two_notes_is_told_at_both(library: Library, note: str) -> None:
    library.add_like("bags")
    library.add(note.replace("unique values", "Bags-set"))

    first, second = problems(library)

    assert first.startswith("bags.md:4: the name `bags set` also leads to sets. Leave the name to the one note")
    assert second.startswith("sets.md:4: the name `Bags-set` also leads to bags.")


def test_a_question_that_two_notes_claim_is_told_at_both(library: Library, note: str) -> None:
    library.add_like("bags")
    library.add(note.replace("what is a set,", "What is a set bags?,"))

    assert [problem.partition(" the ")[2][:43] for problem in problems(library)] == [
        "question `what is a set bags` also leads to",
        "question `What is a set bags?` also leads t",
    ]


def test_notes_that_need_each_other_are_told(library: Library) -> None:
    library.add_like("bags", needs="[heaps]")
    library.add_like("heaps", needs="[trees]")
    library.add_like("trees", needs="[bags]")
    library.add_like("leaves", needs="[bags]")

    assert [problem.partition("circle: ")[2] for problem in problems(library)] == [
        "bags needs heaps needs trees needs bags. Take one step out: decide which is read first.",
        "heaps needs trees needs bags needs heaps. Take one step out: decide which is read first.",
        "trees needs bags needs heaps needs trees. Take one step out: decide which is read first.",
    ]


def test_while_notes_are_written_each_may_need_one_that_is_still_to_come(library: Library, note: str) -> None:
    library.add(note.replace("needs: []", "needs: [tuples]"))
    path = library.folder / "python" / "sets.md"
    library.add_like("bags", needs="[nothing]")

    assert check_topics(library.folder, only={path}) == []
    assert len(check_topics(library.folder)) == 2


def test_a_note_that_cannot_be_read_does_not_hide_the_others(library: Library, note: str) -> None:
    library.add("no front matter")
    library.add_like("bags", needs="[sets]")
    library.add(
        note.replace("A set holds every", "Wow! A set holds every").replace("id: sets", "id: heaps"), name="heaps"
    )

    found = problems(library)

    assert any(problem.startswith("sets.md:1: the front matter is missing") for problem in found)
    assert any("heaps.md:20: the text has an exclamation mark" in problem for problem in found)
