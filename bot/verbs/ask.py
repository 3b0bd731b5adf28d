"""milepost ask"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.domain.answer import Answer, Citation, Question
from bot.domain.errors import MilepostError
from bot.domain.learner import Preferences
from bot.verbs import say
from bot.verbs.json_lines import json_lines
from bot.verbs.roadmap import Json

_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_ESCAPED = re.compile(r"\\([^\w\s])")


class _Asker:
    """Everything a question needs, read once."""

    def __init__(self) -> None:
        # Imported here so that --help stays quick.
        from bot.app import content_folder, embedder, study  # noqa: PLC0415
        from bot.catalog.loader import load_catalog  # noqa: PLC0415
        from bot.rendering.renderer import TemplateRenderer  # noqa: PLC0415
        from bot.settings import Settings  # noqa: PLC0415

        settings = Settings.load()
        folder = content_folder(settings)
        self._catalog = load_catalog(folder)
        self._answers = study(folder, self._catalog, embedder(settings)).answers
        self._renderer = TemplateRenderer(folder / "messages")

    def check(self, roadmap: str, week: int | None) -> None:
        """Whether there is such a roadmap and such a week of it. Raises `MilepostError`, which says what there is."""
        found = self._catalog.roadmaps.get(roadmap)
        if found is None:
            raise MilepostError(f"There is no roadmap {roadmap!r}. There are: {', '.join(self._catalog.roadmaps)}.")
        if week is not None and week > found.length:
            raise MilepostError(f"{roadmap} has {found.length} weeks; there is no week {week}.")

    def ask(self, text: str, roadmap: str, week: int | None) -> dict[str, Any]:
        """The answer as the contract has it."""
        from bot.engine.answer_views import answer_reply  # noqa: PLC0415

        answer = self._answers.answer(Question(text, self._catalog.roadmap(roadmap), week))
        rendered = self._renderer.render(answer_reply(answer), Preferences())
        return _json(answer, rendered.text)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION")] = "",
    roadmap: Annotated[str, typer.Option(help="the roadmap's id")] = "",
    week: Annotated[int | None, typer.Option(min=1, help="the week the learner is in")] = None,
    file: Annotated[
        Path | None,
        typer.Option(help='JSON lines of {"id", "text", "roadmap", "week"}; one answer a line, with the id'),
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer a question from the notes of a roadmap."""
    say.quiet_logs("ERROR")
    if file is not None:
        lines, asker = json_lines(file, 'a "text" and a "roadmap"'), _Asker()
        for line in lines:
            answer = asker.ask(str(line["text"]), str(line.get("roadmap") or roadmap), _week(line.get("week"), file))
            say.line(json.dumps({"id": line.get("id"), **answer}, ensure_ascii=False))
        return None
    if not question or not roadmap:
        raise typer.BadParameter("give a QUESTION and --roadmap ID, or --file FILE")
    asker = _Asker()
    asker.check(roadmap, week)
    answer = asker.ask(question, roadmap, week)
    return say.as_json(answer) if as_json else say.line(_plain(answer["answer"]))


def _plain(text: str) -> str:
    """CommonMark for a screen that shows it as it is: outside code no sign needs a backslash."""
    parts = _CODE.split(text)
    return "".join(part if part.startswith("`") else _ESCAPED.sub(r"\1", part) for part in parts)


def _json(answer: Answer, text: str) -> dict[str, Any]:
    return {
        "answer": text,
        "citations": [_citation(citation) for citation in answer.citations],
        "source": answer.source,
        "refused": answer.outcome.refused,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "roadmap": citation.roadmap, "weeks": list(citation.weeks), "topic": citation.note or citation.topic,
        "title": f"{citation.topic}: {citation.title}" if citation.title != citation.topic else citation.topic,
        "quote": citation.quote,
    }  # fmt: skip


def _week(said: object, file: Path) -> int | None:
    if said is None or said == "":
        return None
    try:
        return int(str(said))
    except ValueError:
        raise MilepostError(f'{file}: "week" must be a number, not {said!r}.') from None
