"""When counselors are there."""

from __future__ import annotations

from datetime import datetime

import pytest

from api.conversations.desk_hours import LOCAL, read_desk_hours
from tests.knowledge.calendar_seed import calendar_of_2026

CALENDAR = calendar_of_2026()
HOURS = read_desk_hours("08:30-12:00 14:30-17:30", CALENDAR)


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        pytest.param(at(2026, 11, 23, 8, 29), False, id="boundary: a minute before"),
        pytest.param(at(2026, 11, 23, 8, 30), True, id="boundary: opening"),
        pytest.param(at(2026, 11, 23, 11, 59), True, id="boundary: last minute"),
        pytest.param(at(2026, 11, 23, 12, 0), False, id="boundary: noon"),
        pytest.param(at(2026, 11, 23, 15, 0), True, id="afternoon"),
        pytest.param(at(2026, 11, 22, 9, 0), False, id="Sunday"),
        pytest.param(at(2026, 10, 1, 9, 0), False, id="National Day"),
        pytest.param(at(2026, 10, 10, 9, 0), True, id="Saturday that is worked"),
    ],
)
def test_desk_is_open_on_working_days_within_its_hours(moment: datetime, is_open: bool) -> None:
    assert HOURS.is_open(moment) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        pytest.param(at(2026, 11, 23, 7), at(2026, 11, 23, 8, 30), id="same morning"),
        pytest.param(at(2026, 11, 23, 12), at(2026, 11, 23, 14, 30), id="after noon"),
        pytest.param(at(2026, 11, 20, 18), at(2026, 11, 23, 8, 30), id="over the weekend"),
        pytest.param(at(2026, 9, 30, 18), at(2026, 10, 8, 8, 30), id="over the National Day holidays"),
    ],
)
def test_next_opening(moment: datetime, opens: datetime) -> None:
    assert HOURS.next_opening(moment).at == opens


def test_opening_in_a_year_without_announced_holidays_is_expected() -> None:
    assert HOURS.next_opening(at(2026, 12, 31, 18)).is_expected
    assert not HOURS.next_opening(at(2026, 11, 20, 18)).is_expected


def test_opening_after_new_year_leaves_the_expected_holiday_out() -> None:
    # 2027 is not announced; by the law New Year's Day, a Friday, is off in any case, so Monday 4 January.
    assert HOURS.next_opening(at(2026, 12, 31, 18)).at == at(2027, 1, 4, 8, 30)


@pytest.mark.parametrize("written", ["", "8-12", "12:00-08:30", "14:30-17:30 08:30-12:00", "25:00-26:00"])
def test_hours_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_desk_hours(written, CALENDAR)
