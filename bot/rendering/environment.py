"""Where templates run: Jinja's sandbox, with a short way for values that cannot do harm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.rendering.escape import as_markdown


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox looks at every attribute by some thirty `isinstance` checks, which were half of a message's cost.

    A frozen dataclass has nothing to hide but what begins with an underscore, so its fields are read at once;
    calls and every other kind of value go through the sandbox's own checks.
    """

    def __init__(self, folders: Sequence[Path], finalize: Callable[[object], str] = as_markdown) -> None:
        super().__init__(
            loader=FileSystemLoader(folders), undefined=StrictUndefined, finalize=finalize, trim_blocks=True,
            lstrip_blocks=True, autoescape=False, auto_reload=False,
        )  # fmt: skip

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute for `{{ obj.attribute }}`."""
        if _frozen(type(obj)) and attribute[0] != "_" and hasattr(obj, attribute):  # type: ignore[arg-type]  # types do hash
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@lru_cache(maxsize=512)
def _frozen(kind: type) -> bool:
    """Whether values of a type are dataclasses that nobody can change."""
    return bool(getattr(getattr(kind, "__dataclass_params__", None), "frozen", False))
