"""Where a learner wants the week's plan, and which message an unfinished answer stands in."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("inbox", sa.Column("draft", sa.String(length=32), server_default="", nullable=False))
    op.add_column("learners", sa.Column("place", sa.String(length=120), server_default="", nullable=False))
