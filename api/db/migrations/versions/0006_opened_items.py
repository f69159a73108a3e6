"""The items that a case was opened with, so that a repeated request is told from another one."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; cases from before have none, because nobody could open one then."""
    opened: sa.Column[Any] = sa.Column(
        "opened_items", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False
    )
    op.add_column("case_file", opened)


def downgrade() -> None:
    """Drops it again."""
    op.drop_column("case_file", "opened_items")
