"""Finds words that were kept long enough without reading all there are."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_index("answer_thread_by_time", "answer_thread", ["at"])
    where = sa.text("words_until IS NOT NULL")
    op.create_index(
        "answer_feedback_kept", "answer_feedback", ["words_until"], sqlite_where=where, postgresql_where=where
    )
