"""What counselors note about a matter, so that the next one knows it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class DeskNote(Base):
    """A note of a counselor on a conversation. It is added to and never rewritten."""

    __tablename__ = "desk_note"
    __table_args__ = (Index(None, "conversation_id"),)

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    form: Mapped[uuid.UUID] = mapped_column(unique=True)
    """Number of the form that it was written in, so that sending it twice notes it once."""
    text: Mapped[str]
    """Masked."""
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class DeskLabel(Base):
    """A word or two by which conversations are found again. Each stands once on a conversation."""

    __tablename__ = "desk_label"
    __table_args__ = (Index(None, "name"),)

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    """Masked."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(server_default=NOW)
