"""Turns what pydantic says about content into problems that the person who wrote the file understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.catalog.model_fields import fields_at
from bot.catalog.problems import Lines, Problem, YamlPath, nearest_line, spell_path
from bot.catalog.yaml_source import YamlSource

_Said = tuple[str, str]


def validation_problems(error: ValidationError, source: YamlSource, model: type[BaseModel]) -> list[Problem]:
    """One problem for each thing pydantic found, in the order of the file."""
    found = [_problem(dict(detail), source, model) for detail in error.errors(include_url=False)]
    return sorted(found)


def _problem(detail: dict[str, Any], source: YamlSource, model: type[BaseModel]) -> Problem:
    path = _real_path(detail, source.lines)
    if detail["type"] == "union_tag_invalid":
        path = (*path, detail["ctx"]["discriminator"].strip("'"))
    what, remedy = _say(detail, path, model)
    return Problem(source.file, nearest_line(source.lines, path), spell_path(path), what, remedy)


def _real_path(detail: Mapping[str, Any], lines: Lines) -> YamlPath:
    """The path in the file: pydantic adds the kind of a union's member, which nobody wrote."""
    path: YamlPath = ()
    for part in detail["loc"]:
        if (*path, part) in lines:
            path = (*path, part)
    return (*path, detail["loc"][-1]) if detail["type"] == "missing" else path


def _say(detail: dict[str, Any], path: YamlPath, model: type[BaseModel]) -> _Said:
    kind, given = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        return "is not a known field", _rename(str(path[-1]), fields_at(model, detail["loc"][:-1]))
    if kind == "missing":
        return "is missing", f"Add `{path[-1]}:` here."
    if given is None:
        return "is empty", "Give it a value or remove the line."
    if kind == "value_error":
        return _own_words(str(detail["ctx"]["error"]), path)
    return _SAYINGS.get(kind.partition("_")[0] if kind.startswith("url") else kind, _as_pydantic_says)(
        detail.get("ctx", {}), given, detail["msg"]
    )


def _own_words(message: str, path: YamlPath) -> _Said:
    """What a model's own check says, written as `problem: remedy`."""
    problem, _, remedy = message.partition(": ")
    return f"is not right: {problem}" if path else problem, f"{remedy[:1].upper()}{remedy[1:]}." if remedy else ""


def _rename(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name, known, n=1)
    if close:
        return f"Remove it or rename it: did you mean `{close[0]}`?"
    return f"Remove it. Known here: {', '.join(known)}." if known else "Remove it."


def _shown(given: object) -> str:
    if isinstance(given, list):
        return "a list"
    if isinstance(given, dict):
        return "a mapping"
    text = str(given).lower() if isinstance(given, bool) else str(given)
    return f"`{text[:60]}`"


def _text(context: Mapping[str, Any], given: object, message: str) -> _Said:
    if isinstance(given, bool):
        return f"must be text, and {_shown(given)} means yes or no", "Put it in quotes."
    return f"must be text, not {_shown(given)}", "If it holds `: `, `[` or `{`, put the whole of it in quotes."


def _form(context: Mapping[str, Any], given: object, message: str) -> _Said:
    if "a-z0-9" in context["pattern"]:
        tail = ", then its number, such as smote-1" if "[1-9]" in context["pattern"] else ", such as train-test-split"
        return f"has the wrong form: {_shown(given)}", f"Use small letters, digits and single hyphens{tail}."
    return f"has the wrong form: {_shown(given)}", 'Write a number, or a range such as "15-16".'


def _length(context: Mapping[str, Any], given: object, message: str) -> _Said:
    if "max_length" in context:
        size = len(given) if isinstance(given, (str, list)) else context.get("actual_length")
        unit = "characters" if isinstance(given, str) else "entries"
        return f"has {size} {unit}, and {context['max_length']} is the most", "Make it shorter."
    if isinstance(given, str):
        return "is empty", "Write something here."
    return f"has {context.get('actual_length', 0)} entries, and {context['min_length']} is the least", "Add more."


def _one_of(context: Mapping[str, Any], given: object, message: str) -> _Said:
    known = context.get("expected") or context.get("expected_tags") or ""
    given = context.get("tag", given)
    close = get_close_matches(str(given), [word.strip(" '") for word in known.replace(" or ", ",").split(",")], n=1)
    problem = f"is {_shown(context.get('tag', given))}, which is not one of {known}"
    return problem, f"Did you mean `{close[0]}`?" if close else "Choose one of them."


def _range(context: Mapping[str, Any], given: object, message: str) -> _Said:
    (name, limit), *_ = context.items()
    words = {"gt": "above", "ge": "at least", "lt": "below", "le": "at most", "multiple_of": "a multiple of"}
    return f"is {_shown(given)}, and must be {words.get(name, name)} {limit:g}", "Change the number."


def _listed(context: Mapping[str, Any], given: object, message: str) -> _Said:
    return f"must be a list, not {_shown(given)}", "Write [a, b], or a line with a hyphen for each."


def _mapped(context: Mapping[str, Any], given: object, message: str) -> _Said:
    return f"must hold `key: value` lines, not {_shown(given)}", "Indent its fields below it."


def _yes_no(context: Mapping[str, Any], given: object, message: str) -> _Said:
    return f"must be true or false, not {_shown(given)}", "Write true or false, without quotes."


def _no_kind(context: Mapping[str, Any], given: object, message: str) -> _Said:
    return f"has no {context.get('discriminator', 'kind')}", "Say what it is with `kind:`."


def _number(context: Mapping[str, Any], given: object, message: str) -> _Said:
    return f"must be a number, not {_shown(given)}", "Write digits only, such as 2 or 1.5."


def _address(context: Mapping[str, Any], given: object, message: str) -> _Said:
    return f"is not a web address: {_shown(given)}", "Write it in full, such as https://docs.python.org/3/."


def _as_pydantic_says(context: Mapping[str, Any], given: object, message: str) -> _Said:
    return f"is not right: {message[:1].lower()}{message[1:]}", "Change it."


_SAYINGS: dict[str, Callable[[Mapping[str, Any], object, str], _Said]] = {
    "string_type": _text, "string_pattern_mismatch": _form,
    "string_too_short": _length, "string_too_long": _length, "too_short": _length, "too_long": _length,
    "enum": _one_of, "literal_error": _one_of, "union_tag_invalid": _one_of, "union_tag_not_found": _no_kind,
    "greater_than": _range, "greater_than_equal": _range, "less_than": _range, "less_than_equal": _range,
    "multiple_of": _range, "list_type": _listed, "model_type": _mapped, "model_attributes_type": _mapped,
    "dict_type": _mapped, "bool_type": _yes_no, "bool_parsing": _yes_no, "url": _address,
    "int_parsing": _number, "int_type": _number, "int_from_float": _number,
    "float_parsing": _number, "float_type": _number, "tuple_type": _listed,
}  # fmt: skip
