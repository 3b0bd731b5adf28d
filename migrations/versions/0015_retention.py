"""Finds what was kept long enough without reading all there is."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_index("seen_by_time", "seen", ["at"])
    op.create_index("group_questions_by_time", "group_questions", ["at"])
    op.create_index("postings_by_end", "postings", ["expires_at"])
