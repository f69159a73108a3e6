"""How people rate a finished case (好差评). Called in the transaction that records the turn."""

from __future__ import annotations

import uuid

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import CaseBinding, CaseFile, CaseRating, DeskTask

LOW = 2
"""Up to so many of five stars a counselor looks into it."""


async def rate_case(connection: AsyncConnection, conversation: uuid.UUID, case_no: str, stars: int) -> None:
    """Keeps the first rating of a proved case; a low one opens a task for the desk. Raises ValueError outside 1–5."""
    if not 1 <= stars <= 5:
        raise ValueError(f"expected 1 to 5 stars, found {stars}")
    proved = (
        select(CaseFile.id, CaseFile.region)
        .join(CaseBinding, CaseBinding.case_id == CaseFile.id)
        .where(CaseBinding.conversation_id == conversation, CaseFile.case_no == case_no)
    )
    case = (await connection.execute(proved)).one_or_none()
    if case is None:
        return
    kept = insert(CaseRating).values(conversation_id=conversation, case_id=case.id, stars=stars)
    rating = (await connection.execute(kept.on_conflict_do_nothing().returning(CaseRating.id))).scalar_one_or_none()
    if rating is not None and stars <= LOW:
        task = insert(DeskTask).values(
            kind="low_rating",
            key=f"rating:{rating}",
            region=case.region,
            conversation_id=conversation,
            case_id=case.id,
            detail={"stars": stars},
        )
        await connection.execute(task.on_conflict_do_nothing())


async def give_reason(connection: AsyncConnection, conversation: uuid.UUID, case_no: str, reason: str) -> None:
    """Adds in masked words why it was rated so. Nothing without a rating."""
    case = select(CaseFile.id).where(CaseFile.case_no == case_no).scalar_subquery()
    mine = update(CaseRating).where(CaseRating.conversation_id == conversation, CaseRating.case_id == case)
    await connection.execute(mine.values(reason=reason))
