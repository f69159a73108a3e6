"""Keeps to what a platform allows: so many messages a second in all, and one at a time to each person.

A message counts from the moment when it is begun until a while after it was answered, so however long each takes on
the way, no more than allowed can arrive within any second. A process begins with a pause, because it does not know
what the one before it sent last. Messages are begun evenly, not all at once when a second begins: no more are sent for
it in a second, and fewer are under way at a time, which are those that a kill may double.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable

PER_SECOND = 30
REST_SECONDS = 1.0
"""After a message to one person; also how long a message counts for all."""
MARGIN_SECONDS = 0.02
"""What a platform's clock may be ahead of ours within a second."""


class Pace:
    """What may be sent now. Nothing in it waits, so that a look and a beginning cannot be parted."""

    def __init__(self, clock: Callable[[], float], per_second: int = PER_SECOND, rest: float = REST_SECONDS) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._most = per_second
        self._rest = rest + MARGIN_SECONDS
        self._apart, self._next_at = 1 / per_second, clock()
        self._under_way: set[uuid.UUID] = set()
        self._ended: deque[float] = deque()
        self._resting: dict[uuid.UUID, float] = {}
        self._held_until = clock() + self._rest

    def seconds_to_wait(self) -> float:
        """How long nothing at all may be sent; 0 means now."""
        now = self._clock()
        while self._ended and self._ended[0] <= now:
            self._ended.popleft()
        held = max(0.0, self._held_until - now, self._next_at - now)
        if len(self._under_way) + len(self._ended) < self._most:
            return held
        return max(held, self._ended[0] - now if self._ended else self._rest)

    def resting(self) -> list[uuid.UUID]:
        """To whom nothing may be sent now."""
        now = self._clock()
        self._resting = {chat: until for chat, until in self._resting.items() if until > now}
        return [*self._resting, *self._under_way]

    def seconds_to_next(self) -> float | None:
        """When the first of those who rest may get something; None when nobody rests."""
        self.resting()
        return max(0.0, min(self._resting.values()) - self._clock()) if self._resting else None

    def begin(self, chat: uuid.UUID) -> bool:
        """Begins a message if it may be begun now."""
        if self.seconds_to_wait() or chat in self.resting():
            return False
        self._under_way.add(chat)
        self._next_at = self._clock() + self._apart
        return True

    def end(self, chat: uuid.UUID) -> None:
        """The message was answered, or nobody waits for its answer any more."""
        self._under_way.discard(chat)
        until = self._clock() + self._rest
        self._ended.append(until)
        self._resting[chat] = until

    def hold(self, seconds: float) -> None:
        """Nothing may be sent for so long: the platform said so."""
        self._held_until = max(self._held_until, self._clock() + seconds)
