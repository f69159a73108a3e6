"""The log of what staff did and saw. Each entry carries the hash of the one before, so that a change shows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import cast, func, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import AuditEntry
from api.staff.accounts import Staff

BEGINNING = bytes(32)
"""What the first entry has in place of a hash before it."""
NOBODY = "-"
"""The login of an act that no account did."""
# One writer at a time, so that every entry follows another one.
LOCK = text("SELECT pg_advisory_xact_lock(7233195)")


@dataclass(frozen=True)
class Verified:
    """What a look at the whole log found.

    broken: id of the first entry that does not follow from the one before; None: all is as it was written.
    found: whether the hash that was asked for stands there.
    """

    entries: int
    newest: bytes
    broken: int | None
    found: bool


async def note(
    connection: AsyncConnection, staff: Staff | None, act: str, object: str, *, reason: str | None = None, **detail: Any
) -> None:
    """Writes an entry in this transaction. Call it last: it makes other writers wait until the transaction ends.

    staff: who did it; None for the command line and for a sign-in that failed. act: such as `desk.unmask`. object: what
    it was done to, such as `conversation:<id>`. detail: plain JSON, and never personal data.
    """
    await connection.execute(LOCK)
    # The database's own form of the detail is hashed, because that is what a later look will find.
    stored = text("SELECT hash FROM audit ORDER BY id DESC LIMIT 1")
    previous = (await connection.execute(stored)).scalar_one_or_none() or BEGINNING
    at, kept = (await connection.execute(select(func.clock_timestamp(), cast(detail, JSONB)))).one()
    entry = {
        "at": at,
        "staff_id": staff.id if staff else None,
        "login": staff.login if staff else NOBODY,
        "act": act,
        "object": object,
        "reason": reason,
        "detail": kept,
        "previous": previous,
    }
    await connection.execute(insert(AuditEntry).values(**entry, hash=_hash(entry)))


async def verify(connection: AsyncConnection, holds: bytes | None = None) -> Verified:
    """Reads the whole log again. holds: the newest hash of an earlier time; when it is gone, the end was cut off."""
    previous, entries, broken, found = BEGINNING, 0, None, holds in (None, BEGINNING)
    async with connection.stream(select(AuditEntry.__table__).order_by(AuditEntry.id)) as rows:
        async for row in rows:
            entry = dict(row._mapping)
            if broken is None and (entry["previous"] != previous or _hash(entry) != entry["hash"]):
                broken = entry["id"]
            previous, entries, found = entry["hash"], entries + 1, found or entry["hash"] == holds
    return Verified(entries, previous, broken, found)


def _hash(entry: dict[str, Any]) -> bytes:
    at: datetime = entry["at"]
    content = [
        entry["previous"].hex(),
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        *(entry[name] for name in ("staff_id", "login", "act", "object", "reason", "detail")),
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).digest()
