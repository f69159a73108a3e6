"""The desk: calls that were promised, chats handed to another centre, and work orders for departments."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
OPEN = sa.text("closed_at IS NULL")


def _at(name: str, is_required: bool = False, at_once: bool = False) -> sa.Column[object]:
    default = NOW if at_once else None
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=not is_required)


def _number() -> sa.Column[object]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False)


def upgrade() -> None:
    """Adds them."""
    op.add_column("conversation", sa.Column("desk_region", sa.String(), nullable=True))
    op.create_table(
        "call_back",
        _number(),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        _at("asked_at", is_required=True),
        _at("due_at", is_required=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        _at("last_try_at"),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        _at("escalated_at"),
        _at("closed_at"),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_call_back_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["claimed_by"], ["staff.id"], "fk_call_back_claimed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_call_back"),
    )
    op.create_index("uq_call_back_open", "call_back", ["conversation_id"], unique=True, postgresql_where=OPEN)
    op.create_index("ix_call_back_due", "call_back", ["due_at"], postgresql_where=OPEN)
    op.create_table(
        "desk_referral",
        _number(),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("to_staff", sa.BigInteger(), nullable=True),
        sa.Column("to_region", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        _at("at", is_required=True, at_once=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_desk_referral_conversation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_desk_referral_staff_id"),
        sa.ForeignKeyConstraint(["to_staff"], ["staff.id"], "fk_desk_referral_to_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_referral"),
    )
    op.create_index("ix_desk_referral_conversation_id", "desk_referral", ["conversation_id"])
    op.create_table(
        "work_order",
        _number(),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("form", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("asker", sa.String(), server_default="self", nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("case_no", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("wants_reply", sa.Boolean(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("dispatch_note", sa.String(), nullable=False),
        sa.Column("status", sa.String(), server_default="sent", nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        _at("made_at", is_required=True),
        sa.Column("limit_working_days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _at("due_at", is_required=True),
        _at("escalated_at"),
        sa.Column("result", sa.String(), nullable=True),
        _at("told_at"),
        _at("closed_at"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], "fk_work_order_conversation_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], "fk_work_order_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_work_order"),
        sa.UniqueConstraint("form", name="uq_work_order_form"),
    )
    op.create_index("ix_work_order_due", "work_order", ["due_at"], postgresql_where=OPEN)
    op.create_index("ix_work_order_conversation_id", "work_order", ["conversation_id"])
    op.create_table(
        "work_order_event",
        _number(),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        _at("at", is_required=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["work_order.id"], "fk_work_order_event_order_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_work_order_event_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_work_order_event"),
    )
    op.create_index("ix_work_order_event_order_id", "work_order_event", ["order_id"])
    for table in ("call_back", "work_order"):
        op.execute(
            f"CREATE TRIGGER {table}_rings AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ring_for_queue()"
        )


def downgrade() -> None:
    """Drops them. Whoever was sent to another centre is again the business of the place that he named."""
    for table in ("work_order_event", "work_order", "desk_referral", "call_back"):
        op.drop_table(table)
    op.drop_column("conversation", "desk_region")
