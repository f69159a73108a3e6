"""Answers of the bot that wait for a counselor: he sends, edits or rejects them; when nobody does, it is said honestly.

Every way out locks the conversation first, as a turn and a counselor who takes the chat do. Where somebody else speaks
by then, nothing of the answer is said.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.background import again_and_again
from api.conversations.saying import say_unasked
from api.db.models import ApprovalSwitch, Conversation, HeldReply, Inbox, StaffMember
from api.desk.ownership import NotThere, Refused, held
from api.desk.presence import colleagues
from api.desk.saying import as_counselor
from api.office.tasks import within
from api.staff.accounts import Staff
from api.staff.audit import note
from bot.message import Memory, Owner, Reply
from bot.pages import divide
from bot.wording import Wording
from knowledge.regions import Regions

LEAST_MINUTES, MOST_MINUTES = 1, 30
MOST_SHOWN = 100
LOOK_EVERY_SECONDS = 2.0


class OnDuty:
    """Implements `bot.approval.Duty`."""

    def __init__(self, engine: AsyncEngine, regions: Callable[[], Regions], clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._regions = regions
        self._clock = clock

    async def is_manned(self, region: str) -> bool:
        """Whether a counselor takes chats now whose business that place is."""
        async with self._engine.connect() as connection:
            there = await colleagues(connection, self._clock())
        return any(one.covers(region, self._regions()) for one in there)


async def waiting(connection: AsyncConnection, staff: Staff) -> Sequence[Any]:
    """The answers that wait for him, the most urgent first: id, question, reply, chance, region, held_at, until."""
    h = HeldReply
    wanted = (
        select(h.id, h.question, h.reply, h.chance, h.region, h.held_at, h.until, Conversation.channel)
        .join(Conversation, Conversation.id == h.conversation_id)
        .where(h.settled_at.is_(None), Conversation.owner == Owner.BOT.value, within(staff, h.region))
    )
    return (await connection.execute(wanted.order_by(h.until).limit(MOST_SHOWN))).all()


class Approval:
    """What becomes of answers that wait."""

    def __init__(self, engine: AsyncEngine, wording: Wording, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._wording = wording
        self._clock = clock

    async def run(self) -> None:
        """Looks until cancelled after answers that waited too long."""
        await again_and_again(self.expire, LOOK_EVERY_SECONDS, "approval_watch_pauses")

    async def send(self, staff: Staff, number: int, written: str) -> None:
        """Lets an answer go out as it is, or in the counselor's words. Raises Refused or Unsayable."""
        async with self._engine.begin() as connection:
            row, conversation = await self._locked(connection, number, staff)
            original = Reply.model_validate({**row.reply, "why": row.why})
            is_edited = written.replace("\r\n", "\n").strip() != original.text.strip()
            if is_edited:
                await say_unasked(connection, conversation.id, "counselor", [as_counselor(written)], turn=uuid.uuid4())
            else:
                await self._say_original(connection, row, original)
            await self._settle(connection, row, "edited" if is_edited else "sent", staff)

    async def reject(self, staff: Staff, number: int) -> None:
        """Tells the person honestly that there is no sure answer. Raises Refused."""
        async with self._engine.begin() as connection:
            row, conversation = await self._locked(connection, number, staff)
            await self._say_fallback(connection, conversation.id)
            await self._settle(connection, row, "rejected", staff)

    async def expire(self) -> None:
        """Does the same for all whose time is over; where somebody else speaks by then, nothing is said."""
        due = select(HeldReply.id).where(HeldReply.settled_at.is_(None), HeldReply.until <= self._clock())
        async with self._engine.connect() as connection:
            numbers = (await connection.execute(due.order_by(HeldReply.until))).scalars().all()
        for number in numbers:
            async with self._engine.begin() as connection:
                try:
                    row, conversation = await self._locked(connection, number, None)
                except Refused:
                    continue
                is_ours = conversation.owner == Owner.BOT
                if is_ours:
                    await self._say_fallback(connection, conversation.id)
                await self._settle(connection, row, "timed_out" if is_ours else "overtaken", None)

    async def _locked(self, connection: AsyncConnection, number: int, staff: Staff | None) -> tuple[Row[Any], Row[Any]]:
        """An open answer and its conversation, locked, the conversation first. Raises Refused when it is too late."""
        wanted = select(HeldReply.__table__).where(HeldReply.id == number)
        mine = wanted.where(within(staff, HeldReply.region)) if staff else wanted
        found = (await connection.execute(mine)).one_or_none()
        if found is None:
            raise Refused("approval.gone")
        try:
            conversation, _ = await held(connection, found.conversation_id)
        except NotThere:
            raise Refused("approval.gone") from None
        row = (await connection.execute(wanted.where(HeldReply.settled_at.is_(None)).with_for_update())).one_or_none()
        if row is None:
            raise Refused("approval.gone")
        if staff and conversation.owner != Owner.BOT:
            raise Refused("approval.overtaken")
        if staff and row.until <= self._clock():
            raise Refused("approval.gone")
        return row, conversation

    async def _say_original(self, connection: AsyncConnection, row: Row[Any], reply: Reply) -> None:
        """As the bot would have. Its choices count only while nothing else was said since."""
        newer = exists().where(Inbox.conversation_id == row.conversation_id, Inbox.id > row.inbox_id)
        is_latest = not (await connection.execute(select(newer))).scalar_one()
        memory = Memory.model_validate(row.memory)
        said = reply if is_latest else reply.model_copy(update={"choices": ()})
        replies = [said]
        if said.form == "text_message":
            plain = said.model_copy(update={"form": None})
            replies, pages = divide([plain], memory.highest_number, self._wording)
            memory = memory.model_copy(update={"pages": pages})
        turn, release = uuid.uuid4(), row.knowledge_release
        await say_unasked(connection, row.conversation_id, "bot", replies, turn=turn, release=release)
        if is_latest:
            mine = update(Conversation).where(Conversation.id == row.conversation_id)
            values = {"state": memory.model_dump(mode="json"), "turns_in_epoch": 0}
            await connection.execute(mine.values(epoch=Conversation.epoch + 1, **values))

    async def _say_fallback(self, connection: AsyncConnection, conversation: uuid.UUID) -> None:
        reply = Reply(kind="fallback", text=self._wording.say("held.nobody"))
        await say_unasked(connection, conversation, "bot", [reply], turn=uuid.uuid4())

    async def _settle(self, connection: AsyncConnection, row: Row[Any], how: str, staff: Staff | None) -> None:
        mine = update(HeldReply).where(HeldReply.id == row.id)
        values = {"settled_at": self._clock(), "how": how, "staff_id": staff.id if staff else None}
        await connection.execute(mine.values(**values))
        if staff:
            await note(connection, staff, f"approval.{how}", f"conversation:{row.conversation_id}", held=row.id)


