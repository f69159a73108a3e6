"""What a change set would change in answers and questionnaires, the last time that somebody looked."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds it."""
    op.create_table(
        "impact",
        sa.Column("change_set_id", sa.BigInteger(), nullable=False),
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("release", sa.BigInteger(), nullable=False),
        sa.Column("started_by", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], "fk_impact_change_set_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["started_by"], ["staff.id"], "fk_impact_started_by"),
        sa.PrimaryKeyConstraint("change_set_id", name="pk_impact"),
    )


def downgrade() -> None:
    """Drops it; it can be computed anew."""
    op.drop_table("impact")
