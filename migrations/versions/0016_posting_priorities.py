"""Postings have a priority as deliveries do: answers before a group's news."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("postings", sa.Column("priority", sa.SmallInteger(), server_default="1", nullable=False))
    op.execute("UPDATE postings SET priority = 0 WHERE kind IN ('answer', 'nudge')")
    op.execute("UPDATE postings SET priority = 2 WHERE kind IN ('announcement', 'digest')")
    op.drop_index("postings_ready", "postings")
    where = sa.text("state = 0")
    op.create_index(
        "postings_ready", "postings", ["priority", "not_before"], sqlite_where=where, postgresql_where=where
    )
