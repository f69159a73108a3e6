"""Records a turn in the transaction that claimed it: everything that a message changes, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, cast, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.answers import answer_of
from api.conversations.claim import Claimed
from api.conversations.deletion import delete_everywhere
from api.conversations.desk_hours import DeskHours
from api.conversations.effects import carry_out, see_to
from api.conversations.listener import HANDLED, OUTBOX
from api.conversations.notices import note_told
from api.conversations.owner import (
    KEEPS_THE_BOT,
    cancel_person,
    request_person,
    set_owner,
)
from api.conversations.sealing import Sealer
from api.conversations.transcript import last_question, write_turn
from api.db.models import Conversation, Inbox, Outbox
from api.desk.callbacks import EFFECTS as CALL_EFFECTS
from api.desk.callbacks import Calls
from api.desk.waits import told_place
from api.quality.holding import hold
from bot.message import Memory, Owner, Reply
from bot.outcome import Outcome
from bot.turn import Turn
from bot.wording import Wording

NOW = text("now()")
TURNS_IN_EPOCH = 25
"""After so many turns Rasa's tracker begins anew, because Rasa reads it from its first event at every message."""


class Recorder:
    """Writes what became of a turn."""

    def __init__(
        self, wording: Wording, desk_hours: Callable[[], DeskHours], sealer: Sealer, clock: Callable[[], datetime]
    ) -> None:
        self._wording = wording
        self._desk_hours = desk_hours
        self._sealer = sealer
        self._clock = clock

    async def record(self, connection: AsyncConnection, claimed: Claimed, turn: Turn, attempt: int) -> int:
        """Writes the whole turn without committing it. Returns the conversation's epoch from now on."""
        owner, replies = await self._carry_out(connection, claimed, turn)
        memory = claimed.memory if turn.outcome is Outcome.FAILED else turn.memory
        if any(reply.data.get("asks_call_back") for reply in replies):
            memory = memory.model_copy(update={"asked": "call_back"})
        conversation = claimed.conversation
        await write_turn(
            connection, conversation, claimed.turn_id, turn.text, claimed.received_at, replies, turn.release
        )
        await note_told(connection, conversation, turn.told)
        if turn.held and turn.outcome is not Outcome.FAILED:
            waits, now = turn.held, self._clock()
            await hold(connection, conversation, claimed.inbox_id, turn.text, waits, turn.release, now)
        await self._close_message(connection, claimed, turn, replies, owner, memory)
        epoch = await _remember(connection, claimed, turn, attempt, memory)
        await connection.execute(select(func.pg_notify(HANDLED, str(claimed.inbox_id))))
        return epoch

    async def put_to_wait(self, connection: AsyncConnection, claimed: Claimed) -> None:
        """Leaves the message for when Rasa is back, and tells the person so once for the whole outage."""
        message = update(Inbox).where(Inbox.id == claimed.inbox_id)
        waiting = func.coalesce(Inbox.waiting_since, NOW)
        await connection.execute(message.values(waiting_since=waiting))
        tell = claimed.outage_told_at is None
        notice = (Reply(kind="notice", text=self._wording.say("outage")),) if tell else ()
        if claimed.is_pushed:
            await _send_out(connection, claimed, notice, "system")
        else:
            answer = answer_of(notice, claimed.owner, claimed.memory)
            promised = message.where(Inbox.answer.is_(None)).values(answer=answer, answer_later=True)
            await connection.execute(promised)
        if tell:  # Also when the person was just told that the answer follows: once is enough.
            told = update(Conversation).where(Conversation.id == claimed.conversation)
            await connection.execute(told.values(outage_told_at=NOW))
        await connection.execute(select(func.pg_notify(HANDLED, str(claimed.inbox_id))))

    async def _carry_out(self, connection: AsyncConnection, claimed: Claimed, turn: Turn) -> tuple[Owner, list[Reply]]:
        """Does what the turn wants changed; returns the owner from now on and the replies with ours among them."""
        owner, replies = claimed.owner, list(turn.replies)
        for effect in turn.effects:
            if effect.kind == "request_person":
                reason = str(effect.data.get("reason", "asked"))
                await request_person(connection, claimed.conversation, reason)
                if reason not in KEEPS_THE_BOT and owner is Owner.BOT:
                    owner = Owner.QUEUE
                    reply = await self._place(connection, claimed, turn, may_ask=True)
                    replies = [*(one for one in replies if one.kind != "handoff"), reply]
            elif effect.kind == "tell_wait":
                is_asked = claimed.memory.asked == "call_back"  # The offer stands while he asks about the wait.
                replies.append(await self._place(connection, claimed, turn, may_ask=is_asked))
            elif effect.kind in CALL_EFFECTS:
                calls = Calls(
                    connection,
                    claimed.conversation,
                    self._sealer,
                    self._desk_hours(),
                    self._wording,
                    self._clock(),
                )
                replies.append(await calls.see_to(effect, owner, turn.inbound.caller))
                if effect.kind == "keep_call_back" and owner is Owner.QUEUE:
                    owner = Owner.BOT
                    replies += await _asked_again(connection, claimed, owner)
            elif effect.kind == "cancel_person":
                await cancel_person(connection, claimed.conversation)
                owner = Owner.BOT
                # Else the loop has put its question itself, or there is nobody to take the answer.
                if not turn.asked_rasa and turn.outcome is not Outcome.SWITCHED_OFF:
                    replies += await _asked_again(connection, claimed, owner)
            elif effect.kind == "ask_again":
                replies += await _asked_again(connection, claimed, owner)
            elif effect.kind == "delete_my_data":
                here, inbox, now = claimed.conversation, claimed.inbox_id, self._clock()
                replies.append(await delete_everywhere(connection, here, inbox, self._wording, now))
                owner = Owner.BOT
            elif told := await see_to(
                connection, claimed.conversation, effect, self._sealer, self._wording, self._clock()
            ):
                replies.append(told)
            else:
                await carry_out(connection, claimed.conversation, effect, self._sealer, self._clock())
        if owner is not claimed.owner:
            await set_owner(connection, claimed.conversation, owner)
        return owner, replies

    async def _place(self, connection: AsyncConnection, claimed: Claimed, turn: Turn, *, may_ask: bool) -> Reply:
        """Where he stands in the queue."""
        now, hours, caller = self._clock(), self._desk_hours(), turn.inbound.caller
        return await told_place(connection, claimed.conversation, now, hours, self._wording, caller, may_ask)

    async def _close_message(
        self,
        connection: AsyncConnection,
        claimed: Claimed,
        turn: Turn,
        replies: Sequence[Reply],
        owner: Owner,
        memory: Memory,
    ) -> None:
        """Wipes the sealed text and keeps the answer; replies that nobody waits for any more go into the outbox."""
        answer = answer_of(replies, owner, memory)
        closed = (
            update(Inbox)
            .where(Inbox.id == claimed.inbox_id)
            .values(
                handled_at=NOW,
                sealed=None,
                outcome=str(turn.outcome),
                answer=case((Inbox.answer_later, Inbox.answer), else_=cast(answer, Inbox.answer.type)),
            )
            .returning(Inbox.answer_later)
        )
        if (await connection.execute(closed)).scalar_one():
            # What a photo is answered with is no word of the bot's in a talk that a counselor holds.
            await _send_out(connection, claimed, replies, "system" if turn.outcome is Outcome.UNREAD else "bot")


