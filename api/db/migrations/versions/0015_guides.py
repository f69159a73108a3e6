"""Texts of guides that the office brought in, by section, and Excel files that wait for a yes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NOW = sa.text("now()")


def upgrade() -> None:
    """Adds them, empty: until a guide is brought in, its document and section are named as before."""
    op.create_table(
        "guide_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("imported_by", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["imported_by"], ["staff.id"], "fk_guide_version_imported_by"),
        sa.ForeignKeyConstraint(["released_by"], ["staff.id"], "fk_guide_version_released_by"),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["staff.id"], "fk_guide_version_withdrawn_by"),
        sa.PrimaryKeyConstraint("id", name="pk_guide_version"),
        sa.UniqueConstraint("guide", "version", name="uq_guide_version"),
    )
    released = sa.text("released_at IS NOT NULL")
    op.create_index("ix_guide_version_released", "guide_version", ["guide"], postgresql_where=released)
    op.create_table(
        "guide_section",
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["guide_version.id"], "fk_guide_section_version_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_guide_section"),
    )
    op.create_table(
        "sheet_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("difference", postgresql.JSONB(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("change_set", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_sheet_import_staff_id"),
        sa.ForeignKeyConstraint(["change_set"], ["change_set.id"], "fk_sheet_import_change_set"),
        sa.PrimaryKeyConstraint("id", name="pk_sheet_import"),
    )
    op.create_index("ix_sheet_import_made_at", "sheet_import", ["made_at"])


def downgrade() -> None:
    """Drops them, with the texts."""
    for table in ("sheet_import", "guide_section", "guide_version"):
        op.drop_table(table)
