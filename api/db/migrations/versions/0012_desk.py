"""The desk: visits of counselors, requests left waiting, and a bell for open pages of the consoles."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
OPEN = sa.text("left_at IS NULL")
# Rung by the database itself, so that no way of changing the queue or of saying something can forget it.
RING_QUEUE = """
CREATE FUNCTION ring_for_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tuiyi_staff', 'queue');
  RETURN NULL;
END $$
"""
RING_CHAT = """
CREATE FUNCTION ring_for_desk_chat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM person_request
    WHERE conversation_id = NEW.conversation_id AND cancelled_at IS NULL AND closed_at IS NULL
  ) THEN
    PERFORM pg_notify('tuiyi_staff', 'conversation:' || NEW.conversation_id);
  END IF;
  RETURN NULL;
END $$
"""
TRIGGERS = {
    "request_rings": "AFTER INSERT OR UPDATE OR DELETE ON person_request "
    "FOR EACH STATEMENT EXECUTE FUNCTION ring_for_queue()",
    "escalation_rings": "AFTER INSERT ON desk_escalation FOR EACH STATEMENT EXECUTE FUNCTION ring_for_queue()",
    "visit_rings_queue": "AFTER INSERT OR UPDATE ON desk_visit FOR EACH STATEMENT EXECUTE FUNCTION ring_for_queue()",
    "visit_rings": "AFTER INSERT OR UPDATE ON desk_visit FOR EACH ROW EXECUTE FUNCTION ring_for_desk_chat()",
    "transcript_rings_desk": "AFTER INSERT ON transcript FOR EACH ROW EXECUTE FUNCTION ring_for_desk_chat()",
}


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "desk_visit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_desk_visit_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_desk_visit_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_visit"),
    )
    op.create_index("uq_desk_visit_open", "desk_visit", ["conversation_id"], unique=True, postgresql_where=OPEN)
    op.create_index("ix_desk_visit_conversation_id", "desk_visit", ["conversation_id"])
    op.create_index("ix_desk_visit_held", "desk_visit", ["staff_id"], postgresql_where=OPEN)
    op.create_table(
        "desk_escalation",
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["person_request.id"], "fk_desk_escalation_request_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", name="pk_desk_escalation"),
    )
    for statement in (RING_QUEUE, RING_CHAT):
        op.execute(statement)
    for name, what in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {what}")


def downgrade() -> None:
    """Drops them. Conversations that a counselor holds go back to the queue."""
    op.execute("DROP TRIGGER request_rings ON person_request")
    op.execute("DROP TRIGGER transcript_rings_desk ON transcript")
    op.execute("UPDATE person_request SET claimed_at = NULL WHERE cancelled_at IS NULL AND closed_at IS NULL")
    op.execute("UPDATE conversation SET owner = 'queue' WHERE owner = 'counselor'")
    op.drop_table("desk_escalation")
    op.drop_table("desk_visit")
    for name in ("ring_for_desk_chat", "ring_for_queue"):
        op.execute(f"DROP FUNCTION {name}()")
