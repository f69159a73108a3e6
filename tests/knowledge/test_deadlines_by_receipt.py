"""How the hour of receipt moves a time limit (Fujian 四(八)), and where the guide leaves it open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.calendar import LOCAL
from knowledge.deadlines import Deadline, deadline_of, deadlines_of
from knowledge.model import ReceiptRule, TimeLimit
from knowledge.working_days import due_after
from tests.knowledge.builders import CONTEXT
from tests.knowledge.calendar_seed import calendar_of_2026

CALENDAR = calendar_of_2026()
NOON = time(12, 0)
OPEN = "12 点以后收到怎么算，没有写。"
RULE: dict[str, Any] = {
    "source": "四(八)",
    "events": ["pushed"],
    "before": "08:00",
    "ends_at": "12:00",
    "open_say": OPEN,
}
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31), timezones=st.sampled_from([LOCAL, UTC]))


def rule(**changes: Any) -> ReceiptRule:
    return ReceiptRule.model_validate({**RULE, **changes}, context=CONTEXT)


def limit(working_days: int = 1, starts: str = "pushed") -> TimeLimit:
    clock = {"id": starts, "say": "部门收到推送的信息"}
    content = {"source": "一", "id": "limit", "label": "审核", "working_days": working_days, "starts": clock}
    return TimeLimit.model_validate(content, context=CONTEXT)


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=LOCAL)


def received(moment: datetime, working_days: int = 1, starts: str = "pushed") -> Deadline:
    return deadline_of(limit(working_days, starts), moment, CALENDAR, rule())


@pytest.mark.parametrize(
    ("moment", "day", "hour", "open_say"),
    [
        pytest.param(at(2026, 11, 23, 7, 59), date(2026, 11, 23), None, None, id="7:59: that day counts"),
        pytest.param(at(2026, 11, 23, 0, 0), date(2026, 11, 23), None, None, id="boundary: midnight"),
        pytest.param(at(2026, 11, 23, 7, 59, 59), date(2026, 11, 23), None, None, id="boundary: last second"),
        pytest.param(at(2026, 11, 23, 8, 0), date(2026, 11, 24), None, OPEN, id="8:00: in neither span for certain"),
        pytest.param(at(2026, 11, 23, 8, 0, 1), date(2026, 11, 24), NOON, None, id="boundary: a second later"),
        pytest.param(at(2026, 11, 23, 11, 59), date(2026, 11, 24), NOON, None, id="11:59: next day at noon"),
        pytest.param(at(2026, 11, 23, 12, 0), date(2026, 11, 24), None, OPEN, id="12:00: in neither span for certain"),
        pytest.param(at(2026, 11, 23, 12, 1), date(2026, 11, 24), None, OPEN, id="12:01: not stated"),
        pytest.param(at(2026, 11, 23, 23, 59), date(2026, 11, 24), None, OPEN, id="night: not stated"),
        pytest.param(at(2026, 11, 20, 9, 0), date(2026, 11, 23), NOON, OPEN, id="Friday: 次日 is a Saturday"),
        pytest.param(at(2026, 11, 22, 7, 0), date(2026, 11, 23), None, OPEN, id="Sunday morning: not stated"),
        pytest.param(at(2026, 11, 21, 9, 0), date(2026, 11, 23), None, OPEN, id="Saturday: not stated"),
        pytest.param(at(2026, 2, 14, 7, 0), date(2026, 2, 14), None, None, id="a Saturday that is worked counts"),
        pytest.param(at(2026, 2, 14, 9, 0), date(2026, 2, 24), NOON, OPEN, id="次日 is a holiday"),
        pytest.param(at(2026, 2, 18, 9, 0), date(2026, 2, 24), None, OPEN, id="inside the Spring Festival"),
        pytest.param(at(2026, 9, 30, 10, 0), date(2026, 10, 8), NOON, OPEN, id="before National Day"),
        pytest.param(at(2026, 2, 13, 9, 0), date(2026, 2, 14), NOON, None, id="次日 is a Saturday that is worked"),
    ],
)
def test_the_hour_of_receipt_decides_where_the_guide_says_so(
    moment: datetime, day: date, hour: time | None, open_say: str | None
) -> None:
    found = received(moment)

    assert (found.kind, found.is_expected) == ("latest", False)
    assert (found.day, found.hour, found.open_say) == (day, hour, open_say)


@pytest.mark.parametrize(
    ("moment", "day", "hour"),
    [
        pytest.param(at(2026, 12, 28, 9, 0), date(2026, 12, 29), NOON, id="only the end is not announced"),
        pytest.param(at(2026, 12, 31, 10, 0), date(2027, 1, 4), NOON, id="over New Year"),
        pytest.param(at(2027, 1, 4, 7, 0), date(2027, 1, 4), None, id="the same day"),
    ],
)
def test_the_hour_of_receipt_in_a_year_without_notice_is_expected(
    moment: datetime, day: date, hour: time | None
) -> None:
    found = received(moment)

    assert (found.day, found.hour, found.is_expected) == (day, hour, True)


def test_the_rule_holds_for_several_limits_at_once() -> None:
    one, other = limit(), limit(starts="approved")
    happened = {"pushed": at(2026, 11, 23, 9, 0), "approved": at(2026, 11, 23, 9, 0)}

    assert deadlines_of([one, other], happened, CALENDAR, rule()) == (
        Deadline(one, "latest", date(2026, 11, 24), hour=NOON),
        Deadline(other, "latest", date(2026, 11, 24)),
    )


def test_the_hour_is_that_of_china() -> None:
    # 23:59 on Sunday in UTC is 7:59 on Monday.
    assert received(datetime(2026, 11, 22, 23, 59, tzinfo=UTC)).day == date(2026, 11, 23)


def test_a_longer_limit_counts_the_day_of_an_early_receipt() -> None:
    # 「则当日计入时限」: Monday, Tuesday, Wednesday.
    assert received(at(2026, 11, 23, 7, 59), working_days=3).day == date(2026, 11, 25)


def test_the_guide_names_noon_for_one_working_day_only() -> None:
    found = received(at(2026, 11, 23, 9, 0), working_days=3)

    assert (found.day, found.hour, found.open_say) == (date(2026, 11, 26), None, OPEN)


@pytest.mark.parametrize("hour", [7, 9, 13])
def test_a_clock_that_no_receipt_starts_is_counted_as_usual(hour: int) -> None:
    # Fujian 四(七): 基层组织审核通过后 1 个工作日.
    found = received(at(2026, 11, 23, hour), starts="approved")

    assert (found.day, found.hour, found.open_say) == (date(2026, 11, 24), None, None)


@pytest.mark.parametrize(
    "changes",
    [{"before": "12:00"}, {"before": "24:00"}, {"ends_at": "12:60"}, {"ends_at": "noon"}, {"events": []}],
)
def test_a_receipt_rule_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        rule(**changes)


@given(moment=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=14)), number=st.integers(1, 5))
def test_a_later_receipt_never_ends_on_an_earlier_day(moment: datetime, later: timedelta, number: int) -> None:
    first, second = received(moment, number), received(moment + later, number)

    assert first.day <= second.day


@given(moment=MOMENTS, number=st.integers(1, 5))
def test_the_hour_of_receipt_moves_the_day_forward_by_one_working_day_at_most(moment: datetime, number: int) -> None:
    ordinary = due_after(moment.astimezone(LOCAL).date(), number, CALENDAR).day
    found = received(moment, number)

    assert CALENDAR.is_working_day(found.day)
    assert found.day == ordinary or due_after(found.day, 1, CALENDAR).day == ordinary
