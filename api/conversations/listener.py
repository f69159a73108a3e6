"""Hears the database's notifications: messages that came, messages that were handled, replies that are to go out.

A notification only saves waiting. Whoever waits also looks by itself every second, so none may be missed for long.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import structlog

log = structlog.get_logger()

INBOX, HANDLED, OUTBOX = "tuiyi_inbox", "tuiyi_handled", "tuiyi_outbox"
RECONNECT_SECONDS = 0.5


class Listener:
    """One connection that listens for the whole process and connects again when it breaks."""

    def __init__(self, database_url: str) -> None:
        """`database_url` as libpq takes it: postgresql://..."""
        self._database_url = database_url
        self._waiting: dict[tuple[str, str], set[asyncio.Event]] = defaultdict(set)

    @contextmanager
    def waiting(self, channel: str, payload: str = "") -> Iterator[asyncio.Event]:
        """An event that is set when the channel brings the payload; any payload when it is empty."""
        event = asyncio.Event()
        key = (channel, payload)
        self._waiting[key].add(event)
        try:
            yield event
        finally:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]

    async def run(self) -> None:
        """Listens until cancelled."""
        while True:
            try:
                await self._listen()
            except psycopg.Error as error:
                log.warning("listener_reconnects", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._database_url, autocommit=True, connect_timeout=2)
        async with connection:
            for channel in (INBOX, HANDLED, OUTBOX):
                await connection.execute(f"LISTEN {channel}")
            # Whatever came while nobody listened is looked for now.
            for channel, payload in list(self._waiting):
                self.wake(channel, payload)
            async for notification in connection.notifies():
                self.wake(notification.channel, notification.payload)

    def wake(self, channel: str, payload: str = "") -> None:
        """Sets the events of the payload, and those that wait for any payload of the channel."""
        for key in {(channel, payload), (channel, "")}:
            for event in self._waiting.get(key, ()):
                event.set()


async def wait_a_while(event: asyncio.Event, seconds: float) -> None:
    """Waits for the event, but no longer than so many seconds; leaves it ready to be waited for again."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
    event.clear()
