"""What can be wrong with the database, each with what to do about it.

StorageError
├── BadDatabaseUrl      the setting is no database URL
├── DatabaseUnusable    the file or server cannot be used
└── DatabaseTooNew      a newer Milepost has already changed the schema
"""

from __future__ import annotations

from bot.domain.errors import MilepostError


class StorageError(MilepostError):
    """The database cannot be used as it is."""


class BadDatabaseUrl(StorageError):
    """The setting is no database URL."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no database URL. Use sqlite:////path/to/milepost.db or postgresql://user@host/name."
        )


class DatabaseUnusable(StorageError):
    """The file or server cannot be used."""


class DatabaseTooNew(StorageError):
    """A newer Milepost has already changed the schema."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            f"The database is at schema {found}, this Milepost knows {known}. "
            "Install the newer Milepost again, or restore a backup made before the upgrade."
        )
