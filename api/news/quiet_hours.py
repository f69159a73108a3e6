"""When nobody is to be woken by news. Local time (Asia/Shanghai)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from api.conversations.desk_hours import LOCAL


@dataclass(frozen=True)
class QuietHours:
    """A span of every day, over midnight or not: its beginning is quiet, its end is not. None when both are equal."""

    begin: time
    end: time

    def are_on(self, now: datetime) -> bool:
        """Whether it is quiet now."""
        clock = now.astimezone(LOCAL).time()
        if self.begin <= self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end


def read_quiet_hours(written: str) -> QuietHours:
    """Reads a span such as "21:00-08:00"; nothing written: never quiet. Raises ValueError, naming what was found."""
    if not written.strip():
        return QuietHours(time(), time())
    found = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", written)
    if found is None:
        raise ValueError(f"quiet hours: expected a span such as 21:00-08:00, found {written!r}")
    first, second, third, fourth = map(int, found.groups())
    return QuietHours(time(first, second), time(third, fourth))
