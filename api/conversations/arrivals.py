"""Takes in what a platform delivers: for good, once, and without making it wait for any answer."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, func, insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.conversations.intake import AnotherSession, Flooded, Intake, Manner
from api.conversations.listener import Listener
from api.conversations.sealing import Sealer
from api.conversations.sequence import Sequence
from api.db.models import Quarantine
from bot.channels.arrivals import Arrival, Asked, Chosen, Opened, Said, Unread
from bot.channels.channel import CountingChannel, PushedChannel, Unusable
from bot.message import Inbound, Taken
from bot.wording import Wording

log = structlog.get_logger()

SETTLES_SECONDS = 0.25
"""Deliveries come over several connections and overtake each other. Where a platform does not count them, the first one
waits that long for those that were sent before it. One that comes later still is handled when it comes."""
MOST_UNHANDLED = 200
KEPT_APART = timedelta(days=14)

Beginning = Callable[[str], tuple[str, str | None]]
"""What is asked by opening a conversation through a link, and the region that the link names."""


class Arrivals:
    """Stores arrivals of every channel whose platform pushes."""

    def __init__(
        self,
        engine: AsyncEngine,
        intake: Intake,
        sealer: Sealer,
        listener: Listener,
        wording: Wording,
        beginning: Beginning,
        sequences: Mapping[str, Sequence],
    ) -> None:
        """sequences: of the channels whose platform counts its deliveries."""
        self._engine = engine
        self._intake = intake
        self._sealer = sealer
        self._listener = listener
        self._wording = wording
        self._beginning = beginning
        self._sequences = sequences
        self._storing: dict[tuple[str, str], dict[asyncio.Event, int]] = {}

    async def take(
        self, channel: PushedChannel, body: bytes, now: datetime, *, is_ordered: bool
    ) -> tuple[Arrival, ...]:
        """Stores all that a verified body brings, or nothing; returns what it brings.

        What cannot be used is kept apart and never refused: a platform would deliver it again for hours.
        is_ordered: deliveries do not overtake each other.
        """
        try:
            arrivals = channel.parse(body)
        except Unusable as error:
            await self._keep_apart(channel.name, body, str(error))
            self._stored(channel, body)
            return ()
        if not arrivals:
            self._stored(channel, body)
            return ()
        settles = 0.0 if is_ordered else self._settles(channel, arrivals[0].rank)
        try:
            async with self._in_turn(channel.name, arrivals[0]), self._engine.begin() as connection:
                for arrival in arrivals:
                    manner = Manner(True, arrival.rank, settles, MOST_UNHANDLED, arrival.allowance)
                    await self._intake.accept(connection, self._inbound(channel.name, arrival, now), manner)
        except (Flooded, AnotherSession) as error:
            await self._keep_apart(channel.name, body, type(error).__name__)
        if not self._stored(channel, body, arrivals) and settles:
            asyncio.get_running_loop().call_later(settles, self._listener.inbox.ring)
        return arrivals

    def _settles(self, channel: PushedChannel, rank: int | None) -> float:
        """How long it waits for what was sent before it. Who names no order cannot be put right by waiting."""
        if rank is None:
            return 0.0
        sequence = self._sequences.get(channel.name)
        return sequence.patience(rank) if sequence else SETTLES_SECONDS

    def _stored(self, channel: PushedChannel, body: bytes, arrivals: tuple[Arrival, ...] = ()) -> bool:
        """Counts a delivery that needs to come no more. Whether that ended the waiting of any, which are looked at."""
        sequence = self._sequences.get(channel.name)
        if sequence is None or not isinstance(channel, CountingChannel):
            return False
        number = arrivals[0].rank if arrivals else channel.number(body)
        if number is None or not sequence.store(number):
            return False
        self._listener.inbox.ring_for_all()
        return True

    @asynccontextmanager
    async def _in_turn(self, channel: str, arrival: Arrival) -> AsyncIterator[None]:
        """Begins when all that comes before it in its conversation and is being stored at this moment is stored."""
        key, rank, stored = (channel, arrival.session_id), arrival.rank or 0, asyncio.Event()
        beside = self._storing.setdefault(key, {})
        before = [event for event, its_rank in beside.items() if its_rank < rank]
        beside[stored] = rank
        try:
            for event in before:
                await event.wait()
            yield
        finally:
            stored.set()
            del beside[stored]
            if not beside:
                self._storing.pop(key, None)

    async def sweep(self) -> None:
        """Throws away what was kept apart long enough for somebody to have looked at it."""
        old = delete(Quarantine).where(Quarantine.at < func.now() - KEPT_APART)
        async with self._engine.begin() as connection:
            await connection.execute(old)

    def _inbound(self, channel: str, arrival: Arrival, now: datetime) -> Inbound:
        text, region, taken, unread = "", None, None, None
        match arrival:
            case Said():
                text = arrival.text
            case Asked():
                text = self._wording.say(f"line.{arrival.key}")
            case Opened():
                text, region = self._beginning(arrival.about)
            case Chosen():
                taken = Taken(offer=arrival.offer, number=arrival.number)
            case Unread():
                unread = arrival.kind
        return Inbound(
            channel=channel,
            message_id=arrival.message_id,
            session_id=arrival.session_id,
            text=text,
            received_at=now,
            region_hint=region,
            taken=taken,
            unread=unread,
        )

    async def _keep_apart(self, channel: str, body: bytes, reason: str) -> None:
        log.warning("delivery_unusable", channel=channel, reason=reason)
        async with self._engine.begin() as connection:
            await _quarantine(connection, self._sealer, channel, body, reason)


async def _quarantine(connection: AsyncConnection, sealer: Sealer, channel: str, body: bytes, reason: str) -> None:
    key = uuid.uuid4()
    row = {"id": key, "channel": channel, "sealed": sealer.seal(body, place(channel, str(key))), "reason": reason}
    await connection.execute(insert(Quarantine).values(**row))


def place(channel: str, key: str) -> str:
    """Where a delivery stands sealed."""
    return f"quarantine\0{channel}\0{key}"
