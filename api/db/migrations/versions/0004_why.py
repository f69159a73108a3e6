"""How a question came to its reply."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds it to the transcript, and finds the rows of a turn."""
    op.add_column("transcript", sa.Column("why", postgresql.JSONB(), nullable=True))
    op.create_index("ix_transcript_turn_id", "transcript", ["turn_id"])


def downgrade() -> None:
    """Drops both again."""
    op.drop_index("ix_transcript_turn_id", "transcript")
    op.drop_column("transcript", "why")
