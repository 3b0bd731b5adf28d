"""Answers: what was asked and how it was liked, by ids; the short memory of a talk; who wants no language model."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answer_feedback",
        sa.Column("id", ID, nullable=False),
        sa.Column("learner_id", ID, nullable=False),
        sa.Column("roadmap", sa.String(length=60), nullable=False),
        sa.Column("week", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.String(length=60), nullable=False),
        sa.Column("section", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("question_hash", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("words_until", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("answer_feedback_by_learner", "answer_feedback", ["learner_id"])
    op.create_index("answer_feedback_by_time", "answer_feedback", ["at"])
    op.create_table(
        "answer_thread",
        sa.Column("learner_id", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer_settings",
        sa.Column("learner_id", ID, autoincrement=False, nullable=False),
        sa.Column("model", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id"),
    )
    op.add_column("budgets", sa.Column("told", sa.SmallInteger(), server_default="0", nullable=False))
