"""The work of counselors: who holds which conversation, how each visit ended, and who was left waiting too long."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class DeskVisit(Base):
    """A counselor in a conversation, from when he took it until he left. A conversation has one open visit at most."""

    __tablename__ = "desk_visit"
    __table_args__ = (
        Index("uq_desk_visit_open", "conversation_id", unique=True, postgresql_where=text("left_at IS NULL")),
        Index("ix_desk_visit_conversation_id", "conversation_id"),
        Index("ix_desk_visit_held", "staff_id", postgresql_where=text("left_at IS NULL")),
    )

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[datetime] = mapped_column(server_default=NOW)
    left_at: Mapped[datetime | None]
    how: Mapped[str | None]
    """`closed`, `bot`, `queue`, `transfer`, `away`, or `gone` when the person deleted his data."""
    outcome: Mapped[str | None]
    """Of a visit that was closed: what became of the matter."""


class DeskEscalation(Base):
    """A request that nobody took in time, so that the leads see it on top."""

    __tablename__ = "desk_escalation"

    request_id: Mapped[int] = mapped_column(ForeignKey("person_request.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=NOW)
