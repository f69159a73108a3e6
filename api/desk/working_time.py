"""How long somebody has waited, counted while the desk was open."""

from __future__ import annotations

from datetime import datetime, timedelta

from api.conversations.desk_hours import LOCAL, DeskHours

LONGEST = timedelta(days=60)
"""What is older counts as if it had come then."""


def working_minutes(hours: DeskHours, since: datetime, until: datetime) -> int:
    """Whole minutes of opening hours between two instants; 0 when they are the wrong way round."""
    start, end = max(since, until - LONGEST).astimezone(LOCAL), until.astimezone(LOCAL)
    total, day = timedelta(), start.date()
    while day <= end.date():
        for opens, closes in hours.spans if hours.calendar.is_working_day(day) else ():
            first = max(start, datetime.combine(day, opens, LOCAL))
            last = min(end, datetime.combine(day, closes, LOCAL))
            total += max(last - first, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)
