"""One person on several channels, and a bell that rings in every process when something was said."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
RING = """
CREATE FUNCTION ring_for_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'transcript' THEN
    PERFORM pg_notify('tuiyi_said', NEW.conversation_id::text);
  ELSE
    PERFORM pg_notify('tuiyi_said', NEW.id::text);
  END IF;
  RETURN NULL;
END $$
"""
WHEN_SAID = """
CREATE TRIGGER transcript_rings AFTER INSERT ON transcript FOR EACH ROW EXECUTE FUNCTION ring_for_conversation()
"""
WHEN_HANDED_OVER = """
CREATE TRIGGER conversation_rings AFTER UPDATE OF owner, outage_told_at ON conversation FOR EACH ROW
WHEN (OLD.owner IS DISTINCT FROM NEW.owner OR OLD.outage_told_at IS DISTINCT FROM NEW.outage_told_at)
EXECUTE FUNCTION ring_for_conversation()
"""


def upgrade() -> None:
    """Adds them. What was proved before was proved in its own conversation."""
    op.create_table(
        "person_link",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_person_link_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_person_link"),
    )
    op.create_index("ix_person_link_person", "person_link", ["person"])
    op.create_table(
        "link_code",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_link_code_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_link_code"),
    )
    op.create_index("ix_link_code_code_index", "link_code", ["code_index"])
    op.create_index("ix_link_code_conversation_id_created_at", "link_code", ["conversation_id", "created_at"])
    op.create_table(
        "wrong_link_code",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_wrong_link_code_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_link_code"),
    )
    op.create_index("ix_wrong_link_code_at", "wrong_link_code", ["at"])
    op.create_index("ix_wrong_link_code_conversation_id_at", "wrong_link_code", ["conversation_id", "at"])
    op.add_column("case_binding", sa.Column("is_shared", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    for statement in (RING, WHEN_SAID, WHEN_HANDED_OVER):
        op.execute(statement)


def downgrade() -> None:
    """Drops them, and what was shared with them."""
    op.execute("DROP TRIGGER conversation_rings ON conversation")
    op.execute("DROP TRIGGER transcript_rings ON transcript")
    op.execute("DROP FUNCTION ring_for_conversation()")
    op.execute("DELETE FROM case_binding WHERE is_shared")
    op.drop_column("case_binding", "is_shared")
    for table in ("wrong_link_code", "link_code", "person_link"):
        op.drop_table(table)
