"""Staff: accounts, sessions, wrong tries to sign in, and the log that cannot be changed."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
REFUSE = """
CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is never changed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""
GUARD = """
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()
"""
# Also for sessions that switch ordinary triggers off, as replication does.
ALWAYS = "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_stays"


def upgrade() -> None:
    """Adds them; there is no account until `tuiyi user add` makes one."""
    op.create_table(
        "staff",
        _number(),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("regions", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("on_shift", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _instant("created_at", NOW),
        _instant("last_seen_at", needed=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("login", name="uq_staff_login"),
    )
    op.create_table(
        "staff_session",
        _number(),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        _instant("created_at", NOW),
        _instant("last_used_at", NOW),
        _instant("ended_at", needed=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_session_staff_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_session"),
        sa.UniqueConstraint("digest", name="uq_staff_session_digest"),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])
    op.create_table(
        "staff_login_try",
        _number(),
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        _instant("at", NOW),
        sa.PrimaryKeyConstraint("id", name="pk_staff_login_try"),
    )
    op.create_index("ix_staff_login_try_login_index_at", "staff_login_try", ["login_index", "at"])
    op.create_table(
        "audit",
        _number(),
        _instant("at"),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("hash", name="uq_audit_hash"),
    )
    op.create_index("ix_audit_staff_id", "audit", ["staff_id"])
    for statement in (REFUSE, GUARD, ALWAYS):
        op.execute(statement)


def downgrade() -> None:
    """Drops them again, and with them the log."""
    for table in ("audit", "staff_login_try", "staff_session", "staff"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change_of_audit()")


def _number() -> sa.Column[Any]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False)


def _instant(name: str, default: sa.TextClause | None = None, needed: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=default, nullable=not needed)
