"""What would be said otherwise to a real question, apart, so that it goes with the question: a reply may repeat it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table, and lets go of the looks so far, which can be taken anew."""
    op.create_table(
        "impact_question",
        sa.Column("change_set_id", sa.BigInteger(), nullable=False),
        sa.Column("transcript_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("difference", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["impact.change_set_id"], "fk_impact_question_change_set_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], "fk_impact_question_transcript_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("change_set_id", "transcript_id", name="pk_impact_question"),
    )
    op.create_index("ix_impact_question_transcript_id", "impact_question", ["transcript_id"])
    op.execute("DELETE FROM impact")


def downgrade() -> None:
    """Drops it, with the looks, which would lack their questions."""
    op.drop_table("impact_question")
    op.execute("DELETE FROM impact")
