"""What the last answer's buttons say and do, so that a label may be typed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("learners", sa.Column("offered", sa.Text(), server_default="", nullable=False))
