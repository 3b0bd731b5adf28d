"""One writer at a time: people first, bulk never shut out, and nobody's turn lost."""

from __future__ import annotations

import asyncio

from bot.storage.gate import SHARE, Gate, Lane


async def line_up(gate: Gate, order: list[str], name: str, lane: Lane) -> None:
    async with gate.turn(lane):
        order.append(name)
        await asyncio.sleep(0)


async def test_a_person_goes_before_bulk_that_came_earlier() -> None:
    gate, order = Gate(), list[str]()
    async with gate.turn(Lane.BULK):
        waiting = [
            asyncio.create_task(line_up(gate, order, name, lane))
            for name, lane in (("bulk", Lane.BULK), ("ada", Lane.PERSON), ("bo", Lane.PERSON))
        ]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert order == ["ada", "bo", "bulk"]


async def test_bulk_gets_its_share_however_many_people_wait() -> None:
    gate, order = Gate(), list[str]()
    async with gate.turn(Lane.PERSON):
        lanes = [("bulk", Lane.BULK), *[("someone", Lane.PERSON)] * (3 * SHARE)]
        waiting = [asyncio.create_task(line_up(gate, order, name, lane)) for name, lane in lanes]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    assert order.index("bulk") == SHARE


async def test_who_gives_up_waiting_passes_the_turn_on() -> None:
    gate, order = Gate(), list[str]()
    async with gate.turn(Lane.PERSON):
        impatient = asyncio.create_task(line_up(gate, order, "impatient", Lane.PERSON))
        patient = asyncio.create_task(line_up(gate, order, "patient", Lane.PERSON))
        await asyncio.sleep(0)
    impatient.cancel()  # the turn has been handed to it already
    await asyncio.gather(impatient, patient, return_exceptions=True)
    await line_up(gate, order, "later", Lane.BULK)
    assert order == ["patient", "later"]
