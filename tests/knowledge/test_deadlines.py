"""When a time limit ends: golden moments worked out by hand, and what holds for all of them.

The limits are those of the guides (the list of time limits with their clocks), written out here, so that each figure
stands beside the day that follows from it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.calendar import LOCAL
from knowledge.deadlines import Deadline, deadline_of, deadlines_of
from knowledge.loader import load_library
from knowledge.model import TimeLimit
from knowledge.working_days import due_after
from tests.knowledge.builders import CONTEXT
from tests.knowledge.calendar_seed import calendar_of_2026

CALENDAR = calendar_of_2026()
NOON = time(12, 0)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31), timezones=st.sampled_from([LOCAL, UTC]))


def limit(starts: str | None = "accepted", **measure: Any) -> TimeLimit:
    clock = {"starts": {"id": starts, "say": "部门受理"}} if starts else {}
    content = {"source": "一", "id": "limit", "label": "审核", **clock, **measure}
    return TimeLimit.model_validate(content, context=CONTEXT)


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=LOCAL)


END = Deadline(limit(working_days=1), "latest", date(2026, 11, 24))


# Henan 附件2 (四): the office's last day; the day of the event is not counted.


@pytest.mark.parametrize(
    ("started", "working_days", "day"),
    [
        pytest.param(at(2026, 11, 23), 1, date(2026, 11, 24), id="HA 报到: Monday, 1 working day"),
        pytest.param(at(2026, 11, 23, 0, 0), 1, date(2026, 11, 24), id="boundary: the first moment of the day"),
        pytest.param(at(2026, 11, 23, 23, 59), 1, date(2026, 11, 24), id="boundary: the last minute of the day"),
        pytest.param(at(2026, 2, 13), 10, date(2026, 3, 5), id="HA 户口, Spring Festival: 14, 24-28 Feb, 2-5 Mar"),
        pytest.param(at(2026, 9, 30), 2, date(2026, 10, 9), id="HA 社保: National Day, 8 and 9 October"),
        pytest.param(at(2026, 9, 30), 5, date(2026, 10, 13), id="HA 医保: 8, 9, Saturday 10, 12, 13 October"),
        pytest.param(at(2026, 4, 29), 3, date(2026, 5, 7), id="FJ 社保卡: 30 April, 6 and 7 May"),
        pytest.param(at(2025, 12, 30), 2, date(2026, 1, 4), id="year's end: 31 December, Sunday 4 January"),
    ],
)
def test_an_office_has_its_working_days_after_the_event(started: datetime, working_days: int, day: date) -> None:
    found = deadline_of(limit(working_days=working_days), started, CALENDAR)

    assert (found.kind, found.day, found.hour, found.is_expected, found.open_say) == ("latest", day, None, False, None)


def test_a_limit_that_reaches_into_a_year_without_notice_is_expected() -> None:
    # 25, 28, 29, 30, 31 December, 4-8 January (Friday 1 January is off by law).
    found = deadline_of(limit(working_days=10), at(2026, 12, 24), CALENDAR)

    assert (found.day, found.is_expected) == (date(2027, 1, 8), True)


def test_the_day_is_that_of_china() -> None:
    # 23:00 on Sunday in UTC is 7:00 on Monday.
    found = deadline_of(limit(working_days=1), datetime(2026, 11, 22, 23, 0, tzinfo=UTC), CALENDAR)

    assert found.day == date(2026, 11, 24)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="with its time zone, found 2026-11-23T10:00:00"):
        deadline_of(limit(working_days=1), datetime(2026, 11, 23, 10), CALENDAR)


def test_the_whole_of_henan_runs_beside_its_steps() -> None:
    # Accepted on Monday 23 November; 18 working days: 24-27 Nov (4), 30 Nov-4 Dec (9), 7-11 (14), 14-17 December (18).
    # The household papers came on Thursday 26; 10 working days: 27 Nov (1), 30 Nov-4 Dec (6), 7-10 December (10).
    # Its result has not been passed on, so the clock of the medical insurance has not started.
    head = load_library().provinces["henan"].head
    steps = [limit("letter_received", working_days=10), limit("result_received", working_days=5)]
    happened = {"accepted": at(2026, 11, 23), "letter_received": at(2026, 11, 26)}

    found = deadlines_of([*head.time_limits, *steps], happened, CALENDAR)

    assert [(one.kind, one.day) for one in found] == [
        ("latest", date(2026, 12, 17)),
        ("latest", date(2026, 12, 10)),
        ("waits_for_event", None),
    ]
    assert found[0].limit.excludes == ("制卡时间", "寄送时间", "资金发放时间")


# Clocks that have not started or never do.


def test_a_clock_whose_event_has_not_happened_names_the_event() -> None:
    found = deadline_of(limit("funds_checked", working_days=5), None, CALENDAR)

    assert (found.kind, found.day) == ("waits_for_event", None)
    assert found.limit.starts is not None
    assert found.limit.starts.id == "funds_checked"


@pytest.mark.parametrize("started", [None, at(2026, 11, 23)])
def test_a_limit_without_a_stated_start_has_no_day(started: datetime | None) -> None:
    # Hebei 二2: 15 working days, from when is not stated.
    found = deadline_of(limit(None, working_days=15, excludes=["补助金发放"]), started, CALENDAR)

    assert (found.kind, found.day, found.limit.excludes) == ("no_start_stated", None, ("补助金发放",))


@pytest.mark.parametrize("started", [None, at(2026, 11, 23)])
@pytest.mark.parametrize(
    ("measure", "kind"),
    [({"on_the_spot": True}, "on_the_spot"), ({"no_figure": "资金到位后及时发放"}, "no_figure")],
)
def test_what_has_no_figure_has_no_day(measure: dict[str, Any], kind: str, started: datetime | None) -> None:
    assert deadline_of(limit(**measure), started, CALENDAR) == Deadline(limit(**measure), kind)


# Hainan 须知四: 次年8月1日前, whose year the guide does not say.


@pytest.mark.parametrize(
    ("started", "day"),
    [
        (at(2026, 11, 23), date(2027, 8, 1)),
        (at(2026, 1, 1, 0, 0), date(2027, 8, 1)),  # boundary: first moment of the year
        (at(2026, 12, 31, 23, 59), date(2027, 8, 1)),  # boundary: last minute of the year
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2028, 8, 1)),  # midnight of New Year's Day in China
        (at(2026, 7, 31), date(2027, 8, 1)),  # before the day of this year: the next year's all the same
    ],
)
def test_a_date_is_that_of_the_year_after_the_start(started: datetime, day: date) -> None:
    # 1 August 2027 is a Sunday: a date, not a working day.
    assert deadline_of(limit(None, by_date="08-01"), started, CALENDAR) == Deadline(
        limit(None, by_date="08-01"), "by_date", day
    )


def test_a_date_whose_year_is_not_stated_has_no_day_of_its_own() -> None:
    found = deadlines_of([limit(None, by_date="08-01")], {"accepted": at(2026, 11, 23)}, CALENDAR)

    assert found == (Deadline(limit(None, by_date="08-01"), "by_date"),)


def test_a_date_after_an_event_waits_for_it() -> None:
    assert deadline_of(limit("accepted", by_date="08-01"), None, CALENDAR).kind == "waits_for_event"


@pytest.mark.parametrize("written", ["02-29", "02-30", "13-01", "00-10", "04-31", "8-1"])
def test_a_date_stands_in_every_year(written: str) -> None:
    with pytest.raises(ValidationError):
        limit(None, by_date=written)


# Fujian 三(六): 「参保登记5个工作日后」 the veteran goes to the tax office.


@pytest.mark.parametrize(
    ("registered", "first"),
    [
        (at(2026, 11, 23), date(2026, 12, 1)),  # 24-27 November and Monday 30 pass; Tuesday
        (at(2026, 9, 23), date(2026, 10, 9)),  # 24, 28, 29, 30 September and 8 October pass
        (at(2026, 2, 9), date(2026, 2, 24)),  # 10-13 February and the Saturday 14, which is worked, pass
    ],
)
def test_an_own_step_may_begin_when_all_working_days_have_passed(registered: datetime, first: date) -> None:
    found = deadline_of(limit("registered", working_days=5, is_earliest=True), registered, CALENDAR)

    assert found == Deadline(limit("registered", working_days=5, is_earliest=True), "earliest", first)


def test_an_own_step_in_a_year_without_notice_is_expected() -> None:
    # 29, 30, 31 December, 4 and 5 January pass (Friday 1 January is off by law).
    found = deadline_of(limit(working_days=5, is_earliest=True), at(2026, 12, 28), CALENDAR)

    assert (found.day, found.is_expected) == (date(2027, 1, 6), True)


# Being late.


@pytest.mark.parametrize(
    ("found", "now", "is_over"),
    [
        pytest.param(END, at(2026, 11, 24, 23, 59), False, id="boundary: last minute of the day"),
        pytest.param(END, at(2026, 11, 25, 0, 0), True, id="boundary: the next day"),
        pytest.param(END, datetime(2026, 11, 24, 16, tzinfo=UTC), True, id="the next day in China"),
        pytest.param(replace(END, hour=NOON), at(2026, 11, 24, 12, 0), False, id="boundary: noon itself"),
        pytest.param(replace(END, hour=NOON), at(2026, 11, 24, 12, 0, 1), True, id="boundary: after noon"),
        pytest.param(replace(END, hour=NOON), at(2026, 11, 23, 12, 0, 1), False, id="noon of the day before"),
        pytest.param(replace(END, kind="by_date"), at(2026, 11, 24), False, id="the named date"),
        pytest.param(replace(END, kind="by_date"), at(2026, 11, 25), True, id="after the named date"),
        pytest.param(replace(END, kind="earliest"), at(2027, 11, 24), False, id="an own step has no end"),
        pytest.param(replace(END, kind="waits_for_event", day=None), at(2027, 11, 24), False, id="no clock runs"),
    ],
)
def test_an_office_is_late_after_the_day_or_hour(found: Deadline, now: datetime, is_over: bool) -> None:
    assert found.is_over(now) is is_over


# What holds for all.


@given(moment=MOMENTS, number=st.integers(1, 30))
def test_the_ordinary_count_ends_on_a_working_day_after_the_start(moment: datetime, number: int) -> None:
    day = deadline_of(limit(working_days=number), moment, CALENDAR).day

    assert day == due_after(moment.astimezone(LOCAL).date(), number, CALENDAR).day
    assert day > moment.astimezone(LOCAL).date()
    assert CALENDAR.is_working_day(day)


@given(moment=MOMENTS, number=st.integers(1, 30))
def test_an_own_step_begins_on_the_first_working_day_after_an_office_would_end(moment: datetime, number: int) -> None:
    latest = deadline_of(limit(working_days=number), moment, CALENDAR)
    earliest = deadline_of(limit(working_days=number, is_earliest=True), moment, CALENDAR)

    assert earliest.day == due_after(latest.day, 1, CALENDAR).day


def test_every_time_limit_of_every_guide_has_a_day_or_a_reason_why_not() -> None:
    provinces = load_library().provinces.values()
    limits = [
        (one, province.head.receipt_rule)
        for province in provinces
        for one in (*province.head.time_limits, *(one for item in province.items.values() for one in item.time_limits))
    ]
    found = [deadline_of(one, at(2026, 11, 23) if one.starts else None, CALENDAR, rule) for one, rule in limits]

    with_day = {"latest", "earliest"}
    assert [one for one in found if (one.day is not None) != (one.kind in with_day)] == []
    assert {one.kind for one in found} >= {"latest", "by_date", "on_the_spot", "no_start_stated"}
