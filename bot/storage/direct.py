"""PostgreSQL without a detour: SQL that is sent as it is goes to the driver, which needs a sixth of the time.

SQLAlchemy's own statements run over the same connection, so that both see one transaction.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]  # asyncpg ships no type information
from sqlalchemy import Connection as SyncConnection
from sqlalchemy import CursorResult, Dialect, IteratorResult, Result
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")
GONE = ("08", "57P0", "25006")
"""SQLSTATEs after which a connection is worth nothing: broken, the server is shutting down, or it became a standby."""


class DirectConnection:
    """See `bot.storage.connection.Connection`."""

    def __init__(self, connection: AsyncConnection, driver: Any) -> None:
        self._connection = connection
        self._driver = driver

    @property
    def dialect(self) -> Dialect:
        """See `Connection.dialect`."""
        return self._connection.dialect

    async def execute(self, statement: Any, parameters: Any = None) -> CursorResult[Any]:
        """See `Connection.execute`."""
        found: CursorResult[Any] = await self._connection.execute(statement, parameters)
        return found

    async def scalar(self, statement: Any, parameters: Any = None) -> Any:
        """See `Connection.scalar`."""
        return await self._connection.scalar(statement, parameters)

    async def exec_driver_sql(self, statement: str, parameters: Any = None) -> Result[Any]:
        """See `Connection.exec_driver_sql`."""
        try:
            if isinstance(parameters, list):
                await self._driver.executemany(statement, parameters)
                return _found(())
            return _found(await self._driver.fetch(statement, *(parameters or ())))
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if is_gone(error):
                await self._connection.invalidate()
            raise OperationalError(statement, None, error, hide_parameters=True) from error

    async def run_sync(self, act: Callable[[SyncConnection], T]) -> T:
        """See `Connection.run_sync`."""
        return await self._connection.run_sync(act)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Begin, and commit when the block ends well. A connection that cannot even roll back is hung up."""
        try:
            await self._driver.execute("BEGIN")  # one that is cancelled may have begun all the same
            yield
            await self._driver.execute("COMMIT")
        except BaseException:
            await self._rolled_back()
            raise

    async def _rolled_back(self) -> None:
        if self._driver.is_closed():
            return
        rolled_back = False
        try:
            with suppress(Exception):
                await self._driver.execute("ROLLBACK")
                rolled_back = True
        finally:
            if not rolled_back:  # also when we are cancelled once more: whoever came next would be in our transaction
                self._driver.terminate()


def is_gone(error: BaseException | None) -> bool:
    """Whether the connection that this came from is worth nothing any more."""
    return str(getattr(error, "sqlstate", None) or "").startswith(GONE)


def _found(records: Any) -> Result[Any]:
    keys = list(records[0].keys()) if records else []
    return IteratorResult(SimpleResultMetaData(keys), iter([tuple(record) for record in records]))
