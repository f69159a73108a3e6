"""What change sets would change: the last look at each, under way or done."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import Base


class Impact(Base):
    """A look at a draft beside what is published. One for each change set, so that the last stands."""

    __tablename__ = "impact"

    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id", ondelete="CASCADE"), primary_key=True)
    run: Mapped[uuid.UUID]
    """Changes when somebody starts anew: who works for an older one writes nothing more."""
    version: Mapped[int]
    """The change set's, as it was looked at; of another one it tells nothing."""
    release: Mapped[int] = mapped_column(BigInteger)
    """The published one beside which it was looked at."""
    started_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    """The last sign of life of a look under way: its process may have ended."""
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int] = mapped_column(server_default="0")
    finished_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None]
    """All but what differs for real questions."""


class ImpactQuestion(Base):
    """What would be said otherwise to one real question. It holds no word of the question, but a reply may repeat one:
    so it goes with the question when its asker deletes his data."""

    __tablename__ = "impact_question"
    __table_args__ = (Index(None, "transcript_id"),)

    change_set_id: Mapped[int] = mapped_column(
        ForeignKey("impact.change_set_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    transcript_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("transcript.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    difference: Mapped[dict[str, Any]]
    """province, then, how, old and new, as `api.impact.beside` tells them."""
