"""What the desk owes beside the chats that wait: how many calls and work orders are open, near their day, or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import DeskHours
from api.db.models import CallBack, Conversation, WorkOrder
from api.desk.deadlines import Owed, tone_of
from api.office.tasks import within
from api.office.work_orders import visible
from api.staff.accounts import Staff

FAR = timedelta(days=30)
"""What is due later than this is neither near nor late."""


@dataclass(frozen=True)
class Duty:
    """One kind of them. late: their numbers."""

    kind: Owed
    address: str
    waiting: int
    soon: int
    late: tuple[int, ...]


async def open_duties(connection: AsyncConnection, staff: Staff, hours: DeskHours, now: datetime) -> list[Duty]:
    """Those that are this counselor's business."""
    code = func.coalesce(Conversation.desk_region, Conversation.state["region"]["code"].astext)
    calls = (
        select(CallBack.id, CallBack.due_at)
        .join(Conversation, Conversation.id == CallBack.conversation_id)
        .where(CallBack.closed_at.is_(None), within(staff, code))
    )
    orders = select(WorkOrder.id, WorkOrder.due_at).where(WorkOrder.closed_at.is_(None), visible(staff))
    asked: tuple[tuple[Owed, str, Any], ...] = (
        ("call", "/desk/call-backs", calls),
        ("order", "/desk/work-orders", orders),
    )
    found = []
    for kind, address, query in asked:
        rows = (await connection.execute(query)).all()
        tones = {row.id: tone_of(hours, row.due_at, now, kind) for row in rows if row.due_at < now + FAR}
        late = tuple(number for number, tone in tones.items() if tone == "late")
        found.append(Duty(kind, address, len(rows), sum(tone == "soon" for tone in tones.values()), late))
    return found
