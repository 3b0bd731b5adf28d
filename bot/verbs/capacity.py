"""milepost capacity"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from bot.domain.capacity import loads
from bot.verbs import say


def capacity(
    learners: Annotated[int, typer.Option(min=1, help="how many learners get a push")],
    round_trip: Annotated[int, typer.Option(min=1, help="milliseconds until a platform has answered a message")] = 50,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of lines")] = False,
) -> None:
    """Say how long a push to so many learners takes at each platform's limit, and over how many hours to spread it."""
    found = loads(learners, round_trip / 1000)
    if json:
        say.as_json([{**asdict(load), "lasts": load.lasts.total_seconds()} for load in found])
        return
    for load in found:
        say.line(f"{load.platform}: {load.lasts} for {learners} at one instant ({load.rate:.4g} a second)")
        if load.spread > 1:
            say.line(f"  spread over {load.spread} instants, 15 minutes apart, nobody waits longer than that")
