from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.check import examine
from tests.knowledge.builders import CATALOGUE
from tests.knowledge.check.toy import TODAY, TOY, Changes, faults_of, head, household, named, written

STATUS_MEANT = "status 'dne' is not in the national list; did you mean 'done'?"
ITEM_MEANT = "item 'carb' is not defined here; did you mean 'card'?"


def limit(**changes: Any) -> dict[str, Any]:
    return {"source": "三", "id": "limit", "label": "办", "working_days": 3, **changes}


def clock(**shown: Any) -> dict[str, Any]:
    return {"id": "began", "say": "收到", "reported_by": [shown]}


def step(*status: str) -> dict[str, Any]:
    return {"source": "三", "status": list(status), "say": "去窗口。"}


def notice(**changes: Any) -> Changes:
    on = {"items": ["card"], "status": ["done"], **changes}
    told = {"source": "四", "id": "n", "sent_when": "办好", "way": "sms", "say": "发短信。", "on": [on]}
    return {f"{TOY}/notices.yaml": {"notices": [told]}}


def remind(**changes: Any) -> dict[str, Any]:
    return {"after_days": 3, "say": "该去了。", "until": [{"status": ["done"], **changes}]}


def twice(*codes: str) -> Changes:
    other = {"id": "over", "name": "完", "codes": list(codes), "say": "完。", "next_step": "无。", "is_final": True}
    return {"national/statuses.yaml": {"entries": [*CATALOGUE["statuses"], other]}}


@pytest.mark.parametrize(
    ("changes", "line", "fault"),
    [
        (household(time_limits=[limit(starts=clock(status=["dne"]))]), "- status:", STATUS_MEANT),
        (household(time_limits=[limit(starts=clock(item="carb", status=["done"]))]), "- item: carb", ITEM_MEANT),
        (household(time_limits=[limit(done_when=["dne"])]), "done_when:", STATUS_MEANT),
        (household(when_reported=[step("dne")]), "status:", STATUS_MEANT),
        (household(when_reported=[step("done"), step("done")]), "status:", "'done' has a next step above already"),
        (head(when_reported=[step("dne")]), "status:", STATUS_MEANT),
        (head(when_reported=[step("done"), step("done")]), "status:", "'done' has a next step above already"),
        (head(time_limits=[limit(starts=clock(status=["done"]))]), "- status:", "'item' is missing: the whole service"),
        (notice(status=["dne"]), "status:", STATUS_MEANT),
        (notice(items=["carb"]), "- items:", ITEM_MEANT),
        (notice(tell="一。二。三。四。五。"), "tell: 一。二。三。四。五。", "'tell' has 5 sentences"),
        (notice(remind=remind(status=["dne"])), "- status:", STATUS_MEANT),
        (notice(remind=remind(item="carb")), "item: carb", ITEM_MEANT),
        (twice("办好", " DONE "), "- ' DONE '", "the code 'done' stands for 'done' too"),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_is_found_with_its_line(
    tmp_path: Path, changes: Changes, line: str, fault: str
) -> None:
    found = named(faults_of(tmp_path, changes), tmp_path)

    assert (line, True) in [(text, fault in problem) for text, problem in found], found


@pytest.mark.parametrize(
    "changes",
    [
        household(time_limits=[limit(starts=clock(item="card", status=["done"]), done_when=["done"])]),
        household(when_reported=[step("done")]),
        head(when_reported=[step("done")]),
        head(time_limits=[limit(starts=clock(item="card", status=["done"]))]),
        notice(tell="办好了。", remind=remind(item="card")),
        twice("完了"),
    ],
)
def test_a_report_that_can_be_is_no_fault(tmp_path: Path, changes: Changes) -> None:
    assert faults_of(tmp_path, changes) == []


@pytest.mark.parametrize(
    ("starts", "hints"),
    [
        ({"id": "began", "say": "收到"}, [("starts:", "no report shows that 'began' has happened")]),
        ({"id": "began", "say": "收到", "with_case": True}, []),
        (clock(status=["done"]), []),
        (None, []),
    ],
)
def test_a_clock_that_no_report_starts_is_hinted_at(
    tmp_path: Path, starts: dict[str, Any] | None, hints: list[tuple[str, str]]
) -> None:
    folder = written(tmp_path, household(time_limits=[limit(starts=starts)]))
    found = named([str(one) for one in examine(folder, TODAY).hints], folder)

    assert [one for one in found if "no report" in one[1]] == hints
