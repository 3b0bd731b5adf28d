"""Registers the commands with Discord, only when they are not what was registered last: 200 a day is all one gets."""

from __future__ import annotations

import json
import logging
from hashlib import sha256
from typing import Any

from discord import app_commands

from bot.engine.storing import Marks

log = logging.getLogger(__name__)


def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """What the commands amount to."""
    shown = [command.to_dict(tree) for command in tree._get_all_commands()]
    return sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()


def mark(application: int) -> str:
    """The name under which an application's fingerprint is kept."""
    return f"discord-commands-{application}"


async def sync(tree: app_commands.CommandTree[Any], application: int, marks: Marks) -> bool:
    """Register the commands if they changed. Whether they were."""
    now = fingerprint(tree)
    if await marks.get(mark(application)) == now:
        return False
    await tree.sync()
    await marks.put(mark(application), now)
    log.info("%d commands were registered with Discord", len(tree._get_all_commands()))
    return True
