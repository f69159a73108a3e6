"""Tells from a platform's own count whether something still comes before a delivery, so that only that is waited for.

A platform that counts its deliveries one by one leaves no number out. A number that is missing is a delivery under way,
of anybody: it was overtaken, or nobody took it because the app was down, and it comes again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

GAP_SECONDS = 2.0
"""How long a missing number is waited for; then it counts as one that will never come."""
STARTING_SECONDS = 3.0
"""For so long after the first delivery nobody knows what the process before this one has left untaken."""
USUAL_SECONDS = 0.25
"""Instead of GAP_SECONDS as long as missing numbers do not come, because another process gets them."""
MOST_MISSES = 3
FARTHEST = 1_000
"""A number so far ahead is a new beginning, as after a week without deliveries."""


@dataclass
class Sequence:
    """What came to this process. clock: seconds that never go back."""

    clock: Callable[[], float]
    starting_seconds: float = STARTING_SECONDS
    _mark: int | None = None
    _ahead: dict[int, float] = field(default_factory=dict)
    """Numbers behind a gap, and until when the gap is waited for."""
    _misses: int = 0
    _began: float | None = None

    @property
    def mark(self) -> int:
        """Up to this number all is stored, or no longer waited for."""
        self._go_on()
        return -1 if self._mark is None else self._mark

    def patience(self, number: int) -> float:
        """How long a delivery may wait for those before it, unless `mark` has reached it earlier."""
        if self.mark < 0:
            return max(USUAL_SECONDS, self._starting_until() - self.clock())
        return self._gap_seconds() if number > self.mark else 0.0

    def store(self, number: int) -> bool:
        """A delivery is stored. Whether that ends the waiting of this or another one."""
        before = self.mark
        if before >= 0 and number > before + FARTHEST:
            self._mark, self._ahead = number, {}
        elif number > before:
            self._ahead[number] = self.clock() + self._gap_seconds()
        return self.mark != before

    def _gap_seconds(self) -> float:
        return GAP_SECONDS if self._misses < MOST_MISSES else USUAL_SECONDS

    def _starting_until(self) -> float:
        if self._began is None:
            self._began = self.clock()
        return self._began + self.starting_seconds

    def _go_on(self) -> None:
        now = self.clock()
        if self._mark is None:
            if not self._ahead or now < self._starting_until():
                return
            self._mark = min(self._ahead) - 1
        while self._ahead:
            first = min(self._ahead)
            if first > self._mark + 1 and self._ahead[first] > now:
                return
            self._misses = self._misses + 1 if first > self._mark + 1 else 0
            self._mark = max(self._mark, first)
            del self._ahead[first]


def marks_of(sequences: Mapping[str, Sequence]) -> dict[str, int]:
    """Up to which number nothing is missing, by channel."""
    return {name: sequence.mark for name, sequence in sequences.items()}
