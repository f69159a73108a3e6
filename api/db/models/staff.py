"""People who work at the consoles, their sessions, wrong tries to sign in, and the log of what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class StaffMember(Base):
    """Somebody who may sign in. Nobody is ever deleted, because the log names them."""

    __tablename__ = "staff"

    id: Mapped[int] = running_number()
    login: Mapped[str] = mapped_column(unique=True)
    """In lower case."""
    name: Mapped[str]
    password_hash: Mapped[str]
    """argon2id with its settings and salt."""
    roles: Mapped[list[str]] = mapped_column(ARRAY(String))
    regions: Mapped[list[str]] = mapped_column(ARRAY(String), server_default="{}")
    """Adcodes of the places that are this person's business; empty: all."""
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    must_change: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether the password was made by somebody else, so that it opens nothing but the page to choose another."""
    on_shift: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether a counselor takes conversations now."""
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    last_seen_at: Mapped[datetime | None]


class StaffSession(Base):
    """One sign-in at one browser."""

    __tablename__ = "staff_session"

    id: Mapped[int] = running_number()
    digest: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256 of the cookie's token, which holds 256 random bits."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    """What every form of this session carries, so that no other site can post in its name."""
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    last_used_at: Mapped[datetime] = mapped_column(server_default=NOW)
    ended_at: Mapped[datetime | None]


class StaffLoginTry(Base):
    """A try to sign in that did not succeed, or not yet; kept for a quarter of an hour."""

    __tablename__ = "staff_login_try"
    __table_args__ = (Index(None, "login_index", "at"),)

    id: Mapped[int] = running_number()
    login_index: Mapped[bytes]
    """HMAC of what was typed, because people type their password there by mistake."""
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class AuditEntry(Base):
    """One act of staff. The table refuses UPDATE, DELETE and TRUNCATE; each row carries the hash of the one before."""

    __tablename__ = "audit"

    id: Mapped[int] = running_number()
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """None: nobody who was signed in, such as the command line. No foreign key: the log stands by itself."""
    login: Mapped[str]
    act: Mapped[str]
    object: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[dict[str, Any]]
    previous: Mapped[bytes]
    hash: Mapped[bytes] = mapped_column(unique=True)
