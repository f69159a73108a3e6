"""The first message of an answer in the response to the delivery itself, where a platform takes it there."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.conversations.delivery import Claimed, Sender
from api.conversations.listener import Listener, wait_a_while
from api.db.models import Inbox
from bot.channels.arrivals import Arrival, Delivery
from bot.channels.channel import AnsweringChannel

LOOK_EVERY_SECONDS = 0.5
MOST_KEPT = 2_000
"""Responses that are given again when the platform did not hear the first one."""


class InResponse:
    """Waits for answers as long as a platform does. What comes later goes out by itself."""

    def __init__(self, engine: AsyncEngine, listener: Listener, channel: AnsweringChannel, sender: Sender) -> None:
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._listener = listener
        self._channel = channel
        self._sender = sender
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def answer(self, delivery: Delivery, arrival: Arrival, now: datetime, began: float) -> Response:
        """The response: the receipt when there is nothing to say in time. began: when it came (monotonic)."""
        if kept := self._kept.get(arrival.message_id):
            return Response(kept, media_type="text/xml")
        with self._sender.awaiting(arrival.session_id):
            claimed = await self._claimed(arrival, began + self._channel.answers_within_seconds)
        if claimed is None:
            return Response(self._channel.receipt)
        body = self._channel.answer(delivery, claimed.call, now)
        self._kept[arrival.message_id] = body
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return _Brought(body, lambda: self._sender.brought(claimed))

    async def _claimed(self, arrival: Arrival, until: float) -> Claimed | None:
        """The first thing to say to the person, as soon as there is one; None when there is none in time."""
        mine = select(Inbox.id).where(Inbox.channel == self._channel.name, Inbox.message_id == arrival.message_id)
        done = select(Inbox.handled_at.is_not(None))
        async with self._reading.connect() as connection:
            number = await connection.scalar(mine)
        if number is None:
            return None
        with self._listener.handled(number) as handled:
            while time.monotonic() < until:
                async with self._reading.connect() as connection:
                    is_done = await connection.scalar(done.where(Inbox.id == number))
                claimed = await self._sender.claim(arrival.session_id)
                if claimed or is_done:
                    return claimed
                left = until - time.monotonic()
                await wait_a_while(handled, max(0.0, min(left, LOOK_EVERY_SECONDS)))
        return None


class _Brought(Response):
    """Says that it is out when it is. Killed before that, what it brings is sent once more, and never not at all."""

    media_type = "text/xml"

    def __init__(self, body: bytes, when_out: Callable[[], Awaitable[None]]) -> None:
        super().__init__(body)
        self._when_out = when_out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)
        await asyncio.shield(asyncio.ensure_future(self._when_out()))
