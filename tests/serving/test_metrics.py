"""What Prometheus reads while the database is away."""

from __future__ import annotations

import httpx
from starlette.applications import Starlette

from bot.clock import SystemClock
from bot.delivery.measured import Tally
from bot.storage.database import database_url, open_database
from bot.web.metrics import metrics
from tests.postgres import free_port


async def test_without_its_database_a_process_still_tells_what_it_sent_and_that_the_database_is_gone() -> None:
    database = open_database(database_url(f"postgresql://milepost@127.0.0.1:{free_port()}/nowhere"))
    tally = Tally(sent=7)
    app = Starlette(routes=list(metrics(database, SystemClock(), lambda: {"telegram": tally}, lambda: True, {})))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://milepost") as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    lines = answer.text.splitlines()
    assert "milepost_database 0.0" in lines
    assert 'milepost_sent_total{platform="telegram"} 7.0' in lines
    assert not any(line.startswith("milepost_due") for line in lines)
    await database.dispose()
