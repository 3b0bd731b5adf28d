"""How fast we speak, in a time that the tests move."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.delivery import pacing
from bot.delivery.pacing import Pacing, Rates, Slot, Window


@dataclass
class Time:
    """A clock that sleeping moves, for one sleeper at a time."""

    at: float = 100.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def time() -> Time:
    return Time()


def paced(time: Time, **rates: float) -> Pacing:
    return Pacing(Rates(**rates), time.now, time.sleep)  # type: ignore[arg-type]


def test_a_window_allows_so_many_in_so_long() -> None:
    window = Window(2, 1.0)
    first, second = Slot(0.0, lambda: 0.2), Slot(0.4, lambda: 0.4)
    window.take(first)
    window.take(second)
    assert window.wait(0.5) == pytest.approx(0.5)
    assert window.wait(1.0) == 0
    window.take(Slot(1.0, lambda: 1.0))
    assert window.wait(1.1) == pytest.approx(0.3)


def test_a_message_counts_from_its_arrival_once_that_is_known() -> None:
    window = Window(1, 1.0)
    slot = Slot(0.0, lambda: 0.7)
    window.take(slot)
    slot.done()
    assert window.wait(1.0) == pytest.approx(0.7)


async def test_pushes_fill_the_limit_but_for_one_slot_and_never_pass_it(time: Time) -> None:
    pace = paced(time)
    at = []
    for number in range(300):
        await pace.push(f"chat{number}")
        at.append(time.at)
    rate = len(at) / (at[-1] - at[0])
    assert 28.5 <= rate < 30
    assert all(sum(start <= other < start + 1 for other in at) < 30 for start in at)


async def test_pushes_are_spread_over_the_second(time: Time) -> None:
    pace = paced(time)
    for number in range(60):
        await pace.push(f"chat{number}")
    assert max(time.slept) < 0.4
    assert sorted(time.slept)[len(time.slept) // 2] < 0.04


async def test_one_chat_gets_one_push_a_second(time: Time) -> None:
    pace = paced(time)
    began = time.at
    for _ in range(4):
        await pace.push("ada")
    assert time.at - began >= 3


async def test_a_group_gets_twenty_messages_a_minute_answers_too(time: Time) -> None:
    pace = paced(time)
    began = time.at
    for _ in range(20):
        await pace.answer("owls", group=True)
    assert time.at == began
    await pace.answer("owls", group=True)
    assert time.at - began >= 60


async def test_answers_never_wait_while_nothing_is_pushed(time: Time) -> None:
    pace = paced(time)
    for number in range(60):
        await pace.answer(f"chat{number}")
    assert not time.slept


async def test_an_answer_goes_before_the_next_push_and_the_limit_still_holds(time: Time) -> None:
    pace = paced(time)
    at = []
    for number in range(200):
        await pace.push(f"chat{number}")
        at.append(time.at)
        if number % 10 == 0:
            before = time.at
            await pace.answer("ada")
            assert time.at - before < 0.04
            at.append(time.at)
    assert all(sum(start <= other < start + 1 for other in at) <= 30 for start in at)


async def test_when_the_platform_asks_for_a_pause_nobody_speaks(time: Time) -> None:
    pace = paced(time)
    pace.hold(5)
    pace.hold(2)
    began = time.at
    await pace.answer("ada")
    assert time.at - began >= 5
    pace.hold(9, "bo")
    assert pace.held("bo") == 9
    assert pace.held("ada") <= 0


async def test_those_who_flood_us_wait_alone_and_two_who_do_not_mean_that_everybody_waits(time: Time) -> None:
    pace = paced(time)
    for eve in ("eve", "mallory"):
        for _ in range(5):
            await pace.answer(eve)
        pace.refused(30, eve)
    pace.refused(30, "night owls", group=True)
    assert pace.held("ada") <= 0
    assert pace.held("eve") == pace.held("mallory") == pace.held("night owls") == 30
    await pace.answer("ada")
    pace.refused(5, "ada")
    assert pace.held("bo") == 5


async def test_what_is_no_longer_needed_is_forgotten(time: Time) -> None:
    pace = paced(time, burst=10**9)
    for number in range(pacing.SWEEP + 10):
        await pace.answer(f"chat{number}")
        time.at += 0.01
    assert len(pace._chats) < pacing.SWEEP


async def test_two_pushes_at_once_take_turns() -> None:
    pace = Pacing(Rates(overall=101))
    await asyncio.gather(*(pace.push(f"chat{number}") for number in range(5)))
