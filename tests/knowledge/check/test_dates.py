from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.check import examine
from tests.knowledge.check.toy import Changes, faults_of, gap, guide, named, topic, written


@pytest.mark.parametrize(
    ("changes", "line", "fault"),
    [
        (gap(until="2024-05-31"), "until: '2024-05-31'", "this held until 2024-05-31 and is out of date"),
        (gap(**{"from": "2024-02-02"}), "from: '2024-02-02'", "'from' 2024-02-02 is after 'checked_on' 2024-02-01"),
        (topic(checked_on="2024-06-02"), "checked_on: '2024-06-02'", "2024-06-02 is in the future"),
        (guide(checked_on="2024-06-02"), "checked_on: '2024-06-02'", "2024-06-02 is in the future"),
        (
            guide(valid_from="2024-02-02"),
            "valid_from: '2024-02-02'",
            "'valid_from' 2024-02-02 is after 'checked_on' 2024-02-01",
        ),
        (
            guide(review_due="2024-01-31"),
            "review_due: '2024-01-31'",
            "'review_due' 2024-01-31 is before 'checked_on' 2024-02-01",
        ),
        (guide(issued="2024-02-02"), "issued: '2024-02-02'", "'issued' 2024-02-02 is after 'checked_on' 2024-02-01"),
    ],
)
def test_dates_that_cannot_be_are_found_with_their_line(
    tmp_path: Path, changes: Changes, line: str, fault: str
) -> None:
    assert named(faults_of(tmp_path, changes), tmp_path) == [(line, fault)]


@pytest.mark.parametrize(
    "changes",
    [
        gap(until="2024-06-01"),
        gap(**{"from": "2024-02-01"}),
        topic(until="2024-05-31"),
        topic(**{"from": "2024-06-02"}),
        topic(checked_on="2024-06-01"),
        guide(issued="2024-02-01"),
    ],
    ids=[
        "the last day",
        "seen on the first day",
        "a topic of before",
        "a topic to come",
        "seen today",
        "seen when issued",
    ],
)
def test_the_day_itself_is_still_possible(tmp_path: Path, changes: Changes) -> None:
    assert faults_of(tmp_path, changes) == []


def warnings_of(folder: Path, today: date, *changes: Changes) -> list[str]:
    return [one.problem for one in examine(written(folder, *changes), today).warnings]


def test_a_guide_that_nobody_looked_at_for_a_year_is_warned_of(tmp_path: Path) -> None:
    problem = "was last checked on 2024-02-01 and was to be checked again by 2025-02-01"

    assert warnings_of(tmp_path, date(2025, 2, 2)) == [f"'toy-guide' {problem}", f"'toy-annex' {problem}"]


def test_nothing_is_warned_of_on_the_last_day_or_before_a_later_review(tmp_path: Path) -> None:
    assert warnings_of(tmp_path / "a", date(2025, 2, 1)) == []
    assert len(warnings_of(tmp_path / "b", date(2025, 2, 2), guide(review_due="2025-06-01"))) == 1
