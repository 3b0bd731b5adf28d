"""Where learners want their week's plan before others' eyes, and groups their news."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.domain.push_place import PushPlace
from bot.storage.connection import Database
from bot.storage.group_tables import group_chats
from bot.storage.tables import learners

MOST = 100


async def push_places(database: Database, platform: str) -> Sequence[PushPlace]:
    """The places on a platform, each once; the first hundred of learners' and the first hundred of groups'."""
    here = select(learners.c.place).where(learners.c.place.like(f"{platform}/%")).distinct().limit(MOST)
    bound = select(group_chats).where(group_chats.c.platform == platform).order_by(group_chats.c.id).limit(MOST)
    async with database.connect() as connection:
        kept = [PushPlace.of(row.place) for row in await connection.execute(here.order_by(learners.c.place))]
        theirs = [PushPlace(platform, row.chat_id, row.thread_id) for row in await connection.execute(bound)]
    return list(dict.fromkeys([*(place for place in kept if place is not None), *theirs]))
