"""Which notices of the office hold now, and who has heard them. Every turn looks, so that a switch works at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import LOCAL
from api.db.models import ToldNotice
from bot.notices import Notice

HOLDS = """n.withdrawn_at IS NULL AND n.begins_at <= now() AND (n.ends_at IS NULL OR n.ends_at > now())
                AND (n.channels = '{{}}' OR {channel} = ANY(n.channels))"""
"""For a notice `n` and a channel."""
URGENT = text(
    f"SELECT to_jsonb(n) FROM service_notice n WHERE n.kind = 'emergency' AND {HOLDS.format(channel=':channel')} "  # noqa: S608
    "ORDER BY n.id"
)


def notices_of(rows: Iterable[dict[str, Any]] | None) -> tuple[Notice, ...]:
    """Notices from their rows as JSON."""
    return tuple(Notice(row["id"], row["kind"], row["text"], _day(row["begins_at"])) for row in rows or ())


async def urgent_notices(connection: AsyncConnection, channel: str) -> tuple[Notice, ...]:
    """What a page of this channel shows above its conversations."""
    return notices_of((await connection.scalars(URGENT, {"channel": channel})).all())


async def note_told(connection: AsyncConnection, conversation: uuid.UUID, told: Sequence[Notice]) -> None:
    """Each is told once in a conversation."""
    if told:
        rows = [{"conversation_id": conversation, "notice_id": one.id} for one in told]
        await connection.execute(insert(ToldNotice).values(rows).on_conflict_do_nothing())


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(LOCAL).date()
