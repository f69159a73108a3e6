"""Cases that departments report on, and the proof by which a veteran sees his own."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class ApiKey(Base):
    """What a department or the provincial platform shows when it calls. Only the digest of the secret is stored."""

    __tablename__ = "api_key"

    id: Mapped[int] = running_number()
    name: Mapped[str] = mapped_column(unique=True)
    """Who uses it, as the office calls them."""
    digest: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256 of the secret, which holds 256 random bits."""
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String))
    regions: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    """Adcodes of the regions whose cases it may touch; empty: all."""
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class CaseFile(Base):
    """One application of a veteran, opened by a department or the provincial platform."""

    __tablename__ = "case_file"
    __table_args__ = (UniqueConstraint("key_id", "platform_no"),)

    id: Mapped[int] = running_number()
    case_no: Mapped[str] = mapped_column(unique=True)
    region: Mapped[str]
    id_number_sealed: Mapped[bytes]
    id_number_index: Mapped[bytes] = mapped_column(index=True)
    last_four_index: Mapped[bytes]
    """HMAC of the last four characters together with the case number, so that equal endings look different."""
    phone_sealed: Mapped[bytes | None]
    phone_index: Mapped[bytes | None] = mapped_column(index=True)
    key_id: Mapped[int | None] = mapped_column(ForeignKey("api_key.id"))
    """The key by which the case was opened; none for a demonstration and for a case that a platform is asked for."""
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    accepted_at: Mapped[datetime]
    platform_no: Mapped[str | None]
    opened_items: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    """The items that it was opened with; departments may report on further ones."""
    asked_at: Mapped[datetime | None]
    """When the platform that keeps this case last told us of it; none for a case that was pushed to us."""
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)


class CaseItem(Base):
    """How far one item of a case has come."""

    __tablename__ = "case_item"
    __table_args__ = (Index("ix_case_item_due", "due", postgresql_where=text("due IS NOT NULL")),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    department: Mapped[str]
    status: Mapped[str]
    """Id of a status of the knowledge; `unrecognised` for one that it does not know."""
    reported: Mapped[str | None]
    """The status as the department wrote it."""
    note: Mapped[str | None]
    since: Mapped[datetime]
    due: Mapped[date | None]
    """The last day of the office; none while no clock runs."""
    deadline: Mapped[dict[str, Any] | None]
    """Why it is due then, or what the clock waits for: `knowledge.case_clock.ItemDeadline` as JSON."""


class CaseEvent(Base):
    """What a department reported about an item, kept as it came."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "event_id"), Index(None, "case_id", "at"))

    id: Mapped[int] = running_number()
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"))
    event_id: Mapped[str]
    item: Mapped[str]
    status: Mapped[str]
    reported: Mapped[str]
    """The status as it was sent; `status` is what the knowledge makes of it, or `unrecognised`."""
    at: Mapped[datetime]
    note: Mapped[str | None]
    key_id: Mapped[int | None] = mapped_column(ForeignKey("api_key.id"))
    received_at: Mapped[datetime] = mapped_column(server_default=NOW)


class CaseBinding(Base):
    """A conversation that has proved a case and needs no proof again."""

    __tablename__ = "case_binding"

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True)
    bound_at: Mapped[datetime] = mapped_column(server_default=NOW)
    news: Mapped[str] = mapped_column(server_default="unasked")
    """Whether he wants to be told without asking: `unasked`, `agreed`, `declined` or `stopped`."""
    news_changed_at: Mapped[datetime | None]
    is_shared: Mapped[bool] = mapped_column(server_default=text("false"))
    """Proved in another conversation of the same person."""


class WrongProof(Base):
    """A wrong proof, counted for the conversation and, by HMAC of the number, for the case that was asked for."""

    __tablename__ = "wrong_proof"
    __table_args__ = (Index(None, "conversation_id", "at"), Index(None, "case_no_index", "at"))

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    case_no_index: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(server_default=NOW)
