"""Who speaks in a conversation. Every change locks its row, which a turn of the bot locks too: so the bot has either
finished before a counselor comes in, or finds him there and is silent."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.outbox import withdraw
from api.conversations.owner import OPEN, set_owner
from api.conversations.transcript import last_question
from api.db.models import Conversation, DeskReferral, DeskVisit, PersonRequest, StaffMember
from api.desk.saying import as_system, say
from api.staff.accounts import Staff
from api.staff.audit import note
from bot.masking import mask
from bot.message import Memory, Owner, Reply

NOW = text("now()")


class NotThere(Exception):
    """There is no such conversation."""


class Refused(Exception):
    """Somebody else was faster, or the chat is no longer his; `key` names the sentence that says it, with `values`."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


async def held(connection: AsyncConnection, conversation: uuid.UUID) -> tuple[Row[Any], int | None]:
    """Locks the conversation: its row, and who holds it. Raises NotThere."""
    wanted = select(Conversation.id, Conversation.channel, Conversation.owner, Conversation.state)
    locked = wanted.where(Conversation.id == conversation).with_for_update(key_share=True)
    row = (await connection.execute(locked)).one_or_none()
    if row is None:
        raise NotThere
    if row.owner != Owner.COUNSELOR:
        return row, None
    holder = select(DeskVisit.staff_id).where(DeskVisit.conversation_id == conversation, DeskVisit.left_at.is_(None))
    return row, (await connection.execute(holder)).scalar_one_or_none()


async def held_by(connection: AsyncConnection, staff: Staff, conversation: uuid.UUID) -> Row[Any]:
    """Locks a conversation that this counselor holds. Raises NotThere, or Refused when he holds it no longer."""
    row, holder = await held(connection, conversation)
    if holder != staff.id:
        raise Refused("desk.not_yours")
    return row


async def take(connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, hello: str) -> None:
    """Makes the counselor the one who answers, once. hello: what the person is told. Raises NotThere or Refused."""
    row, holder = await held(connection, conversation)
    if holder == staff.id:
        return
    if holder is not None:
        his = select(StaffMember.name).where(StaffMember.id == holder)
        raise Refused("desk.taken", name=(await connection.execute(his)).scalar_one())
    claimed = update(PersonRequest).where(
        PersonRequest.conversation_id == conversation, PersonRequest.claimed_at.is_(None), *OPEN
    )
    if not (await connection.execute(claimed.values(claimed_at=NOW).returning(PersonRequest.id))).all():
        raise Refused("desk.cancelled")
    await _leave(connection, conversation, "gone")  # The visit of somebody whose chat was deleted under him.
    await _enter(connection, staff.id, conversation)
    await set_owner(connection, conversation, Owner.COUNSELOR)
    await withdraw(connection, conversation)
    await say(connection, row, "system", as_system(hello))
    await note(connection, staff, "desk.take", f"conversation:{conversation}")


async def transfer(
    connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, colleague: Staff, told: str, known: str = ""
) -> None:
    """Puts a colleague in the counselor's place. known: what he should know. Raises NotThere or Refused."""
    row = await held_by(connection, staff, conversation)
    await _leave(connection, conversation, "transfer")
    await _enter(connection, colleague.id, conversation)
    if known:
        made = {"conversation_id": conversation, "staff_id": staff.id, "to_staff": colleague.id}
        await connection.execute(insert(DeskReferral).values(**made, note=mask(known).text))
    await say(connection, row, "system", as_system(told))
    await note(connection, staff, "desk.transfer", f"conversation:{conversation}", to=colleague.login)


async def refer(
    connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, region: str, known: str, told: str
) -> None:
    """Sends the person to the centre of another place, where he keeps his turn. Raises NotThere or Refused.

    known: what they should know there. Whether anybody is there now makes no difference: he waits, and who waits too
    long is shown to the leads.
    """
    row = await held_by(connection, staff, conversation)
    await _leave(connection, conversation, "referral")
    still_open = update(PersonRequest).where(PersonRequest.conversation_id == conversation, *OPEN)
    await connection.execute(still_open.values(claimed_at=None))
    await set_owner(connection, conversation, Owner.QUEUE)
    sent = update(Conversation).where(Conversation.id == conversation)
    await connection.execute(sent.values(desk_region=region))
    made = {"conversation_id": conversation, "staff_id": staff.id, "to_region": region}
    await connection.execute(insert(DeskReferral).values(**made, note=mask(known).text))
    await say(connection, row, "system", as_system(told))
    await note(connection, staff, "desk.referral", f"conversation:{conversation}", to=region)


async def give_back(connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, how: str, told: str) -> None:
    """Puts the person where he stood in the queue. how: `queue` or `away`. Raises NotThere or Refused."""
    row = await held_by(connection, staff, conversation)
    await _leave(connection, conversation, how)
    still_open = update(PersonRequest).where(PersonRequest.conversation_id == conversation, *OPEN)
    await connection.execute(still_open.values(claimed_at=None))
    await set_owner(connection, conversation, Owner.QUEUE)
    await say(connection, row, "system", as_system(told))
    await note(connection, staff, "desk.give_back", f"conversation:{conversation}", how=how)


async def end(
    connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, how: str, outcome: str | None, told: str
) -> None:
    """Lets the bot answer again. how: `closed` or `bot`, which goes on with its open question.

    All that was asked for is met, so nothing of it queues again by itself. Raises NotThere or Refused.
    """
    row = await held_by(connection, staff, conversation)
    await _leave(connection, conversation, how, outcome)
    met = update(PersonRequest).where(PersonRequest.conversation_id == conversation, *OPEN)
    await connection.execute(met.values(closed_at=NOW))
    await set_owner(connection, conversation, Owner.BOT)
    await say(connection, row, "system", as_system(told))
    for reply in await _open_question(connection, row) if how == "bot" else ():
        await say(connection, row, "bot", reply)
    detail = {"outcome": outcome} if outcome else {}
    await note(connection, staff, f"desk.{how}", f"conversation:{conversation}", **detail)


async def _open_question(connection: AsyncConnection, row: Row[Any]) -> Sequence[Reply]:
    """What the bot had asked when it was interrupted."""
    asked = await last_question(connection, row.id) if Memory.model_validate(row.state).loop else None
    return [asked] if asked else []


async def _enter(connection: AsyncConnection, staff_id: int, conversation: uuid.UUID) -> None:
    await connection.execute(insert(DeskVisit).values(conversation_id=conversation, staff_id=staff_id))


async def _leave(connection: AsyncConnection, conversation: uuid.UUID, how: str, outcome: str | None = None) -> None:
    mine = update(DeskVisit).where(DeskVisit.conversation_id == conversation, DeskVisit.left_at.is_(None))
    await connection.execute(mine.values(left_at=NOW, how=how, outcome=outcome))
