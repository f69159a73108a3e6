"""Leaves a neighbour alone that fails again and again, and tries it once in a while."""

from __future__ import annotations

import time
from collections.abc import Callable

FAILURES_TO_OPEN = 5
OPEN_SECONDS = 30.0


class Breaker:
    """Closed: every call goes through. Open after five failures in a row: none does. After 30 seconds one is let
    through; if it succeeds all are again, else 30 more seconds pass.

    For one thread. A trial that never reports back counts as failed.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds that only grow."""
        self._clock = clock
        self._failures = 0
        self._opened_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the neighbour counts as away."""
        return self._failures >= FAILURES_TO_OPEN

    def lets_through(self) -> bool:
        """Whether a call may go out now. Whoever is told so reports what became of it."""
        if not self.is_open:
            return True
        if self._clock() < self._opened_at + OPEN_SECONDS:
            return False
        self._opened_at = self._clock()
        return True

    def succeeded(self) -> None:
        """The neighbour answered."""
        self._failures = 0

    def failed(self) -> None:
        """It did not, or not in its form."""
        self._failures += 1
        self._opened_at = self._clock()
