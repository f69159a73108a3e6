"""Whether somebody wants news of a case. Called in the transaction that records the turn."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import CaseBinding, CaseFile, PlannedMessage


async def choose_news(
    connection: AsyncConnection, conversation: uuid.UUID, case_no: str, news: str, now: datetime
) -> None:
    """Notes what was chosen for one case. Nothing for a case that the conversation has not proved."""
    case = select(CaseFile.id).where(CaseFile.case_no == case_no).scalar_subquery()
    mine = update(CaseBinding).where(CaseBinding.conversation_id == conversation, CaseBinding.case_id == case)
    await connection.execute(mine.values(news=news, news_changed_at=now))


async def stop_news(connection: AsyncConnection, conversation: uuid.UUID, now: datetime) -> None:
    """No more news of any case: what was planned is dropped, what is on its way cannot be called back."""
    mine = update(CaseBinding).where(CaseBinding.conversation_id == conversation)
    await connection.execute(mine.values(news="stopped", news_changed_at=now))
    planned = update(PlannedMessage).where(
        PlannedMessage.conversation_id == conversation,
        PlannedMessage.sent_at.is_(None),
        PlannedMessage.cancelled_at.is_(None),
    )
    await connection.execute(planned.values(cancelled_at=now))
