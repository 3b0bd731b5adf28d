"""`/metrics` for Prometheus: how the outbox stands, read at the moment of asking, and what became of sends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.delivery.breaker import Breaker
from bot.delivery.measured import BOUNDS, Tally
from bot.storage.connection import Database
from bot.storage.letters import Standing, standing

if TYPE_CHECKING:
    from bot.engine.ports import Clock

log = logging.getLogger(__name__)
LOOK = 3.0
"""Seconds in which the database has to answer whoever asks how we are."""

Tallies = Callable[[], Mapping[str, Tally]]


class _Collected:
    """One answer's worth of metrics."""

    def __init__(
        self, standing: Standing | None, tallies: Mapping[str, Tally], leads: bool, breakers: Mapping[str, Breaker]
    ) -> None:
        self._standing, self._tallies, self._leads, self._breakers = standing, tallies, leads, breakers

    def collect(self) -> Iterator[Metric]:
        """Every metric family."""
        yield _gauge(
            "milepost_database", "1 when the database answered, 0 when it did not.", self._standing is not None
        )
        if self._standing is not None:
            yield from _standing(self._standing)
        yield _gauge(
            "milepost_leader", "1 when this process speaks on the platforms, 0 when it stands by.", self._leads
        )
        for name, said in (("sent", "arrived"), ("refused", "were refused"), ("in_doubt", "may have arrived")):
            family = CounterMetricFamily(f"milepost_{name}", f"Pushes that {said}.", labels=["platform"])
            for platform, tally in self._tallies.items():
                family.add_metric([platform], getattr(tally, name))
            yield family
        away = GaugeMetricFamily("milepost_away", "1 while a platform's pushes wait for it.", labels=["platform"])
        for platform, breaker in self._breakers.items():
            away.add_metric([platform], float(breaker.open))
        yield away
        yield self._latency()

    def _latency(self) -> Metric:
        family = HistogramMetricFamily("milepost_send_seconds", "How long a send took.", labels=["platform"])
        for platform, tally in self._tallies.items():
            bounds = [(str(bound), float(count)) for bound, count in zip(BOUNDS, tally.buckets, strict=True)]
            family.add_metric([platform], [*bounds, ("+Inf", float(tally.sent))], tally.seconds)
        return family


def _standing(now: Standing) -> Iterator[Metric]:
    """How the outboxes stand."""
    yield _gauge("milepost_due", "Deliveries and postings that may go now and have not gone.", now.due)
    yield _gauge("milepost_ready", "Deliveries and postings that wait to be sent, now or at their hour.", now.waiting)
    yield _gauge("milepost_claimed", "Deliveries and postings that are being sent.", now.held)
    yield _gauge("milepost_dead", "Deliveries and postings that were given up.", now.dead)
    yield _gauge("milepost_unplanned", "Enrollments and groups that are due and not planned yet.", now.unplanned)
    yield _gauge("milepost_lag_seconds", "How long the oldest that is due has been waiting.", now.lag.total_seconds())


async def _looked_up(database: Database, now: datetime) -> Standing | None:
    """How the outboxes stand; None when the database does not say, and then what this process counted is told alone."""
    try:
        async with asyncio.timeout(LOOK):
            return await standing(database, now)
    except Exception as error:
        log.warning("no figures of the outbox: %s", type(error).__name__)
        return None


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=float(value))


def metrics(
    database: Database, clock: Clock, tallies: Tallies, leads: Callable[[], bool], breakers: Mapping[str, Breaker]
) -> Iterable[Route]:
    """The endpoint. Asking it costs a few counts over partial indexes."""

    async def answer(_request: Request) -> Response:
        now = await _looked_up(database, clock.now())
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Collected(now, tallies(), leads(), breakers))
        return PlainTextResponse(generate_latest(registry).decode(), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return [Route("/metrics", answer)]
