"""What asks a platform for something, and how it can come out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import structlog

from bot.channels.arrivals import Arrival, Call

log = structlog.get_logger()

AFTERWARDS_SECONDS = 5.0


class Failed(Exception):
    """It did not work, or nobody knows whether it did: to be tried again."""


class TooFast(Failed):
    """The platform takes nothing for a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"to wait {seconds:.0f} s")
        self.seconds = seconds


class Refused(Exception):
    """The platform will never take this. The message says why in its words, never what was sent."""


class Unreachable(Exception):
    """The person does not want to hear from us, or is gone."""


class Spent(Exception):
    """The platform takes nothing more for this person until he does something again."""


class Carrier(AbstractAsyncContextManager["Carrier"], Protocol):
    """A client of one platform; closed at the end of its block."""

    async def carry(self, call: Call) -> None:
        """Returns when the platform has taken it. Raises Failed, TooFast, Refused, Unreachable or Spent."""


class Afterwards:
    """Asks for what is worth nothing later: at once, beside everything else, and never again."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._under_way: set[asyncio.Task[None]] = set()

    def ask(self, arrivals: Iterable[Arrival]) -> None:
        """Begins to ask for what stored arrivals wish, and does not wait."""
        for call in (one.afterwards for one in arrivals if one.afterwards):
            task = asyncio.create_task(self._ask(call))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _ask(self, call: Call) -> None:
        try:
            async with asyncio.timeout(AFTERWARDS_SECONDS):
                await self._carrier.carry(call)
        except (Failed, Refused, Unreachable, Spent, TimeoutError) as error:
            log.info("not_asked_afterwards", method=call.method, error=type(error).__name__)
