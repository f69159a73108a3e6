"""The desk: notes and labels on conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def _at() -> sa.Column[object]:
    return sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_conversation_id"
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name, ondelete="CASCADE")


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "desk_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        _at(),
        _of_conversation("desk_note"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_desk_note_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_note"),
        sa.UniqueConstraint("form", name="uq_desk_note_form"),
    )
    op.create_index("ix_desk_note_conversation_id", "desk_note", ["conversation_id"])
    op.create_table(
        "desk_label",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        _at(),
        _of_conversation("desk_label"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_desk_label_staff_id"),
        sa.PrimaryKeyConstraint("conversation_id", "name", name="pk_desk_label"),
    )
    op.create_index("ix_desk_label_name", "desk_label", ["name"])


def downgrade() -> None:
    """Drops them; what counselors noted is lost."""
    op.drop_table("desk_label")
    op.drop_table("desk_note")
