"""The shape of a study note's front matter and of its quiz, and how they become the domain's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, HttpUrl, RootModel, StrictBool, StringConstraints, model_validator

from bot.catalog.roadmap_schema import ID, Line, Strict, Text
from bot.domain import topic as domain
from bot.domain.roadmap import Resource
from bot.domain.text import Prose
from bot.domain.topic import QuizKind, SectionKey

Alias = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Language = Literal[
    "python", "javascript", "jsx", "html", "css", "json", "yaml", "toml", "dockerfile", "bash", "sql", "ini", "text"
]
AskedSection = Literal["why", "idea", "example", "wrong", "choosing"]
Code = Annotated[str, StringConstraints(min_length=1)]
OptionText = Annotated[str, StringConstraints(min_length=1, max_length=89)]
Question = Annotated[str, StringConstraints(min_length=3, max_length=200, strip_whitespace=True)]
Questions = Annotated[list[Question], Field(min_length=2)]
FewQuestions = Annotated[list[Question], Field(min_length=1)]


class Lazy(Strict):
    """A mapping with no unknown keys. A start from the cache needs no validators, so they are built on first use."""

    model_config = ConfigDict(defer_build=True)


class NoteResource(Lazy):
    """An official page to read on."""

    title: Line
    url: HttpUrl


class AsksModel(Lazy):
    """What people type when the note is the answer, by the section that answers."""

    why: FewQuestions
    idea: Questions
    example: Questions
    wrong: Questions
    choosing: Questions
    try_: Annotated[FewQuestions, Field(alias="try")]

    def to_domain(self) -> Mapping[SectionKey, tuple[str, ...]]:
        """The questions by section."""
        return {SectionKey(name.rstrip("_")): tuple(questions) for name, questions in self}


class FrontMatter(Lazy):
    """The head of a note."""

    id: ID
    title: Line
    aliases: tuple[Alias, ...] = ()
    summary: Line
    needs: tuple[ID, ...] = ()
    resources: Annotated[list[NoteResource], Field(min_length=1, max_length=3)]
    tested_with: list[Alias]
    asks: AsksModel

    def to_domain(self, area: str, sections: tuple[domain.Section, ...]) -> domain.Topic:
        """The domain's topic, with its sections already read."""
        return domain.Topic(
            id=self.id, area=area, title=self.title, summary=self.summary, sections=sections,
            aliases=self.aliases, needs=self.needs, tested_with=tuple(self.tested_with),
            resources=tuple(Resource(r.title, str(r.url)) for r in self.resources), asks=self.asks.to_domain(),
        )  # fmt: skip


class OptionModel(Lazy):
    """One answer to choose; a wrong one names its error in `why`."""

    text: OptionText
    right: StrictBool = False
    why: Text = Prose("")

    @model_validator(mode="after")
    def _wrong_says_why(self) -> Self:
        if not self.right and not self.why:
            raise ValueError("a wrong option needs `why`: name the error in one sentence")
        return self


class _ItemModel(Lazy):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*-[1-9][0-9]*$", max_length=48)]
    section: AskedSection
    ask: Line
    explain: Line


class _ChoiceModel(_ItemModel):
    kind: str
    options: Annotated[list[OptionModel], Field(min_length=3, max_length=4)]
    code: str = ""
    language: Language = "python"

    @model_validator(mode="after")
    def _right_ones(self) -> Self:
        texts = [option.text.strip() for option in self.options]
        if len(set(texts)) < len(texts):
            raise ValueError("two options have the same text: make them differ")
        count = sum(option.right for option in self.options)
        if self.kind == "several" and count not in (2, 3):
            raise ValueError(f"the number of right options is {count}: mark two or three with `right: true`")
        if self.kind != "several" and count != 1:
            raise ValueError(f"the number of right options is {count}: mark exactly one with `right: true`")
        return self

    def to_domain(self) -> domain.ChoiceItem:
        """The domain's value for it."""
        options = tuple(domain.Option(o.text, o.right, o.why) for o in self.options)
        return domain.ChoiceItem(
            id=self.id, kind=QuizKind(self.kind), section=SectionKey(self.section), ask=self.ask,
            options=options, explain=self.explain, code=self.code, language=self.language,
        )  # fmt: skip


class SingleModel(_ChoiceModel):
    """One option is right."""

    kind: Literal["single"]


class SeveralModel(_ChoiceModel):
    """Two or three options are right."""

    kind: Literal["several"]
    options: Annotated[list[OptionModel], Field(min_length=4, max_length=5)]


class OutputModel(_ChoiceModel):
    """What does this code print?"""

    kind: Literal["output"]
    code: Code


class BugModel(_ChoiceModel):
    """Which line or change of this code is wrong?"""

    kind: Literal["bug"]
    code: Code


class OrderModel(_ItemModel):
    """Steps, written in their right order."""

    kind: Literal["order"]
    steps: Annotated[list[Line], Field(min_length=3, max_length=6)]

    @model_validator(mode="after")
    def _steps_differ(self) -> Self:
        if len(set(self.steps)) < len(self.steps):
            raise ValueError("two steps have the same text: make them differ")
        return self

    def to_domain(self) -> domain.OrderItem:
        """The domain's value for it."""
        return domain.OrderItem(self.id, SectionKey(self.section), self.ask, tuple(self.steps), self.explain)


ItemModel = Annotated[SingleModel | SeveralModel | OutputModel | BugModel | OrderModel, Field(discriminator="kind")]


class QuizModel(RootModel[Annotated[list[ItemModel], Field(min_length=6, max_length=8)]]):
    """One `<id>.quiz.yaml`."""

    model_config = ConfigDict(defer_build=True)

    def to_domain(self) -> tuple[domain.QuizItem, ...]:
        """The domain's items, in order."""
        return tuple(item.to_domain() for item in self.root)
