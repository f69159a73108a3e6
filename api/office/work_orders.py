"""Work orders: what another department is asked to see to, with the fields of a 12345 line, in working days."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, asc, desc, insert, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import LOCAL, DeskHours
from api.db.models import StaffMember, WorkOrder, WorkOrderEvent
from api.desk.deadlines import closing
from api.office.tasks import within
from api.staff.accounts import Staff
from api.staff.audit import note
from bot.masking import mask
from knowledge.working_days import due_after

LIMITS = {"ask": 3, "help": 3, "complaint": 13, "report": 13, "advice": 13, "praise": 13}
"""Categories with their working days, as a city's rule for its 12345 line has them; the counselor may choose others."""
CATEGORIES = tuple(LIMITS)
URGENCIES = ("normal", "urgent", "most_urgent")
State = Literal["open", "late", "closed", "all"]
STATES: tuple[State, ...] = get_args(State)
MOST_DAYS = 60
LONGEST_TITLE, LONGEST = 60, 2000
ON_A_PAGE = 100


@dataclass(frozen=True)
class Given:
    """What a counselor wrote. form: the number of the form, so that sending it twice makes one order."""

    form: uuid.UUID
    conversation: uuid.UUID | None
    channel: str
    asker: str
    region: str | None
    category: str
    urgency: str
    topic: str | None
    case_no: str | None
    title: str
    content: str
    department: str
    dispatch_note: str
    is_confidential: bool
    wants_reply: bool
    working_days: int


def days_of(written: str) -> int:
    """The working days that a form gives to an order; 0 for what is no number of them, or too many."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= len(str(MOST_DAYS))
    return int(written) if is_number and int(written) <= MOST_DAYS else 0


def name_of(number: int, made_at: datetime) -> str:
    """The number by which people name it: GD20261123-0007."""
    return f"GD{made_at.astimezone(LOCAL):%Y%m%d}-{number:04d}"


def due_day(hours: DeskHours, start: date, working_days: int) -> tuple[date, datetime]:
    """The last working day, and the moment on it when the desk closes."""
    day = due_after(start, working_days, hours.calendar).day
    return day, closing(hours, day)


async def make(connection: AsyncConnection, staff: Staff, given: Given, hours: DeskHours, now: datetime) -> int:
    """Writes it, masked; a form that was sent before gives the order that it made."""
    due_on, due_at = due_day(hours, now.astimezone(LOCAL).date(), given.working_days)
    masked = {name: mask(getattr(given, name)).text for name in ("title", "content", "department", "dispatch_note")}
    values = {
        "conversation_id": given.conversation,
        "form": given.form,
        **{name: getattr(given, name) for name in ("channel", "asker", "region", "category", "urgency", "topic")},
        **{name: getattr(given, name) for name in ("case_no", "is_confidential", "wants_reply")},
        **masked,
        "made_by": staff.id,
        "made_at": now,
        "limit_working_days": given.working_days,
        "due_on": due_on,
        "due_at": due_at,
    }
    once = upsert(WorkOrder).values(**values).on_conflict_do_nothing(index_elements=["form"]).returning(WorkOrder.id)
    number: int | None = (await connection.execute(once)).scalar_one_or_none()
    if number is None:
        before = select(WorkOrder.id).where(WorkOrder.form == given.form)
        return int((await connection.execute(before)).scalar_one())
    await add_event(connection, number, staff, "made", masked["dispatch_note"], now)
    await note(connection, staff, "order.made", f"work_order:{number}", department=masked["department"])
    return number


async def add_event(
    connection: AsyncConnection, number: int, staff: Staff | None, act: str, words: str, now: datetime
) -> None:
    """One more line of its history."""
    row = {"order_id": number, "at": now, "staff_id": staff.id if staff else None, "act": act, "words": words}
    await connection.execute(insert(WorkOrderEvent).values(**row))


async def orders(
    connection: AsyncConnection, staff: Staff, state: State, now: datetime, after: int = 0, most: int = ON_A_PAGE + 1
) -> Sequence[Any]:
    """Those that are his business: open ones by their day, others newest first."""
    w = WorkOrder
    wanted = select(w.__table__, StaffMember.name).join(StaffMember, StaffMember.id == w.made_by).where(visible(staff))
    match state:
        case "open":
            wanted = wanted.where(w.closed_at.is_(None))
        case "late":
            wanted = wanted.where(w.closed_at.is_(None), w.due_at < now)
        case "closed":
            wanted = wanted.where(w.closed_at.is_not(None))
    is_by_day = state in ("open", "late")
    order = (asc(w.due_at), asc(w.id)) if is_by_day else (desc(w.id),)
    return (await connection.execute(wanted.order_by(*order).offset(after).limit(most))).all()


async def order(connection: AsyncConnection, staff: Staff, number: int) -> Any | None:
    """One of them, or None."""
    w = WorkOrder
    wanted = select(w.__table__, StaffMember.name).join(StaffMember, StaffMember.id == w.made_by)
    return (await connection.execute(wanted.where(w.id == number, visible(staff)))).one_or_none()


async def history(connection: AsyncConnection, number: int) -> Sequence[Any]:
    """What happened to it, oldest first."""
    e = WorkOrderEvent
    wanted = select(e.at, e.act, e.words, StaffMember.name).outerjoin(StaffMember, StaffMember.id == e.staff_id)
    return (await connection.execute(wanted.where(e.order_id == number).order_by(e.id))).all()


def visible(staff: Staff) -> ColumnElement[bool]:
    """Whether an order is his business: by its place, and a confidential one only for its author and the leads."""
    here = within(staff, WorkOrder.region)
    if staff.may("desk.lead"):
        return here
    return here & or_(WorkOrder.is_confidential.is_(False), WorkOrder.made_by == staff.id)
