"""What the desk owes people who do not wait in a chat: calls, work by other departments, chats handed on."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import NOW, Base, running_number


class CallBack(Base):
    """A call that was promised. A conversation has one open promise at most; the number goes when it is closed."""

    __tablename__ = "call_back"
    __table_args__ = (
        Index("uq_call_back_open", "conversation_id", unique=True, postgresql_where=text("closed_at IS NULL")),
        Index("ix_call_back_due", "due_at", postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    sealed: Mapped[bytes | None]
    source: Mapped[str]
    """`given` by the person, or the `line` that he was calling from."""
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(server_default="0")
    last_try_at: Mapped[datetime | None]
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    escalated_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """`done`, `unreached` after the last try, or `cancelled` by the person."""
    said: Mapped[str | None]
    """What came of it, in the counselor's masked words."""


class DeskReferral(Base):
    """A chat handed to a colleague or to another centre, and what that one should know. A place or a person."""

    __tablename__ = "desk_referral"
    __table_args__ = (Index(None, "conversation_id"),)

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    to_staff: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    to_region: Mapped[str | None]
    note: Mapped[str]
    """Masked."""
    at: Mapped[datetime] = mapped_column(server_default=NOW)


class WorkOrder(Base):
    """What another department is asked to see to. All words are masked."""

    __tablename__ = "work_order"
    __table_args__ = (
        Index("ix_work_order_due", "due_at", postgresql_where=text("closed_at IS NULL")),
        Index(None, "conversation_id"),
    )

    id: Mapped[int] = running_number()
    conversation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("conversation.id", ondelete="SET NULL"))
    """Null when it came over the counter or the telephone."""
    form: Mapped[uuid.UUID] = mapped_column(unique=True)
    """Number of the form that made it, so that sending it twice makes one."""
    channel: Mapped[str]
    asker: Mapped[str] = mapped_column(server_default="self")
    region: Mapped[str | None]
    category: Mapped[str]
    urgency: Mapped[str]
    topic: Mapped[str | None]
    """Id of the item that it is about."""
    case_no: Mapped[str | None]
    title: Mapped[str]
    content: Mapped[str]
    is_confidential: Mapped[bool]
    wants_reply: Mapped[bool]
    department: Mapped[str]
    dispatch_note: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="sent")
    """`sent`, `working`, `returned`, `answered` or `withdrawn`."""
    made_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    limit_working_days: Mapped[int]
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    escalated_at: Mapped[datetime | None]
    result: Mapped[str | None]
    told_at: Mapped[datetime | None]
    """When the veteran was told the result."""
    closed_at: Mapped[datetime | None]


class WorkOrderEvent(Base):
    """Something that happened to a work order, in the order in which it did."""

    __tablename__ = "work_order_event"
    __table_args__ = (Index(None, "order_id"),)

    id: Mapped[int] = running_number()
    order_id: Mapped[int] = mapped_column(ForeignKey("work_order.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    act: Mapped[str]
    words: Mapped[str]
