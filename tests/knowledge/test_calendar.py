"""The table of days off: right for every day of two sources, and honest about the years that are not announced."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import chinese_calendar
import pytest
from holidays.countries import China

from knowledge.calendar import TABLE, Calendar
from knowledge.calendar_table import read_table
from tests.knowledge.calendar_seed import MENDED, calendar_of_2026, rows

CALENDAR = Calendar.load()
BEFORE_2027 = calendar_of_2026()


def days_of(first_year: int, last_year: int) -> list[date]:
    first = date(first_year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(last_year, 12, 31) - first).days + 1)]


def test_all_4383_days_of_2015_to_2026_agree_with_an_independent_source() -> None:
    source = China(years=range(2015, 2027))
    days = days_of(2015, 2026)

    assert len(days) == 4383
    assert [day for day in days if CALENDAR.is_working_day(day) != source.is_working_day(day)] == []


def test_all_days_of_2004_to_2026_agree_with_the_package_that_the_table_was_made_from_but_for_the_mended_one() -> None:
    differing = [day for day in days_of(2004, 2026) if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day)]

    assert differing == list(MENDED) == [date(2005, 12, 31)]


def test_the_mended_day_is_one_on_which_the_independent_source_agrees() -> None:
    # 国办发明电〔2005〕35号: 「12月31日（星期六）上班」.
    assert [China(years=2005).is_working_day(day) for day in MENDED] == [CALENDAR.is_working_day(day) for day in MENDED]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 4), True),  # Sunday, worked for New Year's Day
        (date(2026, 2, 13), True),  # Friday before the Spring Festival
        (date(2026, 2, 14), True),  # Saturday, worked to make up
        (date(2026, 2, 15), False),  # boundary: first day of the Spring Festival
        (date(2026, 2, 23), False),  # boundary: last day, a Monday
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # Saturday, worked to make up
        (date(2026, 5, 9), True),  # Saturday, worked for Labour Day
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
    assert (CALENDAR.is_working_day(day), CALENDAR.is_announced(day)) == (works, True)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 1), False),  # 元旦, a Friday
        (date(2027, 1, 4), True),  # Monday
        (date(2027, 2, 4), True),  # boundary: the day before 除夕
        (date(2027, 2, 5), False),  # 除夕, a Friday; the four days of the Spring Festival are 5 to 8 February
        (date(2027, 2, 8), False),  # 初三, a Monday
        (date(2027, 2, 9), False),  # for 初一, a Saturday
        (date(2027, 2, 10), False),  # boundary: for 初二, a Sunday
        (date(2027, 2, 11), True),
        (date(2027, 4, 5), False),  # 清明, a Monday
        (date(2027, 5, 3), False),  # for 1 May, a Saturday
        (date(2027, 5, 4), False),  # for 2 May, a Sunday
        (date(2027, 6, 9), False),  # 端午, a Wednesday
        (date(2027, 9, 15), False),  # 中秋, a Wednesday
        (date(2027, 10, 1), False),  # Friday; 2 and 3 October fall on the weekend
        (date(2027, 10, 5), False),  # boundary: the second day given for them
        (date(2027, 10, 6), True),
        (date(2030, 5, 6), True),  # Monday
        (date(2036, 10, 6), False),  # last row of the table
        (date(2045, 10, 2), True),  # beyond the table: Monday to Friday
    ],
)
def test_days_of_an_unannounced_year_have_the_holidays_of_the_law_and_are_only_expected(day: date, works: bool) -> None:
    assert (BEFORE_2027.is_working_day(day), BEFORE_2027.is_announced(day)) == (works, False)


@pytest.mark.parametrize("year", range(2027, 2037))
def test_a_year_that_is_only_expected_has_the_thirteen_days_of_the_law(year: int) -> None:
    # 元旦 1, 春节 4, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3; all off on weekdays, because a weekend is made up for.
    # 中秋 falls on 国庆 in 2028 (3 October) and 2031 (1 October): one day less.
    days = [day for day in days_of(year, year) if day.weekday() < 5 and not BEFORE_2027.is_working_day(day)]

    assert len(days) == 13 - (year in (2028, 2031))


@pytest.mark.parametrize(
    ("day", "announced"),
    [
        pytest.param(date(2003, 12, 31), False, id="boundary: before the table"),
        pytest.param(date(2004, 1, 1), True, id="boundary: first day of the table"),
        pytest.param(date(2025, 12, 31), True, id="the next year's notice is out too"),
        pytest.param(date(2026, 12, 28), True, id="boundary: no notice of a next year ever moved it"),
        pytest.param(date(2026, 12, 29), False, id="boundary: the notice of 2027 may move it"),
        pytest.param(date(2026, 12, 31), False, id="last day of the last announced year"),
        pytest.param(date(2027, 1, 1), False, id="boundary: first unannounced day"),
    ],
)
def test_a_day_is_announced_when_every_notice_that_may_decide_about_it_is_out(day: date, announced: bool) -> None:
    assert BEFORE_2027.is_announced(day) is announced


def test_no_notice_ever_moved_an_earlier_day_of_december() -> None:
    moved = [one.day for one in read_table(TABLE)[0] if one.day.month == 12]

    assert min(day.day for day in moved) == 29


def test_the_years_of_the_table_without_a_notice_have_the_holidays_of_the_law() -> None:
    listed = {(one.day.isoformat(), one.name) for one in read_table(TABLE)[0] if not one.is_announced}
    years = {day[:4] for day, _ in listed}

    assert listed == {(day, name) for day, _, name, notice in rows() if notice == "未发布" and day[:4] in years}


def test_an_entered_notice_ends_the_expectation() -> None:
    calendar = Calendar({date(2027, 1, 1): False}, [2026, 2027])

    assert calendar.is_announced(date(2026, 12, 31))
    assert calendar.is_announced(date(2027, 6, 1))
    assert not calendar.is_announced(date(2027, 12, 31))


def test_the_table_stands_in_the_order_of_the_days() -> None:
    days = [one.day for one in read_table(TABLE)[0]]

    assert all(one < after for one, after in pairwise(days))


def test_excel_sees_that_the_table_is_chinese() -> None:
    assert TABLE.read_bytes().startswith(b"\xef\xbb\xbf")
