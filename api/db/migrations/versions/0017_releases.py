"""Releases of the knowledge: which files each is made of, who made it and why, and what was last read from folders."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
# Rung by the database itself, so that every process takes over what is published, whoever publishes it.
RING = """
CREATE FUNCTION ring_for_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tuiyi_release', NEW.number::text);
  RETURN NULL;
END $$
"""
RINGS = """
CREATE TRIGGER release_rings AFTER INSERT ON knowledge_release
FOR EACH ROW EXECUTE FUNCTION ring_for_release()
"""
REFUSE = """
CREATE FUNCTION refuse_change_of_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a release is never changed: % of % refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$
"""
KEPT = ("knowledge_blob", "knowledge_release", "knowledge_release_file")


def upgrade() -> None:
    """Adds them, empty: the first start reads the folder into them."""
    op.create_table(
        "knowledge_blob",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_knowledge_blob"),
    )
    op.create_table(
        "knowledge_release",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _instant("made_at"),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("change_set", sa.BigInteger(), nullable=True),
        sa.Column("restores", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], "fk_knowledge_release_made_by"),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], "fk_knowledge_release_approved_by"),
        sa.ForeignKeyConstraint(["restores"], ["knowledge_release.number"], "fk_knowledge_release_restores"),
        sa.PrimaryKeyConstraint("number", name="pk_knowledge_release"),
    )
    op.create_table(
        "knowledge_release_file",
        sa.Column("release", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["release"], ["knowledge_release.number"], "fk_knowledge_release_file_release"),
        sa.ForeignKeyConstraint(["sha256"], ["knowledge_blob.sha256"], "fk_knowledge_release_file_sha256"),
        sa.PrimaryKeyConstraint("release", "path", name="pk_knowledge_release_file"),
    )
    op.create_table(
        "knowledge_import",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        _instant("at"),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("release", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["release"], ["knowledge_release.number"], "fk_knowledge_import_release"),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_import"),
    )
    op.create_table(
        "knowledge_import_file",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("merged", sa.LargeBinary(), nullable=True),
        sa.Column("found", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["knowledge_import.id"], "fk_knowledge_import_file_import_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["merged"], ["knowledge_blob.sha256"], "fk_knowledge_import_file_merged"),
        sa.ForeignKeyConstraint(["found"], ["knowledge_blob.sha256"], "fk_knowledge_import_file_found"),
        sa.PrimaryKeyConstraint("import_id", "path", name="pk_knowledge_import_file"),
    )
    op.execute(RING)
    op.execute(RINGS)
    op.execute(REFUSE)
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_release()"
        )


def downgrade() -> None:
    """Drops them, and with them every release; the folder is spoken from again."""
    for table in ("knowledge_import_file", "knowledge_import", *reversed(KEPT)):
        op.drop_table(table)
    op.execute("DROP FUNCTION ring_for_release()")
    op.execute("DROP FUNCTION refuse_change_of_release()")


def _instant(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=NOW, nullable=False)
