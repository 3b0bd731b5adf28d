"""Finds a time zone in what somebody typed as the answer to "where are you?"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.intent import Scene
from bot.understanding.places import zone_names
from bot.understanding.reader import Reader


class ZoneFinder:
    """See `bot.engine.ports.Places`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._zones = {zone.casefold(): zone for zone in zone_names()}

    def zones(self, text: str) -> Sequence[str]:
        """See `Places.zones`."""
        exact = self._zones.get(text.strip().casefold().replace(" ", "_"))
        if exact:
            return [exact]
        # The sentence around it lets names that are everyday words ("Nice", "Reading") be read as places.
        understood = self._reader.read(f"my timezone is {text}", Scene())
        slots = [intent.slots.get("timezone") for intent in understood.intents]
        return [str(zone) for zone in slots if zone]
