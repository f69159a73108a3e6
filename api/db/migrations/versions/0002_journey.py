"""Who speaks, consent, codes to go on elsewhere, and printed slips."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables of the journey."""
    op.add_column("conversation", sa.Column("speaker", sa.String(), server_default="self", nullable=False))
    op.add_column("conversation", sa.Column("relation", sa.String(), nullable=True))
    _of_a_conversation("consent", sa.Column("version", sa.String(), nullable=False), _instant("at", now=True))
    op.create_index(op.f("ix_consent_conversation_id"), "consent", ["conversation_id"])
    _of_a_conversation(
        "resume_code",
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("memory", postgresql.JSONB(none_as_null=True), nullable=False),
        _instant("created_at", now=True),
        _instant("expires_at"),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("code_index", name=op.f("uq_resume_code_code_index")),
    )
    op.create_index(op.f("ix_resume_code_conversation_id"), "resume_code", ["conversation_id"])
    _of_a_conversation("wrong_code", _instant("at", now=True))
    op.create_index(op.f("ix_wrong_code_conversation_id_at"), "wrong_code", ["conversation_id", "at"])
    _of_a_conversation(
        "slip",
        sa.Column("token_index", sa.LargeBinary(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        _instant("created_at", now=True),
        _instant("expires_at"),
        sa.UniqueConstraint("token_index", name=op.f("uq_slip_token_index")),
    )
    op.create_index(op.f("ix_slip_conversation_id"), "slip", ["conversation_id"])


def downgrade() -> None:
    """Drops them again."""
    for table in ("slip", "wrong_code", "resume_code", "consent"):
        op.drop_table(table)
    op.drop_column("conversation", "relation")
    op.drop_column("conversation", "speaker")


def _instant(name: str, now: bool = False) -> sa.Column[Any]:
    default = sa.text("now()") if now else None
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=False)


def _of_a_conversation(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f(f"fk_{table}_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
