"""Questions without a good answer, grouped by meaning; what editors made of them; how often entries are used."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class QuestionGroup(Base):
    """Questions that mean the same. It is made by the first of them and never changes, so that a group stays what it
    is from day to day. It holds no words: they stand in the transcript alone, and go with it."""

    __tablename__ = "question_group"
    __table_args__ = (Index(None, "province"),)

    id: Mapped[int] = running_number()
    province: Mapped[str | None]
    """Id of the province; none where none is known."""
    meaning: Mapped[bytes | None]
    """The vector of the first question, 96 numbers of a byte; none where there was no embedding."""
    words: Mapped[bytes]
    """Digest of the first question's words."""
    nearest: Mapped[str | None]
    """Knowledge id of the entry to which the first question came nearest then: two that come nearest to the same one
    mean the same at a smaller likeness."""
    made_at: Mapped[datetime] = mapped_column(server_default=NOW)


class OpenQuestion(Base):
    """A reply of the bot that did not help, by its row in the transcript; it goes with it."""

    __tablename__ = "open_question"
    __table_args__ = (Index(None, "group_id"), Index(None, "at"))

    reply_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("transcript.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    group_id: Mapped[int] = mapped_column(ForeignKey("question_group.id", ondelete="CASCADE"))
    how: Mapped[str]
    """`not_understood`, `unstated`, or `marked`: answered, and somebody says wrongly."""
    at: Mapped[datetime]


class QuestionDecision(Base):
    """What an editor made of a group. The last one counts, unless it was taken back."""

    __tablename__ = "question_decision"
    __table_args__ = (Index(None, "group_id"), Index(None, "change_set_id"))

    id: Mapped[int] = running_number()
    group_id: Mapped[int] = mapped_column(ForeignKey("question_group.id", ondelete="CASCADE"))
    how: Mapped[str]
    """`phrasing` of an entry, `faq`, or `nothing`."""
    path: Mapped[str | None]
    kind: Mapped[str | None]
    key: Mapped[str | None]
    change_set_id: Mapped[int | None] = mapped_column(ForeignKey("change_set.id"))
    reason: Mapped[str | None]
    """Why nothing is to be done."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(server_default=NOW)
    taken_back_at: Mapped[datetime | None]


class EntryUse(Base):
    """How often the bot said a fact on a day, under each release. Nothing personal is in it."""

    __tablename__ = "entry_use"
    __table_args__ = (Index(None, "knowledge_id"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    knowledge_id: Mapped[str] = mapped_column(primary_key=True)
    release: Mapped[str] = mapped_column(primary_key=True)
    """Its name, as the transcript has it."""
    uses: Mapped[int]


class ReadUpTo(Base):
    """How far the transcript was looked through for both. One row."""

    __tablename__ = "questions_read"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    transcript_id: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[datetime] = mapped_column(server_default=NOW)
    """From when on uses are counted."""
