"""Writes the JSON Schemas of the content's YAML, so that editors complete and check it: `make schema`."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

from pydantic import BaseModel

from bot.catalog.roadmap_schema import PhaseModel, RoadmapModel
from bot.resources import shipped

MODELS: dict[str, type[BaseModel]] = {"roadmap": RoadmapModel, "phase": PhaseModel}


def schema(name: str) -> str:
    """One schema as JSON text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # defaults that are Prose cannot be written down, and need not be
        found = MODELS[name].model_json_schema()
    body = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write every schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in MODELS:
        (folder / f"{name}.schema.json").write_text(schema(name), encoding="utf-8")


if __name__ == "__main__":
    write(shipped("content") / "schema")
