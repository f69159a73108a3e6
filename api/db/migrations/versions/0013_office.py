"""What the office decides: notices that switch the bot off or are urgent, canned replies, and how tasks ended."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
# Rung by the database itself, so that open pages show at once what changed, whoever changed it.
RING = """
CREATE FUNCTION ring_for_everybody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tuiyi_said', '');
  RETURN NULL;
END $$
"""
RINGS = """
CREATE TRIGGER notice_rings AFTER INSERT OR UPDATE OR DELETE ON service_notice
FOR EACH STATEMENT EXECUTE FUNCTION ring_for_everybody()
"""


def upgrade() -> None:
    """Adds them. The bot is on, as it was."""
    op.create_table(
        "service_notice",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channels", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], "fk_service_notice_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_service_notice"),
    )
    holding = sa.text("withdrawn_at IS NULL")
    op.create_index("ix_service_notice_holding", "service_notice", ["id"], postgresql_where=holding)
    op.create_table(
        "told_notice",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_told_notice_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["service_notice.id"], "fk_told_notice_notice_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "notice_id", name="pk_told_notice"),
    )
    op.create_table(
        "canned_reply",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("shortcut", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], "fk_canned_reply_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_canned_reply"),
    )
    there = sa.text("removed_at IS NULL")
    op.create_index("uq_canned_reply_shortcut", "canned_reply", ["shortcut"], unique=True, postgresql_where=there)
    op.add_column("desk_task", sa.Column("done_by", sa.BigInteger(), nullable=True))
    op.add_column("desk_task", sa.Column("outcome", sa.String(), nullable=True))
    op.create_foreign_key("fk_desk_task_done_by", "desk_task", "staff", ["done_by"], ["id"])
    op.execute(RING)
    op.execute(RINGS)


def downgrade() -> None:
    """Drops them. The bot answers again."""
    op.drop_column("desk_task", "outcome")
    op.drop_column("desk_task", "done_by")
    for table in ("canned_reply", "told_notice", "service_notice"):
        op.drop_table(table)
    op.execute("DROP FUNCTION ring_for_everybody()")
