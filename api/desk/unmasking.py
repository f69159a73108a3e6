"""Personal numbers in clear, for a counselor who says why. Only what is still kept can be shown.

A number that somebody wrote in a chat is kept for ten minutes, and only the newest message's; after that nobody can
show it. The numbers of an applicant are kept with the case as long as the case is.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.applicant import id_number_place, phone_place
from api.conversations.sealing import Sealer, Unreadable
from api.conversations.vault import place
from api.db.models import CaseBinding, CaseFile, Vault
from api.staff.accounts import Staff
from api.staff.audit import note

LEAST_REASON, MOST_REASON = 4, 200
Kind = Literal["said", "id_number", "phone"]


def is_reason(written: str) -> bool:
    """Whether it can stand in the log as the reason."""
    return LEAST_REASON <= len(written) <= MOST_REASON and "\x00" not in written


@dataclass(frozen=True)
class Kept:
    """Something that can be shown. key: names it in a form; name: a placeholder, or the number of a case."""

    key: str
    kind: Kind
    name: str
    until: datetime | None = None


async def kept_of(connection: AsyncConnection, conversation: uuid.UUID) -> list[Kept]:
    """All that can be shown of a conversation now. Nothing is opened for that."""
    said = [
        Kept(f"said-{row.id}", "said", row.placeholder, row.expires_at)
        for row in await connection.execute(_said(conversation))
    ]
    cases: list[Kept] = []
    for row in await connection.execute(_cases(conversation)):
        cases.append(Kept(f"id_number-{row.id}", "id_number", row.case_no))
        if row.phone_sealed is not None:
            cases.append(Kept(f"phone-{row.id}", "phone", row.case_no))
    return [*said, *cases]


async def open_kept(
    connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, key: str, reason: str, sealer: Sealer
) -> str | None:
    """The value in clear, noted with its reason before it is shown; None when it is gone or was never there."""
    found = next((one for one in await kept_of(connection, conversation) if one.key == key), None)
    if found is None:
        return None
    number = int(key.partition("-")[2])
    try:
        value = await _opened(connection, conversation, found, number, sealer)
    except Unreadable:
        return None
    about = f"conversation:{conversation}"
    await note(connection, staff, "desk.unmask", about, reason=reason, what=found.kind, name=found.name)
    return value


async def _opened(connection: AsyncConnection, conversation: uuid.UUID, kept: Kept, number: int, sealer: Sealer) -> str:
    if kept.kind == "said":
        row: Row[Any] = next(one for one in await connection.execute(_said(conversation)) if one.id == number)
        return sealer.open(row.sealed, place(str(conversation), row.placeholder)).decode()
    row = next(one for one in await connection.execute(_cases(conversation)) if one.id == number)
    if kept.kind == "phone":
        return sealer.open(row.phone_sealed, phone_place(row.case_no)).decode()
    return sealer.open(row.id_number_sealed, id_number_place(row.case_no)).decode()


def _said(conversation: uuid.UUID) -> Any:
    columns = (Vault.id, Vault.placeholder, Vault.sealed, Vault.expires_at)
    mine = select(*columns).where(Vault.conversation_id == conversation, Vault.expires_at > text("now()"))
    return mine.order_by(Vault.id)


def _cases(conversation: uuid.UUID) -> Any:
    columns = (CaseFile.id, CaseFile.case_no, CaseFile.id_number_sealed, CaseFile.phone_sealed)
    mine = select(*columns).join(CaseBinding, CaseBinding.case_id == CaseFile.id)
    return mine.where(CaseBinding.conversation_id == conversation).order_by(CaseFile.id)
