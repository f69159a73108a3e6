"""What a questionnaire leaves behind: consent, codes to go on elsewhere, and printed slips. No personal data."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class Consent(Base):
    """That a person went on after the notice, with the version of the notice, and when he took it back."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "conversation_id"),)

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    version: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    withdrawn_at: Mapped[datetime | None]


class ResumeCode(Base):
    """A code that takes up a questionnaire on another channel. Found by its HMAC; good once and until it expires."""

    __tablename__ = "resume_code"

    id: Mapped[int] = running_number()
    code_index: Mapped[bytes] = mapped_column(unique=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    memory: Mapped[dict[str, Any]]
    """What the new conversation begins with."""
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WrongCode(Base):
    """A code that opened nothing, counted for the conversation that tried it."""

    __tablename__ = "wrong_code"
    __table_args__ = (Index(None, "conversation_id", "at"),)

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class Slip(Base):
    """A printed list behind an unguessable link, as it was when it was asked for. Found by the HMAC of its token."""

    __tablename__ = "slip"

    id: Mapped[int] = running_number()
    token_index: Mapped[bytes] = mapped_column(unique=True)
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    content: Mapped[dict[str, Any]]
    release: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    expires_at: Mapped[datetime]
