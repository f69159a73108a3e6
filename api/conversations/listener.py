"""Hears the database's notifications: messages that came, messages that were handled, replies that are to go out.

A notification only saves waiting. Whoever waits also looks by itself every second, so none may be missed for long.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import structlog

log = structlog.get_logger()

INBOX, HANDLED, OUTBOX = "tuiyi_inbox", "tuiyi_handled", "tuiyi_outbox"
RECONNECT_SECONDS = 0.5


class Bell:
    """Wakes one of several workers that wait for the same thing."""

    def __init__(self) -> None:
        self._idle: deque[asyncio.Future[None]] = deque()
        self._rang_for_nobody = False

    def ring(self) -> None:
        """Wakes one who waits; when nobody does, the next who would wait looks once more instead."""
        while self._idle:
            waiting = self._idle.popleft()
            if not waiting.done():
                waiting.set_result(None)
                return
        self._rang_for_nobody = True

    def ring_for_all(self) -> None:
        """Wakes everybody who waits."""
        for _ in range(len(self._idle)):
            self.ring()
        self._rang_for_nobody = True

    async def wait(self, seconds: float) -> None:
        """Waits for the bell, but no longer than so many seconds."""
        if self._rang_for_nobody:
            self._rang_for_nobody = False
            return
        waiting = asyncio.get_running_loop().create_future()
        self._idle.append(waiting)
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            return


class Listener:
    """One connection that listens for the whole process and connects again when it breaks."""

    def __init__(self, database_url: str) -> None:
        """`database_url` as libpq takes it: postgresql://..."""
        self._database_url = database_url
        self.inbox = Bell()
        """Rings when a message came."""
        self._outbox: dict[str, Bell] = defaultdict(Bell)
        self._handled: dict[str, set[asyncio.Event]] = defaultdict(set)

    def outbox(self, channel: str) -> Bell:
        """Rings when a reply of this channel is to go out."""
        return self._outbox[channel]

    @contextmanager
    def handled(self, inbox_id: int) -> Iterator[asyncio.Event]:
        """An event that is set when the message has its answer."""
        event, key = asyncio.Event(), str(inbox_id)
        self._handled[key].add(event)
        try:
            yield event
        finally:
            self._handled[key].discard(event)
            if not self._handled[key]:
                del self._handled[key]

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
            self._look_for_everything()
            async for notification in connection.notifies():
                self._hear(notification)

    def _look_for_everything(self) -> None:
        """Whatever came while nobody listened is looked for now."""
        self.inbox.ring_for_all()
        for bell in self._outbox.values():
            bell.ring_for_all()
        for events in self._handled.values():
            for event in events:
                event.set()

    def _hear(self, notification: psycopg.Notify) -> None:
        if notification.channel == INBOX:
            self.inbox.ring()
        elif notification.channel == OUTBOX:
            for channel, bell in self._outbox.items():
                if notification.payload in ("", channel):  # Whoever does not say which channel means all.
                    bell.ring()
        else:
            for event in self._handled.get(notification.payload, ()):
                event.set()


async def wait_a_while(event: asyncio.Event, seconds: float) -> None:
    """Waits for the event, but no longer than so many seconds; leaves it ready to be waited for again."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
    event.clear()
