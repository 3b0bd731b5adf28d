"""One table for what is counted, in place of one for link codes and one for groups. Counts live a day at most."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tally_by_name", "tally", ["name"])
    op.create_index("tally_by_age", "tally", ["at"])
    op.execute("INSERT INTO tally (name, at) SELECT 'link code ' || kind || ' ' || account, at FROM code_tries")
    op.execute("INSERT INTO tally (name, at) SELECT 'group ' || account, at FROM group_tries")
    op.drop_table("code_tries")
    op.drop_table("group_tries")
