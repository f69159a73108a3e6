"""Sentences that counselors say often, each with a shortcut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import NOW, CannedReply, StaffMember
from api.office.tasks import within
from api.staff.accounts import Staff
from api.staff.audit import note

SHORTCUT = re.compile(r"[a-z0-9\u4e00-\u9fff]{1,12}")
LONGEST = 500


def plain(shortcut: str) -> str | None:
    """A shortcut as it is kept, without the slash that is typed before it; None when it cannot be one."""
    found = shortcut.strip().removeprefix("/").strip().lower()
    return found if SHORTCUT.fullmatch(found) else None


async def canned(connection: AsyncConnection, staff: Staff, beginning: str = "") -> Sequence[Any]:
    """Those for his places, by shortcut: id, shortcut, text, region, name of whoever wrote it.

    beginning: what he has typed of a shortcut.
    """
    c = CannedReply
    wanted = (
        select(c.id, c.shortcut, c.text, c.region, StaffMember.name)
        .join(StaffMember, StaffMember.id == c.created_by)
        .where(c.removed_at.is_(None), within(staff, c.region), c.shortcut.startswith(beginning, autoescape=True))
    )
    return (await connection.execute(wanted.order_by(c.shortcut))).all()


async def add(connection: AsyncConnection, staff: Staff, shortcut: str, said: str, region: str | None) -> bool:
    """Keeps one; False when the shortcut is taken."""
    row = insert(CannedReply).values(shortcut=shortcut, text=said, region=region, created_by=staff.id)
    there = text("removed_at IS NULL")
    once = row.on_conflict_do_nothing(index_elements=["shortcut"], index_where=there).returning(CannedReply.id)
    number = (await connection.execute(once)).scalar_one_or_none()
    if number is not None:
        await note(connection, staff, "canned.add", f"canned:{number}", shortcut=shortcut, text=said, region=region)
    return number is not None


async def remove(connection: AsyncConnection, staff: Staff, number: int) -> bool:
    """Takes one away; False when it was gone, or is not his business."""
    mine = update(CannedReply).where(
        CannedReply.id == number, CannedReply.removed_at.is_(None), within(staff, CannedReply.region)
    )
    gone = (await connection.execute(mine.values(removed_at=NOW).returning(CannedReply.shortcut))).scalar_one_or_none()
    if gone is not None:
        await note(connection, staff, "canned.remove", f"canned:{number}", shortcut=gone)
    return gone is not None
