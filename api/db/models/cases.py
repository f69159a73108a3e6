"""Cases that departments report on, and the proof by which a veteran sees his own."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class CaseFile(Base):
    """One application of a veteran, opened by a department or the provincial platform."""

    __tablename__ = "case_file"

    id: Mapped[int] = running_number()
    case_no: Mapped[str] = mapped_column(unique=True)
    region: Mapped[str]
    id_number_sealed: Mapped[bytes]
    id_number_index: Mapped[bytes] = mapped_column(index=True)
    last_four_index: Mapped[bytes]
    """HMAC of the last four characters together with the case number, so that equal endings look different."""
    phone_sealed: Mapped[bytes | None]
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    accepted_at: Mapped[datetime]
    platform_no: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)


class CaseItem(Base):
    """How far one item of a case has come."""

    __tablename__ = "case_item"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str]
    status: Mapped[str]
    since: Mapped[datetime]
    due: Mapped[date | None]


class CaseEvent(Base):
    """What a department reported about an item, kept as it came."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "event_id"),)

    id: Mapped[int] = running_number()
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    event_id: Mapped[str]
    item: Mapped[str]
    status: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(server_default=NOW)


class CaseBinding(Base):
    """A conversation that has proved a case and needs no proof again."""

    __tablename__ = "case_binding"

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    bound_at: Mapped[datetime] = mapped_column(server_default=NOW)


class WrongProof(Base):
    """A wrong proof, counted for the conversation and, by HMAC of the number, for the case that was asked for."""

    __tablename__ = "wrong_proof"
    __table_args__ = (Index(None, "conversation_id", "at"), Index(None, "case_no_index", "at"))

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    case_no_index: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
