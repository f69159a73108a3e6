"""What was done in the studio, as the log has it: all, or what concerns one entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import AuditEntry, ChangeEdit
from knowledge.entry_kinds import EntryName

ACTS = ("change", "release", "inbox", "guide", "studio")
"""What the names of acts of the studio begin with."""
NOT_SHOWN = "inbox.view"
ON_A_PAGE = 50


async def acts(connection: AsyncConnection, name: EntryName | None, before: int) -> Sequence[Any]:
    """One more than a page, newest first. name: an entry; what was done with a set that changes it counts as well.

    before: only what is older than this entry of the log.
    """
    a = AuditEntry
    wanted = select(a.id, a.at, a.login, a.act, a.object, a.reason, a.detail).where(
        a.id < before, or_(*(a.act.startswith(f"{one}.") for one in ACTS)), a.act != NOT_SHOWN
    )
    if name:
        sets = select(func.concat("change_set:", ChangeEdit.change_set_id)).where(
            ChangeEdit.path == name.path, ChangeEdit.kind == name.kind, ChangeEdit.key == name.key
        )
        named = a.detail["entries"].contains(cast([" ".join(name)], JSONB))
        wanted = wanted.where(or_(named, a.object.in_(sets)))
    return (await connection.execute(wanted.order_by(a.id.desc()).limit(ON_A_PAGE + 1))).all()
