"""Deletes what is kept of a person: here and in every conversation that is joined to this one."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.linking import joined_to
from api.conversations.own_data import delete_all
from api.conversations.saying import say_unasked
from api.db.models import Conversation
from bot.message import Memory, Owner, Reply
from bot.wording import Wording

DELETED = {"deleted": True}


async def delete_everywhere(
    connection: AsyncConnection, conversation: uuid.UUID, inbox_id: int, wording: Wording, now: datetime
) -> Reply:
    """Deletes in the transaction of the message that asks for it; returns what is told here.

    The others are told too: somebody else may have asked. They are locked like a turn locks its own, one after the
    other, so a turn that is under way there is finished before, and nothing that it keeps is left.
    """
    others = await joined_to(connection, conversation)
    anew = {
        "state": Memory().model_dump(mode="json"),
        "turns_in_epoch": 0,
        "owner": Owner.BOT.value,
        "owner_since": now,
    }
    told = Reply(kind="notice", text=wording.say("own.deleted_from_elsewhere"), data=DELETED)
    for other in others:
        row = update(Conversation).where(Conversation.id == other)
        await connection.execute(row.values(**anew, epoch=Conversation.epoch + 1))
        await delete_all(connection, other, 0)
        await say_unasked(connection, other, "system", [told], at=now)
    await delete_all(connection, conversation, inbox_id)
    there = wording.say("own.deleted_there", count=len(others)) if others else wording.say("own.not_deleted_there")
    return Reply(kind="notice", text=wording.say("own.deleted") + there, data=DELETED)
