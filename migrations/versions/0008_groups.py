"""Study groups: who is in them, where they meet, what they asked and were told; and when a learner was last seen."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("learners", sa.Column("seen_on", sa.Integer()))
    op.create_index("completions_by_time", "completions", ["enrollment_id", "done_at"])
    op.create_table(
        "group_tries",
        sa.Column("id", ID, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("group_tries_by_account", "group_tries", ["account", "at"])
    op.create_index("group_tries_by_age", "group_tries", ["at"])
    op.create_table(
        "study_groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("digest_weekday", sa.SmallInteger(), nullable=False),
        sa.Column("digest_time", sa.SmallInteger(), nullable=False),
        sa.Column("digest_on", sa.Boolean(), nullable=False),
        sa.Column("next_digest_on", sa.Integer(), nullable=False),
        sa.Column("next_digest_at", sa.BigInteger(), nullable=False),
        sa.Column("roadmap_id", sa.String(length=24), server_default="", nullable=False),
        sa.Column("starts_on", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("study_groups_by_code", "study_groups", ["code"], unique=True)
    op.create_index("study_groups_due", "study_groups", ["next_digest_at"])
    op.create_table(
        "blocks",
        sa.Column("learner_id", ID, nullable=False),
        sa.Column("blocked_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["blocked_id"], ["learners.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", "blocked_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("blocks_by_blocked", "blocks", ["blocked_id"])
    op.create_table(
        "cheers",
        sa.Column("learner_id", ID, nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["study_groups.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["target_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("learner_id", "target_id", "day"),
        sqlite_with_rowid=False,
    )
    op.create_index("cheers_by_group", "cheers", ["group_id"])
    op.create_index("cheers_by_target", "cheers", ["target_id", "day"])
    op.create_table(
        "group_bars",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("learner_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["study_groups.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "learner_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("group_bars_by_learner", "group_bars", ["learner_id"])
    op.create_table(
        "group_chats",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("thread_id", sa.String(length=64), server_default="", nullable=False),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["study_groups.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("group_chats_by_group", "group_chats", ["group_id"])
    op.create_index("group_chats_place", "group_chats", ["platform", "chat_id", "thread_id"], unique=True)
    op.create_table(
        "group_log",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("learner_id", ID, nullable=True),
        sa.Column("target_id", ID, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("about", sa.String(length=120), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["study_groups.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["target_id"], ["learners.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("group_log_by_group", "group_log", ["group_id", "id"])
    op.create_index("group_log_by_learner", "group_log", ["learner_id"])
    op.create_index("group_log_by_target", "group_log", ["target_id"])
    op.create_table(
        "group_questions",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("learner_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.String(length=40), server_default="", nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["study_groups.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("group_questions_by_group", "group_questions", ["group_id", "at"])
    op.create_index("group_questions_by_learner", "group_questions", ["learner_id"])
    op.create_table(
        "group_reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("learner_id", ID, nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["study_groups.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["target_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("group_reports_by_group", "group_reports", ["group_id"])
    op.create_index("group_reports_by_learner", "group_reports", ["learner_id"])
    op.create_index("group_reports_by_target", "group_reports", ["target_id"])
    op.create_table(
        "memberships",
        sa.Column("group_id", ID, nullable=False),
        sa.Column("learner_id", ID, nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("sharing", sa.String(length=8), nullable=False),
        sa.Column("pseudonym", sa.String(length=40), server_default="", nullable=False),
        sa.Column("buddy", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["study_groups.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "learner_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("memberships_by_learner", "memberships", ["learner_id"])
    op.create_table(
        "postings",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("place_id", ID, nullable=True),
        sa.Column("learner_id", ID, nullable=True),
        sa.Column("template", sa.String(length=40), server_default="", nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["study_groups.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["place_id"], ["group_chats.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("postings_by_group", "postings", ["group_id"])
    op.create_index("postings_by_learner", "postings", ["learner_id"])
    op.create_index("postings_by_place", "postings", ["place_id"])
    op.create_index(
        "postings_held",
        "postings",
        ["lease_until"],
        sqlite_where=sa.text("state = 1"),
        postgresql_where=sa.text("state = 1"),
    )
    op.create_index("postings_key", "postings", ["key"], unique=True)
    op.create_index(
        "postings_ready",
        "postings",
        ["not_before"],
        sqlite_where=sa.text("state = 0"),
        postgresql_where=sa.text("state = 0"),
    )