async def switches(connection: AsyncConnection) -> Sequence[Any]:
    """Where answers wait: region, minutes, at, name of whoever switched it on."""
    wanted = select(ApprovalSwitch.region, ApprovalSwitch.minutes, ApprovalSwitch.at, StaffMember.name).join(
        StaffMember, StaffMember.id == ApprovalSwitch.staff_id
    )
    return (await connection.execute(wanted.order_by(ApprovalSwitch.region))).all()


async def switch_on(connection: AsyncConnection, staff: Staff, region: str, minutes: int) -> None:
    """From the end of this transaction on unsure answers of a province wait so long."""
    row = upsert(ApprovalSwitch).values(region=region, minutes=minutes, staff_id=staff.id)
    again = row.on_conflict_do_update(index_elements=["region"], set_={"minutes": minutes, "staff_id": staff.id})
    await connection.execute(again)
    await note(connection, staff, "approval.on", f"region:{region}", minutes=minutes)


async def switch_off(connection: AsyncConnection, staff: Staff, region: str) -> None:
    """They go out at once again; what waits already still does."""
    gone = delete(ApprovalSwitch).where(ApprovalSwitch.region == region).returning(ApprovalSwitch.region)
    if (await connection.execute(gone)).first() is not None:
        await note(connection, staff, "approval.off", f"region:{region}")
