from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.check.toy import Changes, faults_of, guide, named, topic


@pytest.mark.parametrize(
    ("changes", "line", "fault"),
    [
        (topic(until="2024-05-31"), "until: '2024-05-31'", "this held until 2024-05-31 and is out of date"),
        (topic(**{"from": "2024-02-02"}), "from: '2024-02-02'", "'from' 2024-02-02 is after 'checked_on' 2024-02-01"),
        (topic(checked_on="2024-06-02"), "checked_on: '2024-06-02'", "2024-06-02 is in the future"),
        (guide(checked_on="2024-06-02"), "checked_on: '2024-06-02'", "2024-06-02 is in the future"),
        (
            guide(valid_from="2024-02-02"),
            "valid_from: '2024-02-02'",
            "'valid_from' 2024-02-02 is after 'checked_on' 2024-02-01",
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
        topic(until="2024-06-01"),
        topic(**{"from": "2024-02-01"}),
        topic(checked_on="2024-06-01"),
        guide(issued="2024-02-01"),
    ],
    ids=["the last day", "seen on the first day", "seen today", "seen when issued"],
)
def test_the_day_itself_is_still_possible(tmp_path: Path, changes: Changes) -> None:
    assert faults_of(tmp_path, changes) == []
