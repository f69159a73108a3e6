"""What became of a decision, as it is told on a page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import ChangeSet, QuestionDecision, StaffMember


async def decided(connection: AsyncConnection, number: int) -> Any | None:
    """Who did what and when: how, reason, by, at, and the change set with its state."""
    d = QuestionDecision
    wanted = (
        select(
            d.how,
            d.reason,
            d.at,
            d.path,
            d.kind,
            d.key,
            StaffMember.name.label("by"),
            ChangeSet.id.label("change_set"),
            ChangeSet.title,
            ChangeSet.state,
        )
        .join(StaffMember, StaffMember.id == d.staff_id)
        .outerjoin(ChangeSet, ChangeSet.id == d.change_set_id)
        .where(d.id == number)
    )
    return (await connection.execute(wanted)).one_or_none()
