"""When a platform that keeps a case itself last told us of it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; nobody was asked before."""
    op.add_column("case_file", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drops it again."""
    op.drop_column("case_file", "asked_at")
