"""Waiting is counted while the desk is open."""

from __future__ import annotations

from datetime import datetime

import pytest

from api.conversations.desk_hours import LOCAL, read_desk_hours
from api.desk.queue import Patience
from api.desk.working_time import working_minutes
from knowledge.calendar import Calendar

HOURS = read_desk_hours("08:30-12:00 14:30-17:30", Calendar({}, [2026]))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        (at(23, 9), at(23, 9, 10), 10),
        (at(23, 11, 50), at(23, 14, 40), 20),
        (at(20, 17, 20), at(23, 8, 40), 20),
        (at(21, 9), at(22, 18), 0),
        (at(23, 9), at(23, 8), 0),
        (at(23, 6), at(23, 20), 390),
    ],
)
def test_minutes_of_opening_hours_alone_count(since: datetime, until: datetime, minutes: int) -> None:
    assert working_minutes(HOURS, since, until) == minutes


def test_danger_is_counted_by_the_clock() -> None:
    patience = Patience(HOURS, 10)

    assert patience.waited(at(21, 9), at(21, 9, 30), is_distress=True) == 30
    assert patience.waited(at(21, 9), at(21, 9, 30), is_distress=False) == 0


@pytest.mark.parametrize(("waited", "tone"), [(0, "fine"), (4, "fine"), (5, "soon"), (9, "soon"), (10, "late")])
def test_waiting_is_shown_before_it_is_too_long(waited: int, tone: str) -> None:
    assert Patience(HOURS, 10).tone(waited) == tone
