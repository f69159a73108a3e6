"""Releases of the knowledge. Triggers refuse every change of what a release is made of; each new one rings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class KnowledgeBlob(Base):
    """The content of a file, kept once however many releases have it."""

    __tablename__ = "knowledge_blob"

    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class KnowledgeRelease(Base):
    """A published state of all files. The highest number is what is spoken from."""

    __tablename__ = "knowledge_release"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str]
    """`import`, `change` or `rollback`."""
    digest: Mapped[str]
    """As `release_of` names these files; a roll-back has that of the release which it restores."""
    reason: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(server_default=NOW)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    change_set: Mapped[int | None] = mapped_column(BigInteger)
    restores: Mapped[int | None] = mapped_column(ForeignKey("knowledge_release.number"))


class KnowledgeReleaseFile(Base):
    """A file of a release, its path below the data folder."""

    __tablename__ = "knowledge_release_file"

    release: Mapped[int] = mapped_column(ForeignKey("knowledge_release.number"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[bytes] = mapped_column(ForeignKey("knowledge_blob.sha256"))


class KnowledgeImport(Base):
    """A state of a folder of files that was looked at. The newest one of a folder says how far it was taken over."""

    __tablename__ = "knowledge_import"

    id: Mapped[int] = running_number()
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    folder: Mapped[str]
    """Machine and path."""
    digest: Mapped[str]
    release: Mapped[int | None] = mapped_column(ForeignKey("knowledge_release.number"))
    """What came of it; none where nothing was new."""


class KnowledgeImportFile(Base):
    """A file of such a state. What was found and not merged waits for a decision."""

    __tablename__ = "knowledge_import_file"

    import_id: Mapped[int] = mapped_column(ForeignKey("knowledge_import.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    merged: Mapped[bytes | None] = mapped_column(ForeignKey("knowledge_blob.sha256"))
    """The content as folder and releases last agreed on it; none: no such file."""
    found: Mapped[bytes | None] = mapped_column(ForeignKey("knowledge_blob.sha256"))
    """The content as it lay in the folder; none: no such file."""
