"""Counting working days: golden days worked out by hand, and what holds for all days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.working_days import DueDate, due_after
from tests.knowledge.calendar_seed import calendar_of_2026

CALENDAR = calendar_of_2026()
DAYS = st.dates(date(2004, 1, 1), date(2040, 12, 31))
COUNTS = st.integers(1, 40)


@pytest.mark.parametrize(
    ("start", "working_days", "due"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),  # the first day is not counted
        (date(2026, 11, 23), 5, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday to Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # starts on a Saturday
        (date(2026, 11, 22), 1, date(2026, 11, 23)),  # starts on a Sunday
        (date(2025, 12, 31), 1, date(2026, 1, 4)),  # over New Year's Day to a Sunday that is worked
        (date(2025, 12, 31), 2, date(2026, 1, 5)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over the Spring Festival, 15 to 23 February
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # starts on the Saturday that is worked
        (date(2026, 2, 18), 1, date(2026, 2, 24)),  # starts inside it
        (date(2026, 2, 23), 5, date(2026, 2, 28)),  # 24, 25, 26, 27 and the Saturday 28, which is worked
        (date(2026, 2, 13), 20, date(2026, 3, 19)),  # 14, 24-28 (28 worked), 2-6, 9-13, 16-19 March
        (date(2026, 4, 3), 1, date(2026, 4, 7)),  # over 清明, 4 to 6 April
        (date(2026, 4, 30), 4, date(2026, 5, 9)),  # over 1 to 5 May: 6, 7, 8 and the Saturday 9, which is worked
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # Friday to a Sunday that is worked
        (date(2026, 9, 24), 1, date(2026, 9, 28)),  # over 中秋, 25 to 27 September
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day holiday
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # ends on a Saturday that is worked
        (date(2026, 9, 30), 18, date(2026, 10, 30)),  # 8-10, 12-16, 19-23, 26-30 October: 3 + 5 + 5 + 5
        (date(2026, 12, 25), 1, date(2026, 12, 28)),  # boundary: last day that no other notice moves
    ],
)  # fmt: skip
def test_a_time_limit_ends_on_its_last_working_day(start: date, working_days: int, due: date) -> None:
    assert due_after(start, working_days, CALENDAR) == DueDate(due, is_expected=False)


@pytest.mark.parametrize(
    ("start", "working_days", "due"),
    [
        (date(2026, 12, 28), 1, date(2026, 12, 29)),  # boundary: first day that the notice of 2027 may move
        (date(2026, 12, 30), 1, date(2026, 12, 31)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # 1 January is a Friday and off by law
        (date(2026, 12, 24), 10, date(2027, 1, 8)),  # 25, 28-31 December, 4-8 January
        (date(2027, 2, 4), 1, date(2027, 2, 11)),  # 除夕 is Friday 5 February; 9 and 10 for the weekend in it
        (date(2027, 9, 30), 1, date(2027, 10, 6)),  # 1 to 3 October, 4 and 5 for the weekend in it
    ],
)  # fmt: skip
def test_what_rests_on_days_that_are_not_announced_is_expected(start: date, working_days: int, due: date) -> None:
    assert due_after(start, working_days, CALENDAR) == DueDate(due, is_expected=True)


@pytest.mark.parametrize("number", [0, -1])
def test_fewer_than_one_working_day_is_no_limit(number: int) -> None:
    with pytest.raises(ValueError, match=f"found {number}"):
        due_after(date(2026, 11, 23), number, CALENDAR)


@given(start=DAYS, number=COUNTS)
def test_it_ends_on_a_working_day_after_the_start(start: date, number: int) -> None:
    due = due_after(start, number, CALENDAR).day

    assert due > start
    assert CALENDAR.is_working_day(due)


@given(start=DAYS, number=COUNTS)
def test_between_start_and_end_lie_exactly_so_many_working_days(start: date, number: int) -> None:
    due = due_after(start, number, CALENDAR).day
    days = [start + timedelta(days=one) for one in range(1, (due - start).days + 1)]

    assert sum(CALENDAR.is_working_day(day) for day in days) == number


@given(start=DAYS, number=COUNTS)
def test_a_day_more_ends_later_and_is_not_less_expected(start: date, number: int) -> None:
    one, more = due_after(start, number, CALENDAR), due_after(start, number + 1, CALENDAR)

    assert one.day < more.day
    assert one.is_expected <= more.is_expected


@given(start=DAYS, later=st.integers(0, 30), number=COUNTS)
def test_a_later_start_never_ends_earlier(start: date, later: int, number: int) -> None:
    first, second = (due_after(day, number, CALENDAR).day for day in (start, start + timedelta(days=later)))

    assert first <= second


@given(start=DAYS, first=COUNTS, second=COUNTS)
def test_two_limits_one_after_the_other_are_one_of_their_sum(start: date, first: int, second: int) -> None:
    middle = due_after(start, first, CALENDAR).day

    assert due_after(middle, second, CALENDAR).day == due_after(start, first + second, CALENDAR).day
