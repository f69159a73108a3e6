"""Platforms that take only so many messages after a person did something: what is left."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds it."""
    op.create_table(
        "allowance",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("messages_left", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_allowance"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_allowance_conversation_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Takes it away."""
    op.drop_table("allowance")
