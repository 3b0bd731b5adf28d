"""Finds a time zone in what somebody typed as the answer to "where are you?"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.intent import Scene, Understood
from bot.understanding.places import zone_names
from bot.understanding.reader import Reader

_SENTENCE = 3
"""From so many words on, an answer is a sentence, and may be about something else."""


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
        if len(text.split()) >= _SENTENCE:
            return self._in_sentence(text)
        # The sentence around it lets names that are everyday words ("Nice", "Reading") be read as places.
        return _zones_in(self._reader.read(f"my timezone is {text}", Scene()))

    def names(self, text: str) -> bool:
        """See `Places.names`."""
        return text.strip().casefold().replace(" ", "_") in self._zones or self._reader.names_place(text)

    def _in_sentence(self, text: str) -> Sequence[str]:
        """A zone in a sentence of its own, when that says where somebody is: `tokyo is cool` does not."""
        understood = self._reader.read(text, Scene())
        return [] if understood.asks_first else _zones_in(understood)


def _zones_in(understood: Understood) -> list[str]:
    slots = [intent.slots.get("timezone") for intent in understood.intents]
    return [str(zone) for zone in slots if zone]
