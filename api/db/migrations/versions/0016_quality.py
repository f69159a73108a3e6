"""Marks on answers, answers that wait for a counselor's word, and passwords that must be changed at first use."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds them. Nothing waits for approval before somebody switches it on."""
    must_change: sa.Column[bool] = sa.Column(
        "must_change", sa.Boolean(), server_default=sa.text("false"), nullable=False
    )
    op.add_column("staff", must_change)
    _add_marks()
    op.create_table(
        "approval_switch",
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_approval_switch_staff_id"),
        sa.PrimaryKeyConstraint("region", name="pk_approval_switch"),
    )
    _add_held_replies()
    op.execute(
        "CREATE TRIGGER held_reply_rings AFTER INSERT OR UPDATE ON held_reply "
        "FOR EACH STATEMENT EXECUTE FUNCTION ring_for_queue()"
    )


def _add_marks() -> None:
    op.create_table(
        "answer_mark",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("transcript_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("right_text", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("knowledge_ids", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("knowledge_release", sa.String(), nullable=True),
        sa.Column("at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.Column("settled_as", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], "fk_answer_mark_transcript_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_answer_mark_staff_id"),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], "fk_answer_mark_settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_mark"),
    )
    by_person = sa.text("staff_id IS NULL")
    op.create_index("uq_answer_mark_person", "answer_mark", ["transcript_id"], unique=True, postgresql_where=by_person)
    op.create_index("uq_answer_mark_staff", "answer_mark", ["transcript_id", "staff_id"], unique=True)
    is_open = sa.text("verdict <> 'up' AND settled_at IS NULL")
    op.create_index("ix_answer_mark_open", "answer_mark", ["id"], postgresql_where=is_open)
    op.create_index("ix_answer_mark_at", "answer_mark", ["at"])


def _add_held_replies() -> None:
    op.create_table(
        "held_reply",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("inbox_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("reply", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("why", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("memory", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("knowledge_release", sa.String(), nullable=False),
        sa.Column("held_at", INSTANT, server_default=NOW, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_held_reply_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], "fk_held_reply_inbox_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_held_reply_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_held_reply"),
    )
    is_open = sa.text("settled_at IS NULL")
    op.create_index("ix_held_reply_open", "held_reply", ["until"], postgresql_where=is_open)
    op.create_index("ix_held_reply_conversation_id", "held_reply", ["conversation_id"])


def downgrade() -> None:
    """Drops them. What waits is never sent."""
    for table in ("held_reply", "approval_switch", "answer_mark"):
        op.drop_table(table)
    op.drop_column("staff", "must_change")
