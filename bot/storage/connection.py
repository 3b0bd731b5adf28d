"""What the rest of the storage needs of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection as SyncConnection
from sqlalchemy import CursorResult, Dialect, Result

from bot.storage.gate import Lane

T = TypeVar("T")


class Connection(Protocol):
    """One connection, in a transaction or reading."""

    @property
    def dialect(self) -> Dialect:
        """Which SQL is spoken."""

    async def execute(self, statement: Any, parameters: Any = None) -> CursorResult[Any]:
        """Run a statement."""

    async def scalar(self, statement: Any, parameters: Any = None) -> Any:
        """The first column of the first row."""

    async def exec_driver_sql(self, statement: str, parameters: Any = None) -> Result[Any]:
        """Run SQL as it is, with values that need no conversion: a list of tuples runs it once for each."""

    async def run_sync(self, act: Callable[[SyncConnection], T]) -> T:
        """Hand the plain connection to code that knows nothing of waiting."""


class Database(Protocol):
    """Transactions that write, and connections that only read."""

    @property
    def name(self) -> str:
        """`sqlite` or `postgresql`."""

    def begin(self, lane: Lane = Lane.PERSON) -> AbstractAsyncContextManager[Connection]:
        """A transaction: it commits when the block ends well and rolls back when it raises."""

    def connect(self) -> AbstractAsyncContextManager[Connection]:
        """A connection for reading."""

    async def dispose(self) -> None:
        """Close every connection."""
