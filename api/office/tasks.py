"""What counselors see to without a chat waiting for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, asc, desc, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import NOW, CaseFile, DeskTask, StaffMember
from api.staff.accounts import Staff
from api.staff.audit import note
from bot.masking import mask

KINDS = ("unrecognised_status", "low_rating", "overdue_item")
LONGEST_OUTCOME = 300
ON_A_PAGE = 50


async def tasks(
    connection: AsyncConnection, staff: Staff, *, are_done: bool, kind: str = "", after: int = 0
) -> Sequence[Any]:
    """One more than a page of his tasks, so that it shows whether there are more.

    Open ones oldest first, done ones newest first. after: the last one of the page before.
    """
    t = DeskTask
    wanted = (
        select(t.id, t.kind, t.region, t.detail, t.created_at, t.done_at, t.outcome, CaseFile.case_no, StaffMember.name)
        .outerjoin(CaseFile, CaseFile.id == t.case_id)
        .outerjoin(StaffMember, StaffMember.id == t.done_by)
        .where(t.done_at.is_not(None) if are_done else t.done_at.is_(None), within(staff, t.region))
        .order_by(desc(t.id) if are_done else asc(t.id))
        .limit(ON_A_PAGE + 1)
    )
    if kind:
        wanted = wanted.where(t.kind == kind)
    if after:
        wanted = wanted.where(t.id < after if are_done else t.id > after)
    return (await connection.execute(wanted)).all()


async def open_tasks(connection: AsyncConnection, staff: Staff) -> dict[str, int]:
    """How many of each kind wait for him."""
    counted = select(DeskTask.kind, func.count().label("waiting")).where(
        DeskTask.done_at.is_(None), within(staff, DeskTask.region)
    )
    rows = (await connection.execute(counted.group_by(DeskTask.kind))).all()
    return {row.kind: row.waiting for row in rows}


async def finish(connection: AsyncConnection, staff: Staff, number: int, outcome: str) -> bool:
    """Notes in masked words what became of it; False when somebody else did, or it is not his business."""
    mine = update(DeskTask).where(DeskTask.id == number, DeskTask.done_at.is_(None), within(staff, DeskTask.region))
    done = mine.values(done_at=NOW, done_by=staff.id, outcome=mask(outcome).text).returning(DeskTask.kind)
    kind = (await connection.execute(done)).scalar_one_or_none()
    if kind is not None:
        await note(connection, staff, "task.done", f"task:{number}", kind=kind)
    return kind is not None


def within(staff: Staff, region: Any) -> ColumnElement[bool]:
    """Whether a place is his business: as `Staff.covers` says it, for the database."""
    if not staff.regions:
        return or_(region.is_(None), region.is_not(None))
    return or_(region.is_(None), *(region.startswith(_prefix(code)) for code in staff.regions))


def _prefix(code: str) -> str:
    """What the adcodes of a place and all places in it begin with."""
    while code.endswith("00"):
        code = code[:-2]
    return code
