"""Questions without a good answer by their meaning, what editors made of them, and how often entries are used."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds them."""
    op.create_table(
        "question_group",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("meaning", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("nearest", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_question_group"),
    )
    op.create_index("ix_question_group_province", "question_group", ["province"])
    op.create_table(
        "open_question",
        sa.Column("reply_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["transcript.id"], "fk_open_question_reply_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["question_group.id"], "fk_open_question_group_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reply_id", name="pk_open_question"),
    )
    op.create_index("ix_open_question_group_id", "open_question", ["group_id"])
    op.create_index("ix_open_question_at", "open_question", ["at"])
    op.create_table(
        "question_decision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("change_set_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["question_group.id"], "fk_question_decision_group_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"], "fk_question_decision_change_set_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], "fk_question_decision_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_question_decision"),
    )
    op.create_index("ix_question_decision_group_id", "question_decision", ["group_id"])
    op.create_index("ix_question_decision_change_set_id", "question_decision", ["change_set_id"])
    op.create_table(
        "entry_use",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("knowledge_id", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "knowledge_id", "release", name="pk_entry_use"),
    )
    op.create_index("ix_entry_use_knowledge_id", "entry_use", ["knowledge_id"])
    op.create_table(
        "questions_read",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("transcript_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questions_read"),
    )


def downgrade() -> None:
    """Drops them; what editors decided is lost, the rest can be gathered anew."""
    for table in ("questions_read", "entry_use", "question_decision", "open_question", "question_group"):
        op.drop_table(table)
