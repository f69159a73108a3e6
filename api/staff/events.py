"""Tells open pages of the consoles what changed: NOTIFY in a transaction, a stream of events to every page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

log = structlog.get_logger()

CHANNEL = "tuiyi_staff"
RECONNECT_SECONDS = 0.5
HEARTBEAT_SECONDS = 15.0
MOST_UNREAD = 200
REREAD = "reread"
"""The event by which a page learns that it may have missed something. It is the first one of every stream."""
SIGNED_OUT = "signed-out"


async def announce(connection: AsyncConnection, *changed: str) -> None:
    """Tells every page, when this transaction is committed, what changed: `queue`, `conversation:<id>` ...

    A name has neither line breaks nor personal data, and at most 7,000 bytes.
    """
    for name in changed:
        await connection.execute(select(func.pg_notify(CHANNEL, name)))


class Changes:
    """Hears what is announced by any process and hands it to the streams of this one."""

    def __init__(self, database_url: str) -> None:
        """`database_url` as libpq takes it: postgresql://..."""
        self._database_url = database_url
        self._readers: set[asyncio.Queue[str | None]] = set()
        self._is_closed = False

    async def run(self) -> None:
        """Listens until cancelled."""
        while True:
            try:
                await self._listen()
            except psycopg.Error as error:
                log.warning("staff_events_reconnect", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    def close(self) -> None:
        """Ends all streams, because they would keep the server from stopping."""
        self._is_closed = True
        for reader in self._readers:
            _put(reader, None)

    async def stream(self, is_signed_in: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
        """The events for one page as text/event-stream, with a heartbeat, until its reader may read no longer."""
        numbers = count(1)
        with self._reading() as reader:
            yield _event(next(numbers), REREAD)
            clock = asyncio.get_running_loop().time
            # Looked at by the clock, so that a busy desk does not keep alive who has signed out.
            look_at = clock() + HEARTBEAT_SECONDS
            while not self._is_closed:
                name = None
                try:
                    async with asyncio.timeout_at(look_at):
                        name = await reader.get()
                except TimeoutError:
                    yield ": \n\n"
                if clock() >= look_at:
                    if not await is_signed_in():
                        yield _event(next(numbers), SIGNED_OUT)
                        return
                    look_at = clock() + HEARTBEAT_SECONDS
                if name is not None:
                    yield _event(next(numbers), name)

    @contextmanager
    def _reading(self) -> Iterator[asyncio.Queue[str | None]]:
        reader: asyncio.Queue[str | None] = asyncio.Queue(MOST_UNREAD)
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._database_url, autocommit=True, connect_timeout=2)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._tell(REREAD)
            async for notification in connection.notifies():
                self._tell(notification.payload)

    def _tell(self, name: str) -> None:
        for reader in self._readers:
            _put(reader, name)


def _put(reader: asyncio.Queue[str | None], name: str | None) -> None:
    if reader.full():  # A page that does not keep up reads everything again instead.
        while not reader.empty():
            reader.get_nowait()
        reader.put_nowait(REREAD)
    reader.put_nowait(name)


def _event(number: int, name: str) -> str:
    kind, _, about = name.partition(":")
    return f"id: {number}\nevent: {kind}\ndata: {about}\n\n"
