"""Conversations of one person on several channels, and the codes that join them."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class PersonLink(Base):
    """A conversation of a person who has others. Those with the same `person` are his."""

    __tablename__ = "person_link"

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[uuid.UUID] = mapped_column(index=True)
    linked_at: Mapped[datetime] = mapped_column(server_default=NOW)


class LinkCode(Base):
    """A code that joins the conversation in which it is typed to the one that was told it. Found by its HMAC."""

    __tablename__ = "link_code"
    __table_args__ = (Index(None, "conversation_id", "created_at"),)

    id: Mapped[int] = running_number()
    code_index: Mapped[bytes] = mapped_column(index=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WrongLinkCode(Base):
    """A code that joined nothing: counted for who typed it, and against every code that was good at the time."""

    __tablename__ = "wrong_link_code"
    __table_args__ = (Index(None, "conversation_id", "at"), Index(None, "at"))

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(server_default=NOW)
