"""Who may see a case: the proof, and the locks against guessing."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.sealing import Sealer
from api.db.models import CaseFile, WrongProof

TRIES_OF_A_SENDER = 5
SENDER_WINDOW = timedelta(hours=24)
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)
LOOKED_BACK = timedelta(days=30)
"""Locks follow each other within a day, so that this is more of them than any row of doublings needs."""
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

    A conversation that is bound to the case never gets here. Whether the case exists plays no part.
    """
    mine = select(WrongProof.at).where(
        WrongProof.conversation_id == proof.conversation, WrongProof.at > now - LOOKED_BACK
    )
    at_case = select(WrongProof.at).where(
        WrongProof.case_no_index == sealer.index(proof.case_no, "case_no"), WrongProof.at > now - CASE_WINDOW
    )
    newest = at_case.order_by(WrongProof.at.desc()).limit(TRIES_AT_A_CASE)
    ends = [sender_closed_until((await connection.execute(mine.order_by(WrongProof.at))).scalars())]
    tries = (await connection.execute(newest)).scalars().all()
    if len(tries) == TRIES_AT_A_CASE:
        ends.append(tries[-1] + CASE_WINDOW)
    return max((end for end in ends if end and end > now), default=None)


def sender_closed_until(tries: Iterable[datetime]) -> datetime | None:
    """When the newest lock of a sender ends or ended; None when there was none.

    tries: the wrong ones in the order of time. The 5th within 24 hours closes for 15 minutes; each further lock that
    begins within 24 hours of the end of the one before lasts twice as long, at most a day.
    """
    counted: list[datetime] = []
    length, end = FIRST_LOCK, None
    for at in tries:
        counted = [*(one for one in counted if one > at - SENDER_WINDOW), at]
        if len(counted) >= TRIES_OF_A_SENDER:
            is_further = end is not None and at - end < SENDER_WINDOW
            length = min(2 * length, LONGEST_LOCK) if is_further else FIRST_LOCK
            counted, end = [], at + length
    return end


async def proved_case(connection: AsyncConnection, proof: Proof, sealer: Sealer) -> int | None:
    """The id of the case when the proof is right. A case that does not exist takes the same way and time."""
    wanted = select(CaseFile.id, CaseFile.last_four_index).where(CaseFile.case_no == proof.case_no)
    row = (await connection.execute(wanted)).one_or_none()
    stored = row.last_four_index if row else bytes(32)
    right = hmac.compare_digest(stored, last_four_index(sealer, proof.case_no, proof.last_four))
    return row.id if row and right else None
