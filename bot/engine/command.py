"""A command as it is declared: once, for every platform's menu, for typed lines, buttons and plain words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.errors import Refusal
from bot.domain.intent import Slot
from bot.domain.message import Reply

if TYPE_CHECKING:
    from bot.engine.context import Context


class ArgKind(StrEnum):
    """What an argument is, so that platforms can offer fitting input.

    `GROUP`, `SEND` and `TASK` stand in buttons, for a group, a draft and a task; nobody types them.
    """

    TASKS = "tasks"
    WEEK = "week"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    WEEKDAY = "weekday"
    ZONE = "zone"
    ROADMAP = "roadmap"
    WORD = "word"
    GROUP = "group"
    SEND = "send"
    TASK = "task"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument. Its description for menus is in the words under the command's name. A `pattern` is what the
    whole word must be like, where not any will do."""

    name: str
    kind: ArgKind
    required: bool = False
    pattern: str = ""


Args = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Command:
    """One verb. `words` are other ways to type it, of one word or two; `intents` are the wishes it answers.

    The one-line summary for menus is `menu.<name>` in the words of each language. `in_menu` puts it into
    platform menus, `in_groups` says that it may be answered where others read. One that `confirms` asks
    before it does harm, so that nobody need ask for it. `group` is the page of the help it stands on, `more` when it
    names none and is in the menu. A command that asked a question may look with
    `accepts` whether a bare text answers it; what does not is read as free words. `misread` looks at a typed line
    that does not fit the declaration (its rest, and the slots that were understood of it): the refusal to give where
    doing it without that rest would not be what was said. One that `takes_replies` runs with the words of somebody who
    replies to a message whose only button it is.
    """

    name: str
    run: Callable[[Context, Args], Awaitable[Reply]]
    words: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    args: tuple[Arg, ...] = ()
    in_menu: bool = False
    in_groups: bool = True
    needs_plan: bool = False
    confirms: bool = False
    group: str = ""
    misread: Callable[[Context, str, Mapping[str, Slot]], Refusal | None] | None = None
    accepts: Callable[[Context, Args], bool] | None = None
    takes_replies: bool = False
