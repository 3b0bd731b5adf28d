"""What the writer of a file reads when a model refuses it."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, HttpUrl, RootModel, ValidationError, model_validator

from bot.catalog.problems import ContentError, Problem
from bot.catalog.roadmap_schema import ID, Hours, Line, Strict
from bot.catalog.validation import validation_problems
from bot.catalog.yaml_source import parse_yaml


class Task(Strict):
    title: Line
    hours: Hours
    tags: tuple[Line, ...] = ()


class Guide(Strict):
    tasks: Annotated[list[Task], Field(min_length=1, max_length=2)]
    page: HttpUrl | None = None


class Week(Strict):
    id: ID
    weeks: Annotated[str, Field(pattern=r"^\d+$")] = "1"
    guide: Guide | None = None
    size: Literal["quick", "core"] = "core"
    open: bool = False
    count: Annotated[int, Field(ge=1, le=9)] = 1
    extra: dict[str, Task] | None = None

    @model_validator(mode="after")
    def _refuses_nine(self) -> Week:
        if self.count == 9:
            raise ValueError("nine is too many: take eight")
        return self


class Phase(Strict):
    weeks: list[Week]


class Cat(Strict):
    kind: Literal["cat"]
    purrs: bool = True


class Dog(Strict):
    kind: Literal["dog"]
    barks: bool = True


class Zoo(RootModel[list[Annotated[Cat | Dog, Field(discriminator="kind")]]]):
    """Animals."""


def problems(text: str, model: type[BaseModel] = Phase) -> list[str]:
    source = parse_yaml(text, "phase-1.yaml")
    with pytest.raises(ValidationError) as refused:
        model.model_validate(source.value)
    return [str(problem) for problem in validation_problems(refused.value, source, model)]


def test_a_misspelled_field_is_told_with_the_nearest_known_one() -> None:
    text = "weeks:\n- id: a\n  guide:\n    tasks:\n    - title: x\n      hours: 1\n      hour: 1\n"

    assert problems(text) == [
        "phase-1.yaml:7: weeks[0].guide.tasks[0].hour is not a known field. "
        "Remove it or rename it: did you mean `hours`?"
    ]


@pytest.mark.parametrize(
    ("week", "line", "says"),
    [
        ("{id: a, zzz: 1}", 2, "weeks[0].zzz is not a known field. Remove it. Known here: id, weeks, guide,"),
        ("{size: core}", 2, "weeks[0].id is missing. Add `id:` here."),
        ("{id: }", 2, "weeks[0].id is empty. Give it a value"),
        ("{id: Not An Id}", 2, "weeks[0].id has the wrong form: `Not An Id`. Use small letters"),
        ("{id: a, weeks: x}", 2, 'weeks[0].weeks has the wrong form: `x`. Write a number, or a range such as "15-16".'),
        ("{id: true}", 2, "weeks[0].id must be text, and `true` means yes or no. Put it in quotes."),
        ("{id: [a]}", 2, "weeks[0].id must be text, not a list."),
        ("{id: a, guide: b}", 2, "weeks[0].guide must hold `key: value` lines, not `b`."),
        ("{id: a, guide: {tasks: b}}", 2, "weeks[0].guide.tasks must be a list, not `b`."),
        ("{id: a, guide: {tasks: []}}", 2, "weeks[0].guide.tasks has 0 entries, and 1 is the least. Add more."),
        (
            "{id: a, size: cor}",
            2,
            "weeks[0].size is `cor`, which is not one of 'quick' or 'core'. Did you mean `core`?",
        ),
        ("{id: a, size: zzz}", 2, "weeks[0].size is `zzz`, which is not one of 'quick' or 'core'. Choose one of them."),
        ("{id: a, open: maybe}", 2, "weeks[0].open must be true or false, not `maybe`."),
        ("{id: a, count: many}", 2, "weeks[0].count must be a number, not `many`."),
        ("{id: a, count: 0}", 2, "weeks[0].count is `0`, and must be at least 1."),
        ("{id: a, count: 10}", 2, "weeks[0].count is `10`, and must be at most 9."),
        ("{id: a, count: 9}", 2, "weeks[0] is not right: nine is too many. Take eight."),
        ("{id: a, guide: {tasks: [{title: x, hours: 0.3}]}}", 2, "is `0.3`, and must be a multiple of 0.25."),
        ("{id: a, guide: {tasks: [{title: '', hours: 1}]}}", 2, "weeks[0].guide.tasks[0].title is empty."),
        (
            "{id: a, guide: {page: x, tasks: [{title: a, hours: 1}]}}",
            2,
            "weeks[0].guide.page is not a web address: `x`",
        ),
        ("{id: a, extra: {b: {titel: x, title: x, hours: 1}}}", 2, "weeks[0].extra.b.titel is not a known field."),
        (f"{{id: {'a' * 41}}}", 2, "weeks[0].id has 41 characters, and 40 is the most. Make it shorter."),
    ],
)
def test_each_mistake_is_told_in_plain_words_with_its_line(week: str, line: int, says: str) -> None:
    first, *others = problems(f"weeks:\n- {week}\n")

    assert first.startswith(f"phase-1.yaml:{line}: ")
    assert says in first
    assert not others


def test_an_unknown_kind_is_told_where_it_is_written() -> None:
    assert problems("- kind: cat\n- kind: dgo\n", Zoo) == [
        "phase-1.yaml:2: [1].kind is `dgo`, which is not one of 'cat', 'dog'. Did you mean `dog`?"
    ]


def test_a_missing_kind_is_told() -> None:
    assert problems("- purrs: true\n", Zoo) == ["phase-1.yaml:1: [0] has no 'kind'. Say what it is with `kind:`."]


def test_the_kind_of_a_union_is_no_part_of_the_place() -> None:
    assert problems("- kind: cat\n  purr: true\n", Zoo) == [
        "phase-1.yaml:2: [0].purr is not a known field. Remove it or rename it: did you mean `purrs`?"
    ]


def test_a_mistake_that_no_table_knows_still_says_something() -> None:
    class Odd(Strict):
        letter: Annotated[bytes, Field(max_length=1)]

    assert problems("letter: [1]", Odd) == [
        "phase-1.yaml:1: letter is not right: input should be a valid bytes. Change it."
    ]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = "weeks:\n- {id: a, size: x}\n- {id: B}\n- {}\n"

    assert [line.split(": ")[0] for line in problems(text)] == ["phase-1.yaml:2", "phase-1.yaml:3", "phase-1.yaml:4"]


def test_a_number_is_good_enough_where_text_is_wanted() -> None:
    source = parse_yaml("title: 8\nhours: '1.50'\n", "x.yaml")

    task = Task.model_validate(source.value)

    assert (task.title, task.hours) == ("8", 1.5)


def test_an_error_for_many_problems_tells_each_on_its_line() -> None:
    error = ContentError.of([Problem("b.yaml", 2, "x", "is bad", "Mend it."), Problem("a.yaml", 1, "", "odd", "")])

    assert str(error) == "a.yaml:1: odd.\nb.yaml:2: x is bad. Mend it."
    assert (error.file, error.line, error.problem, error.remedy) == ("a.yaml", 1, "odd", "")
