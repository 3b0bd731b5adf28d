"""Which fields a model knows at a place that pydantic complains about."""

from __future__ import annotations

from collections.abc import Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel


def fields_at(model: type[BaseModel], place: Sequence[str | int]) -> tuple[str, ...]:
    """The names a mapping at that place may hold, as they are written in the file."""
    at: Any = model
    for part in place:
        at = _step(_bare(at), part)
    at = _bare(at)
    return tuple(_fields(at)) if _is_model(at) else ()


def _step(at: Any, part: str | int) -> Any:
    if _is_model(at):
        return _fields(at).get(str(part))
    if get_origin(at) in (list, tuple) and isinstance(part, int):
        return get_args(at)[0]
    if get_origin(at) is dict:
        return get_args(at)[1]
    if get_origin(at) in (Union, UnionType):
        return next((member for member in get_args(at) if _has_tag(member, part)), None)
    return None


def _bare(at: Any) -> Any:
    """An annotation without `Annotated`, `| None` and root models around it."""
    if get_origin(at) is Annotated:
        return _bare(get_args(at)[0])
    if isinstance(at, type) and issubclass(at, RootModel):
        return _bare(at.model_fields["root"].annotation)
    if get_origin(at) in (Union, UnionType):
        members = [member for member in get_args(at) if member is not NoneType]
        return _bare(members[0]) if len(members) == 1 else at
    return at


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def _has_tag(member: Any, tag: str | int) -> bool:
    kinds = [_bare(kind) for kind in _fields(member).values()] if _is_model(member) else []
    return any(get_origin(kind) is Literal and tag in get_args(kind) for kind in kinds)


def _is_model(at: Any) -> bool:
    return isinstance(at, type) and issubclass(at, BaseModel)
