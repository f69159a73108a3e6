"""Who may see a case: the proof, and the locks against guessing."""

from __future__ import annotations

import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.sealing import Sealer
from api.db.models import CaseFile, WrongProof

TRIES_OF_A_SENDER = 5
SENDER_WINDOW = timedelta(minutes=15)
TRIES_AT_A_CASE = 10
CASE_WINDOW = timedelta(hours=24)


def last_four_index(sealer: Sealer, case_no: str, last_four: str) -> bytes:
    """What is stored of the last four characters: bound to the case, so that equal endings look different."""
    return sealer.index(f"{case_no}\0{last_four.upper()}", "last_four")


@dataclass(frozen=True)
class Proof:
    """What somebody brings forward to see a case."""

    conversation: uuid.UUID
    case_no: str
    last_four: str


async def locked_until(connection: AsyncConnection, proof: Proof, sealer: Sealer, now: datetime) -> datetime | None:
    """Until when this sender, or this case for strangers, is closed after too many wrong proofs; None when open.

    The sender is closed at the 5th wrong try for 15 minutes, the case at the 10th in 24 hours. A conversation that
    is bound to the case never gets here.
    """
    sender = WrongProof.conversation_id == proof.conversation
    case = WrongProof.case_no_index == sealer.index(proof.case_no, "case_no")
    limits = ((sender, TRIES_OF_A_SENDER, SENDER_WINDOW), (case, TRIES_AT_A_CASE, CASE_WINDOW))
    ends = []
    for whose, tries, window in limits:
        counted = select(func.count(), func.min(WrongProof.at)).where(whose, WrongProof.at > now - window)
        count, oldest = (await connection.execute(counted)).one()
        if count >= tries:
            ends.append(oldest + window)
    return max(ends, default=None)


async def proved_case(connection: AsyncConnection, proof: Proof, sealer: Sealer) -> int | None:
    """The id of the case when the proof is right. A case that does not exist takes the same way and time."""
    wanted = select(CaseFile.id, CaseFile.last_four_index).where(CaseFile.case_no == proof.case_no)
    row = (await connection.execute(wanted)).one_or_none()
    stored = row.last_four_index if row else bytes(32)
    right = hmac.compare_digest(stored, last_four_index(sealer, proof.case_no, proof.last_four))
    return row.id if row and right else None
