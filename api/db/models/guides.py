"""Guides as the office brought them in: their own text, section by section; and Excel files that wait for a yes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class GuideVersion(Base):
    """One text of one guide. It is read to veterans once a second person released it, until a newer one is."""

    __tablename__ = "guide_version"
    __table_args__ = (
        UniqueConstraint("guide", "version", name="uq_guide_version"),
        Index("ix_guide_version_released", "guide", postgresql_where=text("released_at IS NOT NULL")),
    )

    id: Mapped[int] = running_number()
    province: Mapped[str]
    """Folder of the province in the data."""
    guide: Mapped[str]
    """Id of the guide in the data of that province."""
    version: Mapped[int]
    """From 1, by guide."""
    file_name: Mapped[str]
    digest: Mapped[bytes]
    """SHA-256 of the whole text, so that the same text is not brought in twice."""
    imported_at: Mapped[datetime] = mapped_column(server_default=NOW)
    imported_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class GuideText(Base):
    """A section of a guide's text, with the guide's own number."""

    __tablename__ = "guide_section"

    version_id: Mapped[int] = mapped_column(ForeignKey("guide_version.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    """From 1, in the order of the text."""
    number: Mapped[str]
    """As entries cite it: 二1(3), 附件2 五."""
    title: Mapped[str]
    text: Mapped[str]
    digest: Mapped[bytes]
    """SHA-256 of the text without its spaces, by which two versions are compared."""


class SheetImport(Base):
    """What an Excel file would change, kept for a day until its reader says yes."""

    __tablename__ = "sheet_import"
    __table_args__ = (Index("ix_sheet_import_made_at", "made_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    province: Mapped[str]
    file_name: Mapped[str]
    difference: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime] = mapped_column(server_default=NOW)
    change_set: Mapped[int | None] = mapped_column(ForeignKey("change_set.id"))
    """Number of the change set that it became."""
