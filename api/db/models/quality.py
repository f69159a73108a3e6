"""How good the bot's answers are: what people and staff say of them, and those that wait for somebody's word."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class AnswerMark(Base):
    """What somebody thinks of a reply of the bot. The reply may be gone, because the person deleted his data."""

    __tablename__ = "answer_mark"
    __table_args__ = (
        Index("uq_answer_mark_person", "transcript_id", unique=True, postgresql_where=text("staff_id IS NULL")),
        Index("uq_answer_mark_staff", "transcript_id", "staff_id", unique=True),
        Index("ix_answer_mark_open", "id", postgresql_where=text("verdict <> 'up' AND settled_at IS NULL")),
        Index("ix_answer_mark_at", "at"),
    )

    id: Mapped[int] = running_number()
    transcript_id: Mapped[int | None] = mapped_column(ForeignKey("transcript.id", ondelete="SET NULL"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    """Who marked it; none: the person who was answered."""
    verdict: Mapped[str]
    """`up`, `down`, or by staff `wrong`."""
    right_text: Mapped[str | None]
    note: Mapped[str | None]
    """Why, in masked words."""
    region: Mapped[str | None]
    knowledge_ids: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    knowledge_release: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_as: Mapped[str | None]
    """What the editors made of it."""


class ApprovalSwitch(Base):
    """A place where answers of which the bot is not sure wait for a counselor."""

    __tablename__ = "approval_switch"

    region: Mapped[str] = mapped_column(primary_key=True)
    """Adcode of a province."""
    minutes: Mapped[int]
    """So long a person waits; then he is told honestly that the answer is not certain."""
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class HeldReply(Base):
    """An answer of the bot that goes out when a counselor says so."""

    __tablename__ = "held_reply"
    __table_args__ = (
        Index("ix_held_reply_open", "until", postgresql_where=text("settled_at IS NULL")),
        Index("ix_held_reply_conversation_id", "conversation_id"),
    )

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    inbox_id: Mapped[int] = mapped_column(ForeignKey("inbox.id", ondelete="CASCADE"))
    """The message that it answers."""
    question: Mapped[str]
    """Masked."""
    reply: Mapped[dict[str, Any]]
    why: Mapped[dict[str, Any] | None]
    memory: Mapped[dict[str, Any]]
    """What the conversation remembers once it is out, as long as nothing else was said since."""
    chance: Mapped[float]
    region: Mapped[str]
    knowledge_release: Mapped[str]
    held_at: Mapped[datetime] = mapped_column(server_default=NOW)
    until: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    how: Mapped[str | None]
    """`sent`, `edited`, `rejected`, `timed_out`, or `overtaken` by a person who took over."""
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
