"""Quizzes: where each learner stands, how each item was answered the last time. Budgets: tokens by account and day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "quiz_runs",
        sa.Column("learner_id", ID, autoincrement=False, nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_right", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("at", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id"),
    )
    op.create_table(
        "quiz_answers",
        sa.Column("learner_id", ID, nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("was_right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", "item"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "budgets",
        sa.Column("account", sa.String(length=100), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("spent", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("account", "day"),
        sqlite_with_rowid=False,
    )
