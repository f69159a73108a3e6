"""What the office decides: notices to everybody, and sentences that counselors say often."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class ServiceNotice(Base):
    """Switches the bot off with a sentence (`bot_off`), or says something urgent beside every answer (`emergency`)."""

    __tablename__ = "service_notice"
    __table_args__ = (Index("ix_service_notice_holding", "id", postgresql_where=text("withdrawn_at IS NULL")),)

    id: Mapped[int] = running_number()
    kind: Mapped[str]
    channels: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    """Where it holds; empty: everywhere."""
    text: Mapped[str]
    begins_at: Mapped[datetime] = mapped_column(server_default=NOW)
    ends_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    created_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None]


class ToldNotice(Base):
    """A notice that was told in a conversation, so that it is told once."""

    __tablename__ = "told_notice"

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("service_notice.id", ondelete="CASCADE"), primary_key=True)


class CannedReply(Base):
    """A sentence with a shortcut. Taken away it stays, because the log names it."""

    __tablename__ = "canned_reply"
    __table_args__ = (
        Index("uq_canned_reply_shortcut", "shortcut", unique=True, postgresql_where=text("removed_at IS NULL")),
    )

    id: Mapped[int] = running_number()
    shortcut: Mapped[str]
    """In lower case, without the slash before it."""
    text: Mapped[str]
    region: Mapped[str | None]
    """Adcode of the place that it is for; none: for all."""
    created_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    removed_at: Mapped[datetime | None]
