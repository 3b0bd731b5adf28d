"""Posts for groups that were given up are found like pushes that were."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    dead = sa.text("state = 4")
    op.create_index("postings_dead", "postings", ["id"], sqlite_where=dead, postgresql_where=dead)
