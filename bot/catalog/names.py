"""How names are compared: `K-Nearest Neighbors`, `k nearest neighbors` and `k_nearest neighbors?` are one."""

from __future__ import annotations

import re

_JOINTS = re.compile(r"[\s_/-]+")
_MARKS = re.compile(r"[^\w\s/+#.@%&*=<>\[\]{}()-]|\.(?=\s|$)|(?<=\w)\(\)|`")


def plain_name(name: str) -> str:
    """A name without case, joints and punctuation that people leave out."""
    return _JOINTS.sub(" ", _MARKS.sub("", name.casefold())).strip()
