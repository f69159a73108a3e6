"""Which counselors are there, and what becomes of the chats of those who are not."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.background import again_and_again
from api.db.models import Conversation, DeskEscalation, DeskVisit, PersonRequest, StaffMember, StaffSession
from api.desk.ownership import NotThere, Refused, give_back
from api.desk.queue import DISTRESS, Patience
from api.staff.accounts import Staff, staff_of
from api.staff.audit import note
from api.staff.events import announce
from api.staff.rights import RIGHTS
from api.staff.sessions import IDLE, LONGEST
from bot.message import Owner
from knowledge.regions import Regions

AWAY_AFTER = timedelta(minutes=10)
"""Without any act of his, a counselor counts as gone."""
LOOK_EVERY_SECONDS = 3.0
MINUTE = timedelta(minutes=1)
"""So often pages show anew how long somebody has waited."""
UNCLAIMED = (
    PersonRequest.cancelled_at.is_(None),
    PersonRequest.claimed_at.is_(None),
    PersonRequest.closed_at.is_(None),
)


def is_present(now: datetime) -> ColumnElement[bool]:
    """Somebody who takes chats: on shift, signed in at some browser, and he did something not long ago."""
    signed_in = exists().where(
        StaffSession.staff_id == StaffMember.id,
        StaffSession.ended_at.is_(None),
        StaffSession.created_at > now - LONGEST,
        StaffSession.last_used_at > now - IDLE,
    )
    return and_(
        StaffMember.is_active,
        StaffMember.on_shift,
        StaffMember.last_seen_at > now - AWAY_AFTER,
        signed_in,
    )


async def set_shift(connection: AsyncConnection, staff: Staff, is_on: bool, now: datetime) -> None:
    """Begins or ends his taking of chats."""
    mine = update(StaffMember).where(StaffMember.id == staff.id)
    await connection.execute(mine.values(on_shift=is_on, last_seen_at=now))
    await announce(connection, "queue")
    await note(connection, staff, "desk.shift_on" if is_on else "desk.shift_off", f"staff:{staff.login}")


async def colleagues(connection: AsyncConnection, now: datetime) -> list[Staff]:
    """All who take chats now."""
    allowed = list(RIGHTS["desk.work"])
    wanted = select(StaffMember.__table__).where(is_present(now), StaffMember.roles.overlap(allowed))
    return [staff_of(row) for row in (await connection.execute(wanted.order_by(StaffMember.name))).all()]


async def is_served(connection: AsyncConnection, region: str, regions: Regions) -> bool:
    """Whether anybody at all takes chats for a place, now or later, so that nobody is sent where no one ever looks."""
    allowed = list(RIGHTS["desk.work"])
    wanted = select(StaffMember.__table__).where(StaffMember.is_active, StaffMember.roles.overlap(allowed))
    return any(staff_of(row).covers(region, regions) for row in (await connection.execute(wanted)).all())


async def is_taking_chats(connection: AsyncConnection, staff: Staff, now: datetime) -> bool:
    """Whether he is one of them."""
    mine = select(StaffMember.id).where(StaffMember.id == staff.id, is_present(now))
    return (await connection.execute(mine)).first() is not None


class DeskWatch:
    """Looks every few seconds after chats that nobody sees to."""

    def __init__(
        self, engine: AsyncEngine, patience: Callable[[], Patience], told: str, clock: Callable[[], datetime]
    ) -> None:
        """told: what a person is told whose counselor went away."""
        self._engine = engine
        self._patience = patience
        self._told = told
        self._clock = clock
        self._rang_at: datetime | None = None

    async def run(self) -> None:
        """Looks until cancelled."""
        await again_and_again(self.look, LOOK_EVERY_SECONDS, "desk_watch_pauses")

    async def look(self) -> None:
        """One look."""
        now = self._clock()
        await self._end_shifts(now)
        await self._close_gone()
        for staff, conversation in await self._left_alone(now):
            await self._give_back(staff, conversation)
        await self._escalate(now)
        if self._rang_at is None or now - self._rang_at >= MINUTE:
            self._rang_at = now
            async with self._engine.begin() as connection:
                if (await connection.execute(select(PersonRequest.id).where(*UNCLAIMED).limit(1))).first():
                    await announce(connection, "queue")

    async def _end_shifts(self, now: datetime) -> None:
        async with self._engine.begin() as connection:
            gone = update(StaffMember).where(StaffMember.on_shift, ~is_present(now))
            if (await connection.execute(gone.values(on_shift=False).returning(StaffMember.id))).all():
                await announce(connection, "queue")

    async def _close_gone(self) -> None:
        """Visits in conversations that the counselor lost, because the person deleted what was kept of him."""
        async with self._engine.begin() as connection:
            lost = select(Conversation.id).where(Conversation.owner != Owner.COUNSELOR)
            visits = update(DeskVisit).where(DeskVisit.left_at.is_(None), DeskVisit.conversation_id.in_(lost))
            await connection.execute(visits.values(left_at=text("now()"), how="gone"))

    async def _left_alone(self, now: datetime) -> Sequence[tuple[Staff, uuid.UUID]]:
        wanted = (
            select(StaffMember.__table__, DeskVisit.conversation_id)
            .join(DeskVisit, DeskVisit.staff_id == StaffMember.id)
            .where(DeskVisit.left_at.is_(None), ~is_present(now))
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(wanted)).all()
        return [(staff_of(row), row.conversation_id) for row in rows]

    async def _give_back(self, staff: Staff, conversation: uuid.UUID) -> None:
        """In a transaction of its own, because each holds its conversation and then the log."""
        try:
            async with self._engine.begin() as connection:
                await give_back(connection, staff, conversation, "away", self._told)
        except (NotThere, Refused):
            return

    async def _escalate(self, now: datetime) -> None:
        """Notes those who waited too long, once each."""
        patience = self._patience()
        wanted = (
            select(PersonRequest.id, PersonRequest.conversation_id, PersonRequest.reason, PersonRequest.requested_at)
            .outerjoin(DeskEscalation, DeskEscalation.request_id == PersonRequest.id)
            .where(*UNCLAIMED, DeskEscalation.request_id.is_(None))
            .with_for_update(of=PersonRequest, skip_locked=True)
        )
        async with self._engine.begin() as connection:
            for row in (await connection.execute(wanted)).all():
                minutes = patience.waited(row.requested_at, now, row.reason == DISTRESS)
                if patience.tone(minutes) == "late":
                    await connection.execute(insert(DeskEscalation).values(request_id=row.id))
                    detail = {"request": row.id, "minutes": minutes}
                    await note(connection, None, "desk.escalate", f"conversation:{row.conversation_id}", **detail)
