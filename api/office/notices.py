"""Switches the bot off and on, and puts up urgent notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import desc, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import NOW, ServiceNotice, StaffMember
from api.staff.accounts import Staff
from api.staff.audit import note
from bot.notices import NoticeKind

CHANNELS = ("hotline", "web", "telegram", "wechat", "terminal")
LONGEST = 200
"""Characters of a notice: it is read aloud over the telephone, too."""


async def standing(connection: AsyncConnection) -> Sequence[Any]:
    """All that hold, newest first, with the name of whoever put them up."""
    n = ServiceNotice
    wanted = (
        select(n.id, n.kind, n.channels, n.text, n.begins_at, n.ends_at, StaffMember.name)
        .join(StaffMember, StaffMember.id == n.created_by)
        .where(n.withdrawn_at.is_(None), or_(n.ends_at.is_(None), n.ends_at > NOW))
    )
    return (await connection.execute(wanted.order_by(desc(n.id)))).all()


async def put_up(
    connection: AsyncConnection,
    staff: Staff,
    kind: NoticeKind,
    channels: Sequence[str],
    text: str,
    ends_at: datetime | None,
) -> None:
    """It holds from the end of this transaction on, in all processes. channels: none for all."""
    made = insert(ServiceNotice).values(
        kind=kind, channels=list(channels), text=text, ends_at=ends_at, created_by=staff.id
    )
    number = (await connection.execute(made.returning(ServiceNotice.id))).scalar_one()
    until = ends_at.isoformat() if ends_at else None
    await note(connection, staff, f"switch.{kind}", f"notice:{number}", channels=list(channels), text=text, until=until)


async def withdraw(connection: AsyncConnection, staff: Staff, number: int) -> bool:
    """Takes it back; False when it did not hold any more."""
    mine = update(ServiceNotice).where(ServiceNotice.id == number, ServiceNotice.withdrawn_at.is_(None))
    kind = (await connection.execute(mine.values(withdrawn_at=NOW).returning(ServiceNotice.kind))).scalar_one_or_none()
    if kind is not None:
        await note(connection, staff, "switch.withdraw", f"notice:{number}", kind=kind)
    return kind is not None
