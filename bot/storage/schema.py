"""All tables together, wherever they are defined: what migrations and exports go by."""

from __future__ import annotations

from bot.storage import answer_tables, group_tables, tables

DEFINED_IN = (tables, group_tables, answer_tables)
TABLES = tables.metadata
"""A table is in it once the module that defines it was imported."""