async def _asked_again(connection: AsyncConnection, claimed: Claimed, owner: Owner) -> list[Reply]:
    """The open question of a loop, unless somebody else holds the conversation."""
    if owner is not Owner.BOT or not claimed.memory.loop:
        return []
    asked = await last_question(connection, claimed.conversation)
    return [asked] if asked else []


async def _send_out(connection: AsyncConnection, claimed: Claimed, replies: Sequence[Reply], speaker: str) -> None:
    """Hands replies to whoever sends for the channel."""
    for position, reply in enumerate(replies):
        row = {"conversation_id": claimed.conversation, "turn_id": claimed.turn_id, "position": position}
        await connection.execute(insert(Outbox).values(**row, speaker=speaker, reply=reply.as_sent()))
    await connection.execute(select(func.pg_notify(OUTBOX, claimed.channel)))


def epoch_of(claimed: Claimed, attempt: int) -> int:
    """The epoch that an attempt speaks to Rasa under. No two attempts at a message share one, so a repeated turn never
    meets the tracker of a half-done one."""
    return claimed.epoch + attempt - 1


async def _remember(connection: AsyncConnection, claimed: Claimed, turn: Turn, attempt: int, memory: Memory) -> int:
    """Commits the memory, and the epoch whose tracker fits it."""
    epoch, turns = epoch_of(claimed, attempt), claimed.turns_in_epoch + 1
    if attempt > 1:
        turns = 1
    left_behind = turn.loop_pauses or turn.forgets_answer or (turn.asked_rasa and turn.outcome is Outcome.FAILED)
    if turns >= TURNS_IN_EPOCH or left_behind:  # The next turn begins with a tracker that is made from the memory.
        epoch, turns = epoch + 1, 0
    values: dict[str, Any] = {
        "epoch": epoch,
        "turns_in_epoch": turns,
        "state": memory.model_dump(mode="json"),
        "last_message_at": claimed.received_at,
    }
    if turn.outcome is Outcome.ANSWERED:
        values["outage_told_at"] = None
    if turn.warns:
        values["warned_at"] = NOW
    row = update(Conversation).where(Conversation.id == claimed.conversation)
    await connection.execute(row.values(**values))
    return epoch
