"""Channels whose platform pushes: what was unusable, whom no reply reaches, the order of arrivals, parts of a reply."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NOW = sa.text("now()")


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
    )
    op.create_index("ix_quarantine_at", "quarantine", ["at"])
    op.add_column("conversation", sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("inbox", sa.Column("rank", sa.BigInteger(), nullable=True))
    op.add_column("inbox", sa.Column("due_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False))
    op.add_column("outbox", sa.Column("parts_sent", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Takes them away."""
    op.drop_column("outbox", "parts_sent")
    op.drop_column("inbox", "due_at")
    op.drop_column("inbox", "rank")
    op.drop_column("conversation", "warned_at")
    op.drop_column("conversation", "parked_at")
    op.drop_table("quarantine")
