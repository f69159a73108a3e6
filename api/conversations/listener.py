"""Hears the database's notifications: messages that came, messages that were handled, replies that are to go out.

A notification only saves waiting. Whoever waits also looks by itself every second, so none may be missed for long.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
import structlog

log = structlog.get_logger()

INBOX, HANDLED, OUTBOX = "tuiyi_inbox", "tuiyi_handled", "tuiyi_outbox"
SAID = "tuiyi_said"
"""Rung by the database itself whenever a transcript grows or a conversation changes hands, whoever does it; without a
conversation, when what is said to everybody changes."""
RELEASED = "tuiyi_release"
"""Rung by the database itself for every release of the knowledge."""
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
        self.releases = Bell()
        """Rings when a release of the knowledge was published."""
        self._outbox: dict[str, Bell] = defaultdict(Bell)
        self._handled: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._said: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.is_ending = False
        """Whether whoever waits for things to be said is to wait no longer, because the server stops."""

    def outbox(self, channel: str) -> Bell:
        """Rings when a reply of this channel is to go out."""
        return self._outbox[channel]

    def handled(self, inbox_id: int) -> AbstractContextManager[asyncio.Event]:
        """An event that is set when the message has its answer."""
        return _waited_for(self._handled, str(inbox_id))

    def said(self, conversation: uuid.UUID) -> AbstractContextManager[asyncio.Event]:
        """An event that is set when something was said in a conversation, or somebody else holds it."""
        return _waited_for(self._said, str(conversation))

    def end(self) -> None:
        """Nobody waits any longer for things to be said."""
        self.is_ending = True
        _set_all(self._said)

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
            for channel in (INBOX, HANDLED, OUTBOX, SAID, RELEASED):
                await connection.execute(f"LISTEN {channel}")
            self._look_for_everything()
            async for notification in connection.notifies():
                self._hear(notification)

    def _look_for_everything(self) -> None:
        """Whatever came while nobody listened is looked for now."""
        self.inbox.ring_for_all()
        self.releases.ring_for_all()
        for bell in self._outbox.values():
            bell.ring_for_all()
        _set_all(self._handled)
        _set_all(self._said)

    def _hear(self, notification: psycopg.Notify) -> None:
        if notification.channel == INBOX:
            self.inbox.ring()
        elif notification.channel == RELEASED:
            self.releases.ring()
        elif notification.channel == OUTBOX:
            for channel, bell in self._outbox.items():
                if notification.payload in ("", channel):  # Whoever does not say which channel means all.
                    bell.ring()
        elif notification.channel == SAID and not notification.payload:
            _set_all(self._said)
        else:
            waiting = self._said if notification.channel == SAID else self._handled
            for event in waiting.get(notification.payload, ()):
                event.set()


@contextmanager
def _waited_for(waiting: dict[str, set[asyncio.Event]], key: str) -> Iterator[asyncio.Event]:
    event = asyncio.Event()
    waiting[key].add(event)
    try:
        yield event
    finally:
        waiting[key].discard(event)
        if not waiting[key]:
            del waiting[key]


def _set_all(waiting: dict[str, set[asyncio.Event]]) -> None:
    for events in waiting.values():
        for event in events:
            event.set()


async def wait_a_while(event: asyncio.Event, seconds: float) -> None:
    """Waits for the event, but no longer than so many seconds; leaves it ready to be waited for again."""
    await wait_until_rung(event, seconds)
    event.clear()


async def wait_until_rung(event: asyncio.Event, seconds: float) -> None:
    """Waits for the event, but no longer than so many seconds; leaves it as it is."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
