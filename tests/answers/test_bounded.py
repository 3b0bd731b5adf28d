"""A model's server that sends without end: no more of it is read than an answer needs."""

from __future__ import annotations

import pytest

from bot.answers.client import ModelClient
from bot.answers.tool_calls import ModelFailed
from tests.loopback.llm.server import llm_server


@pytest.mark.parametrize("mode", ["fat error", "fat line"])
async def test_what_no_answer_needs_is_not_read(mode: str) -> None:
    async with llm_server() as server:
        server.mode = mode
        client = ModelClient(server.url, "k", "m")
        with pytest.raises(ModelFailed, match="more than any answer needs"):
            [piece async for piece in client.pieces([{"role": "user", "content": "hi"}], (), 50)]
        await client.close()
