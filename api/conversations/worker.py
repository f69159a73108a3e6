"""Works through the inbox: one message of a conversation at a time, different conversations side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.conversations.choices import spoken
from api.conversations.claim import Claimed, begin_attempt, claim
from api.conversations.intake import place
from api.conversations.listener import Listener
from api.conversations.record import Recorder, epoch_of
from api.conversations.sealing import Sealer, Unreadable
from api.conversations.trackers import forget_trackers
from api.current_knowledge import CurrentKnowledge
from api.db.errors import kind_of
from api.db.models import Inbox
from bot.message import Inbound, Owner
from bot.outcome import URGENT
from bot.rasa_client import RasaAway, RasaClient, RasaFailed, TryAgain
from bot.turn import MustWait, Tools, Turn, give_up, run_turn

log = structlog.get_logger()

MOST_FAILURES = 3
"""Failures of a message while Rasa was up; then the person gets an apology."""
MOST_ATTEMPTS = 25
"""Attempts whatever interrupted them, for a message that brings down whoever touches it."""
LOOK_EVERY_SECONDS = 5.0
"""How often an idle worker looks by itself. There are several, so somebody looks about every second."""
PROBE_EVERY_SECONDS = 1.0
PAUSE_AFTER_ERROR_SECONDS = 0.5


class Worker:
    """Handles messages until it is cancelled. Several run side by side and share everything given here."""

    def __init__(
        self,
        engine: AsyncEngine,
        listener: Listener,
        sealer: Sealer,
        rasa: RasaClient,
        tools: Tools,
        recorder: Recorder,
        knowledge: CurrentKnowledge,
        turn_limit_seconds: float,
        marks: Callable[[], Mapping[str, int]] = dict,
    ) -> None:
        """marks: up to which rank nothing of a channel is missing."""
        self._engine = engine
        self._listener = listener
        self._sealer = sealer
        self._rasa = rasa
        self._tools = tools
        self._recorder = recorder
        self._knowledge = knowledge
        self._turn_limit_seconds = turn_limit_seconds
        self._marks = marks

    async def run(self) -> None:
        """Handles what is due, then waits for more."""
        while True:
            try:
                is_idle = not await self.handle_one()
            except (SQLAlchemyError, OSError) as error:
                log.warning("worker_pauses", error=kind_of(error))
                await asyncio.sleep(PAUSE_AFTER_ERROR_SECONDS)
                continue
            if is_idle:
                await self._listener.inbox.wait(LOOK_EVERY_SECONDS)

    async def handle_one(self) -> bool:
        """Brings the next due message one step on: recorded, put to wait, or counted as failed. False: none is due."""
        async with self._engine.connect() as connection:
            claimed = await claim(connection, rasa_is_away=self._rasa.is_away, marks=self._marks())
            if claimed is None:
                return False
            attempt = await begin_attempt(self._engine, claimed.inbox_id)
            try:
                with self._knowledge.of_one_turn() as release:
                    turn = await self._run(connection, claimed, attempt, release)
                await self._record(connection, claimed, turn, attempt)
            except (RasaAway, RasaFailed, TimeoutError) as error:
                await self._after_failure(connection, claimed, error)
            except MustWait:
                await self._recorder.put_to_wait(connection, claimed)
            except TryAgain as error:
                log.warning("turn_repeats", turn=str(claimed.turn_id), error=str(error))
                await asyncio.sleep(PAUSE_AFTER_ERROR_SECONDS)
                return True
            await connection.commit()
        return True

    async def _run(self, connection: AsyncConnection, claimed: Claimed, attempt: int, release: str) -> Turn:
        """The turn after its last step. Raises TryAgain or TimeoutError."""
        opened = await spoken(connection, claimed.conversation, self._open(claimed))
        turn = Turn(
            id=str(claimed.turn_id),
            conversation=str(claimed.conversation),
            sender=f"{claimed.conversation}.{epoch_of(claimed, attempt)}",
            inbound=opened,
            owner=claimed.owner,
            memory=claimed.memory,
            may_ask_rasa=claimed.is_oldest,
            release=release,
            is_warned=claimed.warned_at is not None,
            judged=claimed.judged,
            is_owed=claimed.is_owed,
            approvals=claimed.approvals,
            notices=claimed.notices,
        )
        if claimed.failures >= MOST_FAILURES or attempt > MOST_ATTEMPTS:
            log.error("message_given_up", turn=turn.id, reference=turn.reference, attempts=attempt)
            await give_up(turn, self._tools)
            return turn
        async with asyncio.timeout(self._turn_limit_seconds):
            await run_turn(turn, self._tools)
        if not claimed.is_oldest and turn.owner is Owner.BOT and turn.outcome not in URGENT:
            raise MustWait
        return turn

    def _open(self, claimed: Claimed) -> Inbound:
        """The message as it came. One whose seal no longer opens, because the key was changed, is empty."""
        try:
            opened = self._sealer.open(claimed.sealed, place(claimed.channel, claimed.message_id))
            return Inbound.model_validate_json(opened)
        except Unreadable:
            log.error("message_unreadable", turn=str(claimed.turn_id))
            return Inbound(
                channel=claimed.channel,
                message_id=claimed.message_id,
                session_id="unknown",
                text="",
                received_at=claimed.received_at,
            )

    async def _after_failure(self, connection: AsyncConnection, claimed: Claimed, error: Exception) -> None:
        """Rasa away: the message waits. Rasa up: one more failure of this message."""
        log.warning("turn_failed", turn=str(claimed.turn_id), error=f"{type(error).__name__}: {error}")
        if self._rasa.is_away or not await self._rasa.probe():
            await self._recorder.put_to_wait(connection, claimed)
            return
        counted = update(Inbox).where(Inbox.id == claimed.inbox_id).values(failures=Inbox.failures + 1)
        await connection.execute(counted)

    async def _record(self, connection: AsyncConnection, claimed: Claimed, turn: Turn, attempt: int) -> None:
        epoch = await self._recorder.record(connection, claimed, turn, attempt)
        await connection.commit()
        log.info("turn_recorded", turn=turn.id, outcome=turn.outcome, attempt=attempt)
        if epoch > claimed.epoch:
            stale = [f"{claimed.conversation}.{number}" for number in range(claimed.epoch, epoch)]
            await forget_trackers(self._engine, stale)


async def watch_rasa(rasa: RasaClient, listener: Listener) -> None:
    """Asks an absent Rasa every second whether it is back, and then wakes the workers."""
    while True:
        await asyncio.sleep(PROBE_EVERY_SECONDS)
        if rasa.is_away and await rasa.probe():
            log.info("rasa_is_back")
            listener.inbox.ring_for_all()
