"""What a case's reports make due: golden days worked out by hand in `tests/data/provinces/<id>/due_dates.yaml`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar import LOCAL
from knowledge.case_clock import ItemDeadline, Report, item_deadlines, running_by_itself, whole_deadline
from knowledge.library import Library
from knowledge.loader import load_library
from knowledge.yaml_lines import read_yaml
from tests.knowledge.calendar_seed import calendar_of_2026

CASES = Path(__file__).parents[1] / "data" / "provinces"
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(LOCAL))


@cache
def library() -> Library:
    """The real knowledge, with the calendar as it was before the notice of 2027."""
    return replace(load_library(), calendar=calendar_of_2026())


def moment(written: str) -> datetime:
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=LOCAL)


def reports_of(case: dict[str, Any]) -> list[Report]:
    return [Report(item, status, moment(at)) for item, status, at in case.get("reports", [])]


def deadline_in(province: str, case: dict[str, Any], reports: list[Report]) -> ItemDeadline | None:
    known = library().provinces[province]
    if case.get("whole"):
        return whole_deadline(library(), known, moment(case["accepted"]))
    return item_deadlines(library(), known, moment(case["accepted"]), reports).get(case["item"])


def all_cases() -> list[Any]:
    return [
        pytest.param(path.parent.name, case, id=f"{path.parent.name}: {case['name']}")
        for path in sorted(CASES.glob("*/due_dates.yaml"))
        for case in read_yaml(path)[0]["cases"]
    ]


def told(found: ItemDeadline | None, expected: dict[str, Any]) -> dict[str, Any]:
    """What was found, in the words of a case; the limit and what is not counted only where the case names them."""
    if found is None:
        return {"kind": None}
    always = {
        "kind": found.kind,
        "day": found.day and found.day.isoformat(),
        "hour": found.hour and found.hour.isoformat("minutes"),
        "expected": found.is_expected or None,
        "waits_for": found.waits_for,
        "figure": found.figure,
        "open": expected["open"] if expected.get("open", "\0") in (found.open_say or "") else found.open_say,
    }
    where_named = {"limit": found.limit, "excludes": list(found.excludes)}
    named = {name: value for name, value in where_named.items() if name in expected}
    return {name: value for name, value in {**always, **named}.items() if value is not None}


@pytest.mark.parametrize(("province", "case"), all_cases())
def test_the_day_is_the_one_worked_out_by_hand(province: str, case: dict[str, Any]) -> None:
    assert told(deadline_in(province, case, reports_of(case)), case["expect"]) == case["expect"]


@pytest.mark.parametrize(("province", "case"), all_cases())
def test_the_order_in_which_reports_come_in_changes_nothing(province: str, case: dict[str, Any]) -> None:
    expected = deadline_in(province, case, reports_of(case))

    assert {deadline_in(province, case, list(one)) for one in permutations(reports_of(case))} == {expected}


def test_every_province_has_due_dates_worked_out() -> None:
    assert {path.parent.name for path in CASES.glob("*/due_dates.yaml")} == set(library().provinces)


@pytest.mark.parametrize(("province", "case"), all_cases())
def test_what_is_kept_as_json_comes_back_the_same(province: str, case: dict[str, Any]) -> None:
    found = deadline_in(province, case, reports_of(case))

    assert found is None or ItemDeadline.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_what_is_no_deadline_is_not_read() -> None:
    with pytest.raises(KeyError):
        ItemDeadline.from_json({"kind": "latest"})


def test_a_deadline_names_its_place_in_the_guide() -> None:
    found = whole_deadline(library(), library().provinces["henan"], moment("2026-11-20 10:00"))

    assert found is not None
    assert (found.fact, found.source) == ("henan.time_limit.whole", ("河南省实施方案 附件2 二3",))
    assert found.fact in library().facts


def due(kind: Any = "latest", hour: time | None = None) -> ItemDeadline:
    return ItemDeadline(kind, "limit", "登记", "toy.time_limit.limit", (), date(2026, 11, 24), hour)


@pytest.mark.parametrize(
    ("deadline", "now", "is_over"),
    [
        pytest.param(due(), "2026-11-24 23:59", False, id="boundary: the day itself"),
        pytest.param(due(), "2026-11-25 00:00", True, id="boundary: the next day"),
        pytest.param(due(hour=time(12)), "2026-11-24 12:00", False, id="boundary: the hour itself"),
        pytest.param(due(hour=time(12)), "2026-11-24 12:01", True, id="boundary: a minute later"),
        pytest.param(due("by_date"), "2026-11-25 00:00", True, id="a date"),
        pytest.param(due("earliest"), "2026-12-25 00:00", False, id="an own step is never late"),
        pytest.param(replace(due(), day=None), "2030-01-01 00:00", False, id="no day is never late"),
    ],
)
def test_an_office_is_late_when_its_last_day_or_hour_is_over(deadline: ItemDeadline, now: str, is_over: bool) -> None:
    assert deadline.is_over(moment(now)) is is_over


def test_an_own_step_gives_the_office_no_last_day() -> None:
    assert (due().office_day, due("earliest").office_day) == (date(2026, 11, 24), None)


def test_what_runs_without_an_application_is_named_though_nobody_opened_it() -> None:
    assert running_by_itself(library().provinces["henan"], [], ["reporting"]) == ["subsidy", "pension_transfer"]


def test_what_was_reported_or_opened_does_not_run_beside_the_case() -> None:
    reports = [Report("pension_transfer", "processing", moment("2026-11-24 10:00"))]

    assert running_by_itself(library().provinces["henan"], reports, ["subsidy"]) == []


@pytest.mark.parametrize("province", ["fujian", "hainan", "hebei", "sichuan"])
def test_where_the_guide_knows_nothing_automatic_nothing_runs_by_itself(province: str) -> None:
    assert running_by_itself(library().provinces[province], [], []) == []


@given(
    st.sampled_from(["henan", "fujian", "hebei", "hainan", "sichuan"]).flatmap(
        lambda name: st.tuples(
            st.just(name),
            st.lists(
                st.builds(
                    Report,
                    st.sampled_from(sorted(library().provinces[name].items)),
                    st.sampled_from([*(one.id for one in library().catalogue.statuses), "unrecognised"]),
                    MOMENTS,
                ),
                max_size=8,
                unique_by=lambda one: one.at,
            ),
        )
    )
)
def test_whatever_is_reported_every_deadline_has_a_day_or_a_reason(drawn: tuple[str, list[Report]]) -> None:
    name, reports = drawn
    found = item_deadlines(library(), library().provinces[name], moment("2026-01-01 10:00"), reports)

    with_day = {"latest", "earliest", "by_date"}
    assert [one for one in found.values() if (one.day is not None) != (one.kind in with_day)] == []
    assert [one for one in found.values() if one.kind == "waits_for_event" and not one.waits_for] == []
    assert [one for one in found.values() if one.kind == "no_start_stated" and not one.open_say] == []
    assert found == item_deadlines(library(), library().provinces[name], moment("2026-01-01 10:00"), reports[::-1])
