"""Reads every roadmap of a content folder into one `Catalog`, or says all that is wrong, by file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.catalog.brief import BriefShelf
from bot.catalog.problems import ContentError, Problem
from bot.catalog.roadmap_checks import phase_problems, roadmap_problems
from bot.catalog.roadmap_schema import PhaseModel, RoadmapModel
from bot.catalog.validation import validation_problems
from bot.catalog.yaml_source import YamlSource, read_yaml
from bot.domain.catalog import Catalog
from bot.domain.roadmap import Roadmap

Model = TypeVar("Model", bound=BaseModel)


def load_catalog(content: Path) -> Catalog:
    """All roadmaps under `content/roadmaps`, by the names of their folders. Raises `ContentError`."""
    folder = content / "roadmaps"
    folders = sorted(path.parent for path in folder.glob("*/roadmap.yaml"))
    if not folders:
        raise ContentError(str(folder), 1, "there is no roadmap here", "Put one into a folder with a roadmap.yaml.")
    found, problems = _load_each(folders, content)
    if problems:
        raise ContentError.of(problems)
    by_length = sorted(found, key=lambda roadmap: -roadmap.length)
    return Catalog({roadmap.id: roadmap for roadmap in by_length}, BriefShelf(folder))


def _load_each(folders: list[Path], content: Path) -> tuple[list[Roadmap], list[Problem]]:
    found: list[Roadmap] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            found.append(load_roadmap(folder, content))
        except ContentError as error:
            problems.extend(error.problems)
    return found, problems


def load_roadmap(folder: Path, root: Path | None = None) -> Roadmap:
    """One roadmap's folder. Problems name files as seen from `root`. Raises `ContentError` with all of them."""
    root = root or folder.parent
    source = _read(folder / "roadmap.yaml", root)
    head = validated(source, RoadmapModel)
    phases, problems = _phases(folder, head, root)
    problems += roadmap_problems(head, phases, source, folder.name)
    if problems:
        raise ContentError.of(problems)
    return head.to_domain([model for model, _source in phases])


def _phases(folder: Path, head: RoadmapModel, root: Path) -> tuple[list[tuple[PhaseModel, YamlSource]], list[Problem]]:
    phases: list[tuple[PhaseModel, YamlSource]] = []
    problems: list[Problem] = []
    for name in head.phases:
        try:
            source = _read(folder / f"{name}.yaml", root)
            phases.append((validated(source, PhaseModel), source))
        except ContentError as error:
            problems.extend(error.problems)
    return phases, problems + ([] if problems else phase_problems(phases, head))


def _read(path: Path, root: Path) -> YamlSource:
    return read_yaml(path, str(path.relative_to(root)))


def validated(source: YamlSource, model: type[Model]) -> Model:
    """The file's data as a model. Raises `ContentError` with a problem for each thing that is wrong."""
    try:
        return model.model_validate(source.value)
    except ValidationError as error:
        raise ContentError.of(validation_problems(error, source, model)) from error
