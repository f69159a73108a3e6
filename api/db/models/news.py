"""What is said without being asked, what people think of it, and what a counselor has to see to."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class PlannedMessage(Base):
    """A message that goes out by itself at its time: news of a case, a reminder, the question how it was.

    key: what it is about, such as `event:31`, so that the same is never planned twice for a conversation.
    """

    __tablename__ = "planned_message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "key"),
        Index(
            "ix_planned_message_open",
            "due_at",
            "id",
            postgresql_where=text("sent_at IS NULL AND cancelled_at IS NULL"),
        ),
    )

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    item: Mapped[str | None]
    kind: Mapped[str]
    """`news`, `reminder`, `overdue` or `rating`."""
    key: Mapped[str]
    reply: Mapped[dict[str, Any]]
    is_urgent: Mapped[bool] = mapped_column(server_default=text("false"))
    """Urgent ones go out in quiet hours too."""
    due_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    sent_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class CaseRating(Base):
    """How somebody rated a finished case (好差评): once for a conversation and case, 5 very good to 1 very bad."""

    __tablename__ = "case_rating"
    __table_args__ = (UniqueConstraint("conversation_id", "case_id"),)

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    item: Mapped[str | None]
    stars: Mapped[int]
    reason: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class DeskTask(Base):
    """Something that a counselor has to see to without a chat waiting for it.

    kind: `unrecognised_status`, `low_rating`, `overdue_item`. key: the same is never opened twice.
    """

    __tablename__ = "desk_task"
    __table_args__ = (Index("ix_desk_task_open", "id", postgresql_where=text("done_at IS NULL")),)

    id: Mapped[int] = running_number()
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    region: Mapped[str | None]
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id", ondelete="SET NULL"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    detail: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    outcome: Mapped[str | None]
    """What became of it, in a counselor's words."""
