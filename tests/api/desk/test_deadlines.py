"""Clocks in working time. 2026: 14 February (Saturday) is worked, 15 to 23 February are the Spring Festival."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from api.conversations.desk_hours import LOCAL, DeskHours, read_desk_hours
from api.desk.deadlines import closing, due_today_or_next, minutes_left, tone_of
from knowledge.calendar import Calendar
from tests.api.conftest import Build

CALL = """
    INSERT INTO call_back (conversation_id, source, asked_at, due_at)
    SELECT id, 'given', now(), now() - interval '1 minute' FROM conversation
"""


@pytest.fixture(scope="module")
def hours() -> DeskHours:
    return read_desk_hours("08:30-12:00 14:30-17:30", Calendar.load())


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(11, 23, 9), date(2026, 11, 23)),  # Monday morning: the same day.
        (at(11, 23, 15, 30), date(2026, 11, 23)),  # Boundary: 120 minutes are left.
        (at(11, 23, 15, 31), date(2026, 11, 24)),
        (at(11, 23, 6), date(2026, 11, 23)),  # Before opening.
        (at(11, 20, 20), date(2026, 11, 23)),  # Friday evening: over the weekend.
        (at(2, 13, 20), date(2026, 2, 14)),  # Friday evening before a Saturday that is worked.
        (at(2, 14, 17), date(2026, 2, 24)),  # The last hour before the festival.
    ],
)
def test_something_small_is_due_today_or_on_the_next_working_day(hours: DeskHours, now: datetime, due: date) -> None:
    assert due_today_or_next(hours, now).day == due


@pytest.mark.parametrize(
    ("due", "now", "left"),
    [
        (at(11, 23, 17, 30), at(11, 20, 17), 30 + 390),  # Over the weekend: 30 minutes and a whole day.
        (at(2, 24, 17, 30), at(2, 13, 17), 30 + 390 + 390),  # The worked Saturday counts, nine days of festival do not.
        (at(11, 23, 17, 30), at(11, 23, 18), -1),  # Late by half an hour of an evening: late, and not by working time.
        (at(11, 23, 17, 30), at(11, 24, 9), -30),
    ],
)
def test_minutes_left_are_working_minutes(hours: DeskHours, due: datetime, now: datetime, left: int) -> None:
    assert minutes_left(hours, due, now) == left


@pytest.mark.parametrize(
    ("now", "tone"),
    [
        (at(11, 20, 9), "fine"),
        (at(11, 23, 15, 29), "fine"),
        (at(11, 23, 15, 30), "soon"),
        (at(11, 23, 17, 30), "soon"),
        (at(11, 23, 17, 31), "late"),
    ],
)
def test_warning_comes_two_working_hours_before(hours: DeskHours, now: datetime, tone: str) -> None:
    assert tone_of(hours, at(11, 23, 17, 30), now, "call") == tone


def test_desk_closes_at_the_end_of_its_last_span(hours: DeskHours) -> None:
    assert closing(hours, date(2026, 11, 23)) == at(11, 23, 17, 30)


async def test_what_is_late_is_told_to_the_leads_once(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.desk.deadlines.LOOK_EVERY_SECONDS", 0.1)
    async with build() as house:
        await house.line.send("你好", "m-1")
        house.change(CALL)
        await house.until("SELECT count(*) FROM call_back WHERE escalated_at IS NOT NULL", [(1,)], 20)

        assert house.rows("SELECT act, object FROM audit") == [("desk.escalate", "call_back:1")]
