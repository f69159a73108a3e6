"""Hands a conversation to a person and back. Called in the transaction that records the turn."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import distinct, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import LOCAL, DeskHours, NextOpening
from api.db.models import Conversation, PersonRequest
from bot.message import Owner, Reply
from bot.wording import Wording

KEEPS_THE_BOT = ("distress", "complaint")
"""Requests that bring a person in while the bot goes on answering: silence would be worse."""
OPEN = (
    PersonRequest.cancelled_at.is_(None),
    PersonRequest.closed_at.is_(None),
)


async def request_person(connection: AsyncConnection, conversation: uuid.UUID, reason: str) -> bool:
    """Records the request, once as long as it is open, and tells whether it was new."""
    mine = select(PersonRequest.id).where(
        PersonRequest.conversation_id == conversation, PersonRequest.reason == reason, *OPEN
    )
    if (await connection.execute(mine)).first() is not None:
        return False
    await connection.execute(insert(PersonRequest).values(conversation_id=conversation, reason=reason))
    return True


async def cancel_person(connection: AsyncConnection, conversation: uuid.UUID) -> None:
    """Takes back what was asked for. A request because of distress stays: a person should still look."""
    open_requests = update(PersonRequest).where(
        PersonRequest.conversation_id == conversation, PersonRequest.reason.not_in(KEEPS_THE_BOT), *OPEN
    )
    await connection.execute(open_requests.values(cancelled_at=text("now()")))


async def set_owner(connection: AsyncConnection, conversation: uuid.UUID, owner: Owner) -> None:
    """Who answers from now on."""
    row = update(Conversation).where(Conversation.id == conversation)
    values: dict[str, object] = {"owner": owner.value, "owner_since": text("now()")}
    if owner is Owner.BOT:  # Whoever asks for a person anew asks where he is at home.
        values["desk_region"] = None
    await connection.execute(row.values(**values))


async def queue_position(connection: AsyncConnection, conversation: uuid.UUID) -> int:
    """The place in the queue, beginning with 1: conversations whose open request is not younger than this one's."""
    waiting = (*OPEN, PersonRequest.claimed_at.is_(None))
    mine = select(func.min(PersonRequest.id)).where(PersonRequest.conversation_id == conversation, *waiting)
    ahead = select(func.count(distinct(PersonRequest.conversation_id))).where(
        *waiting, PersonRequest.id <= mine.scalar_subquery()
    )
    return max(1, (await connection.execute(ahead)).scalar_one())


def queued_reply(position: int, now: datetime, hours: DeskHours, wording: Wording) -> Reply:
    """Tells the person that it is in the queue, and when the desk opens when it is closed."""
    data: dict[str, object]
    if hours.is_open(now):
        data = {"queue_position": position, "open_now": True, "next_open": None}
        return Reply(kind="handoff", text=wording.say("queued_open", position=position), data=data)
    opening = hours.next_opening(now)
    moment = said_opening(opening, wording)
    data = {"queue_position": position, "open_now": False, "next_open": opening.at.astimezone(LOCAL).isoformat()}
    return Reply(kind="handoff", text=wording.say("queued_closed", position=position, next_open=moment), data=data)


def said_opening(opening: NextOpening, wording: Wording) -> str:
    """When the desk opens, as it is told to people."""
    local = opening.at.astimezone(LOCAL)
    return wording.say(
        "moment_expected" if opening.is_expected else "moment",
        month=local.month,
        day=local.day,
        weekday=wording.say("weekdays")[local.weekday()],
        hour=local.hour,
        minute=local.minute,
    )
