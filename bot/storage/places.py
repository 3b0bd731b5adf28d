"""Where learners want their week's plan before others' eyes, and where study groups want their news."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.domain.push_place import PushPlace
from bot.storage.connection import Database
from bot.storage.group_tables import group_chats
from bot.storage.tables import learners

MOST = 100


async def push_places(database: Database, platform: str) -> Sequence[PushPlace]:
    """The places on a platform, each once; the first hundred of them."""
    here = select(learners.c.place).where(learners.c.place.like(f"{platform}/%")).distinct().limit(MOST)
    async with database.connect() as connection:
        kept = [PushPlace.of(row.place) for row in await connection.execute(here.order_by(learners.c.place))]
    return [place for place in kept if place is not None]


async def group_places(database: Database, platform: str) -> Sequence[PushPlace]:
    """The chats on a platform that study groups post to; the first hundred of them."""
    here = select(group_chats.c.chat_id, group_chats.c.thread_id).where(group_chats.c.platform == platform).limit(MOST)
    async with database.connect() as connection:
        rows = await connection.execute(here.order_by(group_chats.c.id))
        return [PushPlace(platform, row.chat_id, row.thread_id) for row in rows]
