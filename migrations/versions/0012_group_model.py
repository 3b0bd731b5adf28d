"""Whether a language model may word answers in a group's chats; posts that were given up are found like pushes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("study_groups", sa.Column("model", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    dead = sa.text("state = 4")
    op.create_index("postings_dead", "postings", ["id"], sqlite_where=dead, postgresql_where=dead)
