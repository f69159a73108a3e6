from datetime import date

import pytest

from knowledge.working_days import DueDate, due_after, is_working_day


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),  # Friday before the Spring Festival
        (date(2026, 2, 14), True),  # Saturday, worked to make up
        (date(2026, 2, 15), False),  # boundary: first day of the Spring Festival
        (date(2026, 2, 23), False),  # boundary: last day, a Monday
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # Saturday, worked to make up
        (date(2026, 9, 20), True),  # Sunday, worked to make up
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),  # boundary: first day of the National Day holiday
        (date(2026, 10, 7), False),  # boundary: last day, a Wednesday
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # Saturday, worked to make up
        (date(2026, 11, 21), False),  # ordinary Saturday
        (date(2026, 11, 23), True),  # ordinary Monday
    ],
)
def test_announced_days_follow_the_state_council(day: date, works: bool) -> None:
    assert is_working_day(day) == (works, True)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 2), False),  # Saturday
        (date(2027, 1, 4), True),  # Monday
        (date(2030, 5, 6), True),  # Monday
    ],
)
def test_days_of_an_unannounced_year_are_only_expected(day: date, works: bool) -> None:
    assert is_working_day(day) == (works, False)


@pytest.mark.parametrize(
    ("start", "working_days", "due"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),  # the first day is not counted
        (date(2026, 11, 23), 5, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # starts on a Saturday
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over the Spring Festival
        (date(2026, 2, 18), 1, date(2026, 2, 24)),  # starts inside it
        (date(2026, 2, 13), 20, date(2026, 3, 19)),  # 14, 24-28 (28 worked), 2-6, 9-13, 16-19 March
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the National Day holiday
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # ends on a Saturday that is worked
        (date(2026, 12, 30), 1, date(2026, 12, 31)),  # boundary: last announced day
        (date(2026, 11, 23), 0, date(2026, 11, 23)),  # boundary: nothing to count
    ],
)  # fmt: skip
def test_a_time_limit_ends_on_its_last_working_day(start: date, working_days: int, due: date) -> None:
    assert due_after(start, working_days) == DueDate(due, is_expected=False)


def test_a_time_limit_that_reaches_into_an_unannounced_year_is_expected() -> None:
    assert due_after(date(2026, 12, 31), 3).is_expected


def test_a_time_limit_far_in_the_future_does_not_raise() -> None:
    assert due_after(date(2035, 6, 1), 20).is_expected
