"""What is done with a work order until the veteran has his answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import LOCAL, DeskHours
from api.db.models import WorkOrder
from api.desk.ownership import NotThere, Refused, held
from api.desk.saying import as_counselor, as_system, say
from api.office.work_orders import add_event, due_day, name_of, visible
from api.staff.accounts import Staff
from api.staff.audit import note
from bot.masking import mask
from bot.wording import Wording

Act = Literal["working", "urge", "extend", "returned", "resent", "answered", "withdrawn", "visit", "reopened"]
ACTS: tuple[Act, ...] = get_args(Act)
OPEN = ("sent", "working", "returned")
ALLOWED: dict[Act, tuple[str, ...]] = {
    "working": ("sent",),
    "urge": OPEN,
    "extend": ("sent", "working"),
    "returned": ("sent", "working"),
    "resent": ("returned",),
    "answered": ("sent", "working"),
    "withdrawn": OPEN,
    "visit": ("answered",),
    "reopened": ("answered",),
}
"""In which states each may be done."""
LEADS_TO: dict[Act, str] = {
    "working": "working",
    "returned": "returned",
    "resent": "sent",
    "answered": "answered",
    "withdrawn": "withdrawn",
    "reopened": "working",
}
NEEDS_WORDS = ("urge", "extend", "returned", "answered", "withdrawn", "visit", "reopened")
NEEDS_DAYS = ("extend", "reopened")


@dataclass(frozen=True)
class Work:
    """What is done. written: the reason, or for `answered` the result in plain words, which the veteran is told.

    days: working days more. department: for `resent`, the one that is asked now.
    """

    act: Act
    written: str
    days: int = 0
    department: str = ""


async def do(
    connection: AsyncConnection,
    staff: Staff,
    hours: DeskHours,
    words: Wording,
    number: int,
    work: Work,
    now: datetime,
) -> None:
    """Does it once. Raises NotThere; Refused, when the order's state does not allow it; Unsayable."""
    act, written, days = work.act, work.written, work.days
    locked = select(WorkOrder.__table__).where(WorkOrder.id == number, visible(staff)).with_for_update()
    row = (await connection.execute(locked)).one_or_none()
    if row is None:
        raise NotThere
    if row.status not in ALLOWED[act]:
        raise Refused("order.not_now")
    masked = mask(written).text
    values: dict[str, Any] = {"status": LEADS_TO[act]} if act in LEADS_TO else {}
    if act in ("answered", "withdrawn"):
        values["closed_at"] = now
    if act in NEEDS_DAYS:
        start = max(row.due_on, now.astimezone(LOCAL).date()) if act == "extend" else now.astimezone(LOCAL).date()
        values["due_on"], values["due_at"] = due_day(hours, start, days)
        values["escalated_at"] = None
    if act == "reopened":
        values["closed_at"] = None
    if act == "resent" and work.department:
        values["department"] = mask(work.department).text
    if act == "answered":
        values["result"] = masked
        if await _tell(connection, words, row, written):
            values["told_at"] = now
    if values:
        await connection.execute(update(WorkOrder).where(WorkOrder.id == number).values(**values))
    said = words.say("order.more_days", words=masked, days=days) if act in NEEDS_DAYS else masked
    await add_event(connection, number, staff, act, said, now)
    await note(connection, staff, f"order.{act}", f"work_order:{number}")


async def _tell(connection: AsyncConnection, words: Wording, row: Any, written: str) -> bool:
    """Tells the veteran where he asked, if he wants to know and can be told."""
    if row.conversation_id is None or not row.wants_reply:
        return False
    plain = as_counselor(written).text
    conversation, _ = await held(connection, row.conversation_id)
    number, department = name_of(row.id, row.made_at), row.department
    told = words.say("order.told.answered", title=row.title, department=department, result=plain, number=number)
    await say(connection, conversation, "system", as_system(told))
    return True
