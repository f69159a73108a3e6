"""Beside which release a change set passed the gate at its approval, so that it is asked again beside another one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds it. Sets that were approved before are asked again."""
    op.add_column("change_set", sa.Column("passed_gate", postgresql.JSONB(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("change_set", "passed_gate")
