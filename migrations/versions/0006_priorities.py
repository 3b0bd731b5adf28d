"""Deliveries have a priority, and what waits is found apart from what is being sent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("priority", sa.SmallInteger(), server_default="1", nullable=False))
    op.execute("UPDATE deliveries SET priority = 0 WHERE kind = 'nudge'")
    op.drop_index("deliveries_open", "deliveries")
    indexes = (
        ("deliveries_ready", ["priority", "not_before"], 0),
        ("deliveries_held", ["lease_until"], 1),
        ("deliveries_dead", ["id"], 4),
    )
    for name, columns, state in indexes:
        where = sa.text(f"state = {state}")
        op.create_index(name, "deliveries", columns, sqlite_where=where, postgresql_where=where)
