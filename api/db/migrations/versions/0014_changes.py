"""Change sets of the studio: what editors propose, apart from what is spoken from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NOW = sa.text("now()")


def upgrade() -> None:
    """Adds them, empty."""
    op.create_table(
        "change_set",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("state", sa.String(), server_default="draft", nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("editors", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
        sa.Column("submitted_by", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_release", sa.BigInteger(), nullable=True),
        sa.Column("expired_release", sa.BigInteger(), nullable=True),
        sa.Column("trouble", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], "fk_change_set_created_by"),
        sa.ForeignKeyConstraint(["submitted_by"], ["staff.id"], "fk_change_set_submitted_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], "fk_change_set_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_change_set"),
    )
    op.create_index("ix_change_set_state", "change_set", ["state"])
    op.create_index("ix_change_set_created_by", "change_set", ["created_by"])
    due = sa.text("state = 'approved'")
    op.create_index("ix_change_set_due", "change_set", ["publish_at"], postgresql_where=due)
    expiring = sa.text("state = 'published' AND expired_release IS NULL")
    op.create_index("ix_change_set_expiring", "change_set", ["expires_at"], postgresql_where=expiring)
    op.create_table(
        "change_edit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("change_set_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("follows", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("edited_by", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], "fk_change_edit_change_set_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["edited_by"], ["staff.id"], "fk_change_edit_edited_by"),
        sa.PrimaryKeyConstraint("id", name="pk_change_edit"),
        sa.UniqueConstraint("change_set_id", "path", "kind", "key", name="uq_change_edit_change_set_id_path_kind_key"),
    )
    op.create_index("ix_change_edit_path_kind_key", "change_edit", ["path", "kind", "key"])


def downgrade() -> None:
    """Drops them; what is published stays."""
    op.drop_table("change_edit")
    op.drop_table("change_set")
