"""Shows a person that his answer is being made, where a platform can show it and the answer takes a while.

Looked for beside everything else and never insisted on, so it cannot hold up or fail any turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from api.channels.carrier import Carrier, Failed, Refused, Spent, Unreachable
from bot.channels.channel import TypingChannel

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 0.5
MOST_AT_ONCE = 10
ASKED_SECONDS = 2.0

# The bot alone makes answers; while Rasa is away nobody does.
WAITING = text("""
    SELECT DISTINCT c.session_id FROM inbox i JOIN conversation c ON c.id = i.conversation_id
    WHERE i.handled_at IS NULL AND i.waiting_since IS NULL AND c.channel = :channel AND c.owner = 'bot'
        AND c.parked_at IS NULL AND i.received_at BETWEEN now() - interval '1 minute' AND now() - interval '1 second'
    LIMIT :most
""")


class Typing:
    """Looks after one channel."""

    def __init__(
        self,
        engine: AsyncEngine,
        channel: TypingChannel,
        carrier: Carrier,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._channel = channel
        self._carrier = carrier
        self._sleep = sleep
        self._shown: dict[str, float] = {}

    async def run(self) -> None:
        """Shows it until cancelled."""
        while True:
            await self._sleep(LOOK_EVERY_SECONDS)
            try:
                await self.look()
            except (SQLAlchemyError, OSError) as error:
                log.info("typing_not_looked_for", channel=self._channel.name, error=type(error).__name__)

    async def look(self) -> None:
        """Shows it to those who wait longer than a second and do not see it already."""
        now = asyncio.get_running_loop().time()
        self._shown = {session: until for session, until in self._shown.items() if until > now}
        async with self._reading.connect() as connection:
            names = {"channel": self._channel.name, "most": MOST_AT_ONCE + len(self._shown)}
            waiting = (await connection.execute(WAITING, names)).scalars().all()
        new = [session for session in waiting if session not in self._shown][:MOST_AT_ONCE]
        self._shown |= dict.fromkeys(new, now + self._channel.typing_seconds)
        await asyncio.gather(*map(self._show, new))

    async def _show(self, session_id: str) -> None:
        try:
            async with asyncio.timeout(ASKED_SECONDS):
                await self._carrier.carry(self._channel.typing(session_id))
        except (Failed, Refused, Unreachable, Spent, TimeoutError) as error:
            log.info("typing_not_shown", channel=self._channel.name, error=type(error).__name__)
