"""What editors propose: change sets and their edits. They stand apart from releases: no channel ever reads them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class ChangeSet(Base):
    """Edits that are looked at, approved and published together. Never deleted: a withdrawn one stays to be read."""

    __tablename__ = "change_set"
    __table_args__ = (
        Index("ix_change_set_due", "publish_at", postgresql_where=text("state = 'approved'")),
        Index(
            "ix_change_set_expiring",
            "expires_at",
            postgresql_where=text("state = 'published' AND expired_release IS NULL"),
        ),
    )

    id: Mapped[int] = running_number()
    title: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default="")
    """Why; required from the submission on."""
    state: Mapped[str] = mapped_column(server_default="draft", index=True)
    """draft, submitted, approved (waits for its time), published, withdrawn."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    """Grows with every change of the set or of an edit of it: who decides, decides on what he saw."""
    created_by: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=NOW)
    changed_at: Mapped[datetime] = mapped_column(server_default=NOW)
    editors: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    """Everybody who ever edited or submitted it, edits taken back included: none of them may approve."""
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    submitted_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None]
    refusal: Mapped[str | None]
    """Why it was sent back to its editors, the last time."""
    override_reason: Mapped[str | None]
    """Why it was approved although something that was right before would no longer be."""
    publish_at: Mapped[datetime | None]
    """When it is to be live; none: at once."""
    expires_at: Mapped[datetime | None]
    """When its edits are undone."""
    published_at: Mapped[datetime | None]
    published_release: Mapped[int | None] = mapped_column(BigInteger)
    expired_release: Mapped[int | None] = mapped_column(BigInteger)
    """The release that undid it."""
    trouble: Mapped[dict[str, Any] | None]
    """Why the hour came and it could not be published or undone; a person has to look."""
    passed_gate: Mapped[dict[str, Any] | None]
    """`release`: beside which the gate was asked at the approval; `objections`: what it said and was overruled."""


class ChangeEdit(Base):
    """How one entry is to read. `before` and `after` are the entry's own text; both of one that is changed."""

    __tablename__ = "change_edit"
    __table_args__ = (UniqueConstraint("change_set_id", "path", "kind", "key"), Index(None, "path", "kind", "key"))

    id: Mapped[int] = running_number()
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id", ondelete="CASCADE"))
    path: Mapped[str]
    """Below the data folder."""
    kind: Mapped[str]
    key: Mapped[str]
    before: Mapped[str | None]
    """None: a new entry."""
    after: Mapped[str | None]
    """None: the entry is withdrawn."""
    follows: Mapped[str | None]
    """Key of the entry behind which a new one goes; empty: the first place; none: the last."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    edited_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    edited_at: Mapped[datetime] = mapped_column(server_default=NOW)
