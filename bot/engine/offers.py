"""The buttons of the last answer, remembered so that whoever types a label gets what a tap would do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.domain.message import Rendered

YES = frozenset(("yes", "y", "yep", "yeah", "yup", "ok", "okay", "sure", "right", "correct", "that's right"))
NO = frozenset(("no", "n", "nope", "nah", "no thanks", "no thank you", "never mind", "nevermind", "nvm", "cancel",
                "leave it", "don't", "not that"))  # fmt: skip
AS_IT_IS = "as-it-is"
"""The action of a button that leaves everything as it is."""
_EDGE = re.compile(r"^\W+|\W+$")


def folded(label: str) -> str:
    """A label as it may be typed: whatever its case, spaces, and marks at the ends."""
    return _EDGE.sub("", " ".join(label.replace("\u2019", "'").casefold().split()))


def written(replies: Iterable[Rendered]) -> str:
    """The buttons under an answer, one a line. A label that stands for two things stands for none."""
    pairs = [(folded(b.label), b.action) for reply in replies for row in reply.buttons for b in row]
    found: dict[str, set[str]] = {}
    for label, action in pairs:
        found.setdefault(label, set()).add(action)
    return "\n".join(f"{label}\t{action}" for label, (action, *more) in found.items() if label and not more)


def read(offered: str) -> Mapping[str, str]:
    """What `written` wrote, as actions by label."""
    return dict(line.split("\t", 1) for line in offered.splitlines() if "\t" in line)


def chosen(text: str, offered: str, *, asked: bool) -> str:
    """The action that a text stands for among the buttons shown last; "" when it stands for none.

    Yes means the button that says so, or the one thing offered beside leaving it. No leaves all as it is, wherever
    something was asked.
    """
    said, actions = folded(text), read(offered)
    if said in actions:
        return actions[said]
    if said in YES:
        others = [action for action in actions.values() if action != AS_IT_IS]
        return actions.get("yes", others[0] if len(others) == 1 and AS_IT_IS in actions.values() else "")
    if said in NO:
        return _declined(actions, asked=asked)
    # Buttons have no numbers here: one said while we wait for a yes or a no must not mark a task, nor guess a button.
    return AS_IT_IS if said.isdecimal() and not asked and AS_IT_IS in actions.values() else ""


def _declined(actions: Mapping[str, str], *, asked: bool) -> str:
    """What no means: the other way where there is one beside yes, else nothing happens."""
    other = [action for label, action in actions.items() if label != "yes" and action == "zone"]
    if "yes" in actions and other:
        return other[0]
    return AS_IT_IS if asked or AS_IT_IS in actions.values() else ""
