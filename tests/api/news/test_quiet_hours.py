"""At night nobody is woken."""

from __future__ import annotations

from datetime import datetime

import pytest

from api.conversations.desk_hours import LOCAL
from api.news.quiet_hours import read_quiet_hours


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, second, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        (at(20, 59, 59), False),
        (at(21), True),
        (at(23, 59), True),
        (at(0), True),
        (at(7, 59, 59), True),
        (at(8), False),
        (at(12), False),
    ],
)
def test_a_night_goes_over_midnight(now: datetime, quiet: bool) -> None:
    assert read_quiet_hours("21:00-08:00").are_on(now) is quiet


@pytest.mark.parametrize(("now", "quiet"), [(at(11, 59), False), (at(12), True), (at(14), False)])
def test_a_span_within_a_day(now: datetime, quiet: bool) -> None:
    assert read_quiet_hours("12:00-14:00").are_on(now) is quiet


@pytest.mark.parametrize("written", ["", " ", "8:00-08:00"])
def test_nothing_written_is_never_quiet(written: str) -> None:
    assert not any(read_quiet_hours(written).are_on(at(hour)) for hour in range(24))


def test_hours_are_local_wherever_the_clock_stands() -> None:
    utc = datetime.fromisoformat("2026-11-23T13:30:00+00:00")

    assert read_quiet_hours("21:00-08:00").are_on(utc)


@pytest.mark.parametrize("written", ["21-8", "25:00-08:00", "21:60-08:00", "21:00", "21:00-08:00 12:00-13:00"])
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"21:00-08:00|hour|minute"):
        read_quiet_hours(written)
