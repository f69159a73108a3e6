"""What staff and those who were answered say of the questions in the inbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import AnswerMark, OpenQuestion, StaffMember
from api.office.tasks import within
from api.quality.marks import settle
from api.staff.accounts import Staff

MOST = 200


async def marks_of(connection: AsyncConnection, replies: Sequence[int]) -> dict[int, list[Any]]:
    """By the reply: verdict, right_text, note, by (none: the person himself), settled_at."""
    m = AnswerMark
    wanted = (
        select(m.transcript_id, m.verdict, m.right_text, m.note, m.at, m.settled_at, StaffMember.name.label("by"))
        .outerjoin(StaffMember, StaffMember.id == m.staff_id)
        .where(m.transcript_id.in_(replies), m.verdict != "up")
        .order_by(m.id)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in await connection.execute(wanted):
        found[row.transcript_id].append(row)
    return dict(found)


async def without_question(connection: AsyncConnection, staff: Staff) -> Sequence[Any]:
    """Marks of staff whose question is gone, because the person deleted his data: their own words are left."""
    m = AnswerMark
    wanted = (
        select(m.id, m.right_text, m.note, m.region, m.knowledge_ids, m.at, StaffMember.name.label("by"))
        .outerjoin(StaffMember, StaffMember.id == m.staff_id)
        .where(m.transcript_id.is_(None), m.verdict != "up", m.settled_at.is_(None), within(staff, m.region))
        .order_by(m.id.desc())
        .limit(MOST)
    )
    return (await connection.execute(wanted)).all()


async def settle_all(connection: AsyncConnection, staff: Staff, group: int, settled_as: str) -> None:
    """Notes with every mark of a group what was made of it."""
    mine = (
        select(AnswerMark.id)
        .join(OpenQuestion, OpenQuestion.reply_id == AnswerMark.transcript_id)
        .where(OpenQuestion.group_id == group, AnswerMark.settled_at.is_(None), AnswerMark.verdict != "up")
        .order_by(AnswerMark.id)
        .limit(MOST)
    )
    for number in (await connection.execute(mine)).scalars().all():
        await settle(connection, staff, number, settled_as)
