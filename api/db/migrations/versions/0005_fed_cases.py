"""Cases that departments feed: their keys, what they wrote, deadlines, news, ratings and tasks for the desk."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NOW = sa.text("now()")


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "api_key",
        _number(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("regions", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        _instant("created_at", now=True),
        _instant("revoked_at"),
        _instant("last_used_at"),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
        sa.UniqueConstraint("name", name="uq_api_key_name"),
        sa.UniqueConstraint("digest", name="uq_api_key_digest"),
    )
    _extend_cases()
    op.create_table(
        "planned_message",
        _number(),
        *_references(conversation_needed=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reply", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _instant("due_at", needed=True),
        _instant("created_at", now=True),
        _instant("sent_at"),
        _instant("cancelled_at"),
        *_constraints("planned_message", "CASCADE"),
        sa.UniqueConstraint("conversation_id", "key", name="uq_planned_message_conversation_id_key"),
    )
    op.create_index("ix_planned_message_case_id", "planned_message", ["case_id"])
    is_open = sa.text("sent_at IS NULL AND cancelled_at IS NULL")
    op.create_index("ix_planned_message_open", "planned_message", ["due_at", "id"], postgresql_where=is_open)
    op.create_table(
        "case_rating",
        _number(),
        *_references(conversation_needed=True, case_needed=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        _instant("at", now=True),
        *_constraints("case_rating", "CASCADE"),
        sa.UniqueConstraint("conversation_id", "case_id", name="uq_case_rating_conversation_id_case_id"),
    )
    op.create_table(
        "desk_task",
        _number(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        *_references(),
        sa.Column("detail", postgresql.JSONB(none_as_null=True), nullable=False),
        _instant("created_at", now=True),
        _instant("done_at"),
        *_constraints("desk_task", "SET NULL"),
        sa.UniqueConstraint("key", name="uq_desk_task_key"),
    )
    op.create_index("ix_desk_task_open", "desk_task", ["id"], postgresql_where=sa.text("done_at IS NULL"))


def downgrade() -> None:
    """Drops them again."""
    for table in ("desk_task", "case_rating", "planned_message"):
        op.drop_table(table)
    op.drop_index("ix_case_event_case_id_at", "case_event")
    op.drop_index("ix_case_item_due", "case_item")
    op.drop_index("ix_case_file_phone_index", "case_file")
    op.drop_constraint("uq_case_file_key_id_platform_no", "case_file", type_="unique")
    for table, names in (
        ("case_binding", ("news", "news_changed_at")),
        ("case_event", ("key_id", "reported")),
        ("case_item", ("deadline", "note", "reported")),
        ("case_file", ("key_id", "phone_index")),
    ):
        for name in names:
            op.drop_column(table, name)
    op.drop_table("api_key")


def _extend_cases() -> None:
    op.add_column("case_file", sa.Column("phone_index", sa.LargeBinary(), nullable=True))
    op.create_index("ix_case_file_phone_index", "case_file", ["phone_index"])
    for table in ("case_file", "case_event"):
        op.add_column(table, sa.Column("key_id", sa.BigInteger(), nullable=True))
        op.create_foreign_key(f"fk_{table}_key_id", table, "api_key", ["key_id"], ["id"])
    op.create_unique_constraint("uq_case_file_key_id_platform_no", "case_file", ["key_id", "platform_no"])
    op.add_column("case_item", sa.Column("reported", sa.String(), nullable=True))
    op.add_column("case_item", sa.Column("note", sa.String(), nullable=True))
    op.add_column("case_item", sa.Column("deadline", postgresql.JSONB(none_as_null=True), nullable=True))
    op.create_index("ix_case_item_due", "case_item", ["due"], postgresql_where=sa.text("due IS NOT NULL"))
    op.add_column("case_event", sa.Column("reported", sa.String(), nullable=True))
    op.execute("UPDATE case_event SET reported = status")
    op.alter_column("case_event", "reported", nullable=False)
    op.create_index("ix_case_event_case_id_at", "case_event", ["case_id", "at"])
    op.add_column("case_binding", sa.Column("news", sa.String(), server_default="unasked", nullable=False))
    op.add_column("case_binding", _instant("news_changed_at"))


def _number() -> sa.Column[Any]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False)


def _instant(name: str, now: bool = False, needed: bool = False) -> sa.Column[Any]:
    default = NOW if now else None
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=not (now or needed))


def _references(conversation_needed: bool = False, case_needed: bool = False) -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("conversation_id", sa.Uuid(), nullable=not conversation_needed),
        sa.Column("case_id", sa.BigInteger(), nullable=not case_needed),
    )


def _constraints(table: str, when_conversation_goes: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=f"fk_{table}_conversation_id",
            ondelete=when_conversation_goes,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=f"fk_{table}_case_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
