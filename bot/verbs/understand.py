"""milepost understand"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.catalog.loader import load_catalog
from bot.domain.intent import Intent, Scene, Understood
from bot.resources import shipped
from bot.settings import Settings
from bot.understanding.phrases import load_phrases
from bot.understanding.reader import Reader
from bot.verbs import say
from bot.verbs.json_lines import json_lines
from bot.verbs.roadmap import Json


def understand(
    text: Annotated[str, typer.Argument(metavar="TEXT")] = "",
    file: Annotated[
        Path | None, typer.Option(help='JSON lines of {"id", "text"}; one answer a line, with the id')
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what the mentor would understand by a text, without doing anything."""
    settings = Settings.load()
    reader = Reader(load_phrases((settings.content_dir or shipped("content")) / "phrases"))
    scene = Scene(roadmaps=_titles(settings))
    if file is not None:
        for line in json_lines(file, 'a "text"'):
            say.line(
                json.dumps({"id": line.get("id"), **_answer(reader.read(str(line["text"]), scene))}, ensure_ascii=False)
            )
        return
    if not text:
        raise typer.BadParameter("give a TEXT, or --file FILE")
    answer = _answer(reader.read(text, scene))
    if as_json:
        say.as_json(answer)
        return
    for intent in answer["intents"]:
        slots = ", ".join(f"{key}={value}" for key, value in intent["slots"].items())
        say.line(f"{intent['intent']}  {slots}".rstrip())
    say.line(f"{answer['confidence']:.0%} sure{', would ask first' if answer['asks_first'] else ''}")


def _titles(settings: Settings) -> dict[str, str]:
    catalog = load_catalog(settings.content_dir or shipped("content"))
    return {roadmap.id: str(roadmap.title) for roadmap in catalog.roadmaps.values()}


def _answer(understood: Understood) -> dict[str, Any]:
    return {
        "intents": [_intent(intent, understood) for intent in understood.intents],
        "confidence": round(understood.confidence, 3),
        "asks_first": understood.asks_first,
    }


def _intent(intent: Intent, understood: Understood) -> dict[str, Any]:
    """One wish. Of several, those that are asked about say so: the others are done."""
    asked = {"asks_first": True} if understood.sure and intent not in understood.sure else {}
    return {"intent": intent.name, "slots": dict(intent.slots), **asked}
