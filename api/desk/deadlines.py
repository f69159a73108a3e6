"""Clocks that run in working time: when something is due, how near that is, and who is told when it has passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.background import again_and_again
from api.conversations.desk_hours import LOCAL, DeskHours
from api.db.models import CallBack, WorkOrder
from api.desk.queue import Tone
from api.desk.working_time import working_minutes
from api.staff.audit import note
from api.staff.events import announce
from knowledge.working_days import DueDate, due_after

Owed = Literal["call", "order"]
WARNING_MINUTES: dict[Owed, int] = {"call": 120, "order": 390}
"""Working minutes before something is due from which on that is shown: two hours for a call, a day for a work order."""
LEAST_MINUTES_TODAY = 120
"""Something that comes with less of the working day left is due on the next one."""
LOOK_EVERY_SECONDS = 15.0
MINUTE = timedelta(minutes=1)
KINDS: tuple[tuple[Any, str], ...] = ((CallBack, "call_back"), (WorkOrder, "work_order"))


def closing(hours: DeskHours, day: date) -> datetime:
    """When the desk closes for the day."""
    return datetime.combine(day, hours.spans[-1][1], LOCAL)


def due_today_or_next(hours: DeskHours, now: datetime) -> DueDate:
    """The day by whose closing something small is done: today while enough of it is left, else the next working day."""
    today = now.astimezone(LOCAL).date()
    if hours.calendar.is_working_day(today):
        left = working_minutes(hours, now, closing(hours, today))
        if left >= LEAST_MINUTES_TODAY:
            return DueDate(today, not hours.calendar.is_announced(today))
    return due_after(today, 1, hours.calendar)


def minutes_left(hours: DeskHours, due: datetime, now: datetime) -> int:
    """Working minutes until then; below 0 once it has passed."""
    return working_minutes(hours, now, due) if now <= due else -max(1, working_minutes(hours, due, now))


def tone_of(hours: DeskHours, due: datetime, now: datetime, owed: Owed) -> Tone:
    """How it is shown."""
    if now > due:
        return "late"
    return "soon" if minutes_left(hours, due, now) <= WARNING_MINUTES[owed] else "fine"


class DeadlineWatch:
    """Looks every few seconds for promises that were not kept in time, and tells the leads of each once."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self._rang_at: datetime | None = None

    async def run(self) -> None:
        """Looks until cancelled."""
        await again_and_again(self.look, LOOK_EVERY_SECONDS, "deadline_watch_pauses")

    async def look(self) -> None:
        """One look. Open pages show once a minute anew how near everything is."""
        now = self._clock()
        async with self._engine.begin() as connection:
            is_any = [await _escalate(connection, table, name, now) for table, name in KINDS]
            if any(is_any) and (self._rang_at is None or now - self._rang_at >= MINUTE):
                self._rang_at = now
                await announce(connection, "queue")


async def _escalate(connection: AsyncConnection, table: Any, name: str, now: datetime) -> bool:
    """Notes what is late, once each. Tells whether anything is open at all."""
    late = update(table).where(table.closed_at.is_(None), table.escalated_at.is_(None), table.due_at < now)
    for number in (await connection.execute(late.values(escalated_at=now).returning(table.id))).scalars().all():
        await note(connection, None, "desk.escalate", f"{name}:{number}")
    return (await connection.execute(select(table.id).where(table.closed_at.is_(None)).limit(1))).first() is not None
