"""Writes down what is to be said later: once for a conversation, whoever plans it and however often."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import LOCAL
from api.db.models import CaseBinding, PlannedMessage
from bot.message import Reply

MORNING, FORENOON = time(9, 0), time(10, 0)
"""When reminders go out, and questions that can wait."""


@dataclass(frozen=True)
class Draft:
    """One message to be. key: what it is about, such as `event:31`. Its text is the mere matter, without salutation."""

    kind: str
    key: str
    case_id: int
    item: str | None
    reply: Reply
    planned_at: datetime
    due_at: datetime
    is_urgent: bool = False


async def who_agreed(connection: AsyncConnection, case_id: int) -> list[uuid.UUID]:
    """The conversations that want news of a case."""
    wanted = select(CaseBinding.conversation_id).where(CaseBinding.case_id == case_id, CaseBinding.news == "agreed")
    return list((await connection.execute(wanted)).scalars())


async def plan(
    connection: AsyncConnection, conversations: Sequence[uuid.UUID], draft: Draft, again: bool = False
) -> None:
    """Plans a message for each of these conversations, unless it was planned before.

    again: one that was dropped, or waits for its day, is planned anew; one that was sent never is.
    """
    if not conversations:
        return
    values = {
        "kind": draft.kind,
        "key": draft.key,
        "case_id": draft.case_id,
        "item": draft.item,
        "reply": draft.reply.as_sent(),
        "created_at": draft.planned_at,
        "due_at": draft.due_at,
        "is_urgent": draft.is_urgent,
    }
    rows = insert(PlannedMessage).values([{**values, "conversation_id": one} for one in conversations])
    if not again:
        await connection.execute(rows.on_conflict_do_nothing())
        return
    renewed = {name: rows.excluded[name] for name in ("reply", "created_at", "due_at")} | {"cancelled_at": None}
    await connection.execute(
        rows.on_conflict_do_update(
            index_elements=["conversation_id", "key"], set_=renewed, where=PlannedMessage.sent_at.is_(None)
        )
    )


def local_moment(day: date, hour: time) -> datetime:
    """That hour of that day, local time (Asia/Shanghai)."""
    return datetime.combine(day, hour, LOCAL)
