"""Calls that are promised to people who cannot wait: asked for, kept with a sealed number, and taken back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import DeskHours
from api.conversations.owner import KEEPS_THE_BOT, OPEN
from api.conversations.sealing import Sealer
from api.db.models import CallBack, PersonRequest
from api.desk.deadlines import closing, due_today_or_next
from bot.message import Effect, Owner, Reply
from bot.wording import Wording
from knowledge.working_days import DueDate

EFFECTS = ("ask_call_back", "keep_call_back", "decline_call_back", "cancel_call_back")
TAIL = 4


def place(conversation: str) -> str:
    """Where the number of a conversation's call stands sealed."""
    return f"call_back\0{conversation}"


def tail_of(number: str) -> str:
    """The end of a number, by which its owner knows it."""
    return number[-TAIL:]


def said_day(due: DueDate, wording: Wording) -> str:
    """A day as it is told to people."""
    key = "call_back.day_expected" if due.is_expected else "call_back.day"
    return wording.say(key, month=due.day.month, day=due.day.day, weekday=wording.say("weekdays")[due.day.weekday()])


async def has_promise(connection: AsyncConnection, conversation: uuid.UUID) -> bool:
    """Whether he is to be called."""
    mine = select(CallBack.id).where(CallBack.conversation_id == conversation, CallBack.closed_at.is_(None))
    return (await connection.execute(mine)).first() is not None


@dataclass(frozen=True)
class Calls:
    """Sees to what one person wants about being called, in the transaction that records his turn."""

    connection: AsyncConnection
    conversation: uuid.UUID
    sealer: Sealer
    hours: DeskHours
    wording: Wording
    now: datetime

    async def see_to(self, effect: Effect, owner: Owner, caller: str | None) -> Reply:
        """Does it and says so. A reply whose data has `asks_call_back` waits for a number."""
        match effect.kind:
            case "ask_call_back":
                return self._ask(caller)
            case "keep_call_back":
                return await self._keep(str(effect.data["number"]), str(effect.data["source"]))
            case "decline_call_back":
                return self._notice("declined" if owner is Owner.QUEUE else "declined_alone")
            case _:
                return self._notice("cancelled" if await self._cancel() else "none")

    def _ask(self, caller: str | None) -> Reply:
        day = said_day(due_today_or_next(self.hours, self.now), self.wording)
        key, tail = ("ask_own", tail_of(caller)) if caller else ("ask", "")
        return self._notice(key, day=day, tail=tail).model_copy(update={"data": {"asks_call_back": True}})

    async def _keep(self, number: str, source: str) -> Reply:
        due = due_today_or_next(self.hours, self.now)
        sealed = self.sealer.seal(number.encode(), place(str(self.conversation)))
        values = {"sealed": sealed, "source": source, "due_at": closing(self.hours, due.day), "escalated_at": None}
        mine = update(CallBack).where(CallBack.conversation_id == self.conversation, CallBack.closed_at.is_(None))
        if not (await self.connection.execute(mine.values(**values).returning(CallBack.id))).all():
            made = insert(CallBack).values(conversation_id=self.conversation, asked_at=self.now, **values)
            await self.connection.execute(made)
        # Whoever is called does not wait in the chat as well; danger and a complaint stay where they are.
        met = update(PersonRequest).where(
            PersonRequest.conversation_id == self.conversation, PersonRequest.reason.not_in(KEEPS_THE_BOT), *OPEN
        )
        await self.connection.execute(met.values(closed_at=self.now))
        data = {"call_back": {"due": due.day.isoformat()}}
        reply = self._notice("kept", day=said_day(due, self.wording), tail=tail_of(number))
        return reply.model_copy(update={"data": data})

    async def _cancel(self) -> bool:
        mine = update(CallBack).where(CallBack.conversation_id == self.conversation, CallBack.closed_at.is_(None))
        gone = mine.values(closed_at=self.now, outcome="cancelled", sealed=None).returning(CallBack.id)
        return bool((await self.connection.execute(gone)).all())

    def _notice(self, key: str, **values: object) -> Reply:
        return Reply(kind="notice", text=self.wording.say(f"call_back.{key}", **values))
