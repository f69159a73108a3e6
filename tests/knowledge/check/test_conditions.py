from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.check.conditions import is_reachable
from knowledge.check.ways import Ways
from knowledge.conditions import UNSURE, Condition
from tests.knowledge.builders import is_yes, outcome, paper, province, question
from tests.knowledge.check.toy import (
    IMPOSSIBLE,
    TOY,
    Changes,
    asked,
    asked_also,
    faults_of,
    household,
    named,
    papers,
    spared,
)


def one_of(*values: str) -> dict[str, Any]:
    return {"question": "cancelled", "in": list(values)}


def open_case(when: dict[str, Any]) -> dict[str, Any]:
    return {"open": [{"when": when, "say": "没写"}]}


EITHER_OR_NEVER = {"any": [is_yes("cancelled"), IMPOSSIBLE]}
NOT_COVERED = {"question": "covered", "equals": "no"}


@pytest.mark.parametrize(
    ("changes", "line", "fault"),
    [
        (household(when=is_yes("canceled")), "when:", "'canceled' is not defined; did you mean 'cancelled'?"),
        (household(when=one_of("yess")), "when:", "'cancelled' has no option 'yess'; did you mean 'yes'?"),
        (household(when=one_of("yes", "maybe")), "when:", "'cancelled' has no option 'maybe'"),
        (household(when=is_yes("cancelled") | {"equals": UNSURE}), "when:", "'cancelled' has no option 'unsure'"),
        (household(when={"question": "cancelled", "at_least": 3}), "when:", "'at_least' needs options that are"),
        (household(when=IMPOSSIBLE), "when:", "no answers lead here"),
        (household(when=NOT_COVERED), "when:", "no answers lead here"),
        (household(when=EITHER_OR_NEVER), "- all:", "no answers make this part of the condition true"),
        (household(**open_case(is_yes("x"))), "- when:", "question 'x' is not defined"),
        (household(**open_case(IMPOSSIBLE)), "- when:", "no answers lead here"),
        (papers(paper("hat", "card", when=is_yes("x"))), "when:", "question 'x' is not defined"),
        (papers(paper("hat", "card", when=IMPOSSIBLE)), "when:", "no answers lead here"),
        (papers(paper("hat", "household", when={"not": one_of("yes")})), "when:", "no answers lead here"),
        (papers(paper("hat", "card", **open_case(IMPOSSIBLE))), "- when:", "no answers lead here"),
        (papers(not_needed=[spared(when=is_yes("x"))]), "when:", "question 'x' is not defined"),
        (papers(not_needed=[spared(when=IMPOSSIBLE)]), "when:", "no answers lead here"),
        (asked_also(question("early", ask_when=is_yes("late")), question("late")), "ask_when:", "not asked before"),
        (asked_also(question("never", ask_when=IMPOSSIBLE)), "ask_when:", "no answers lead here"),
        (asked_also(question("never", ask_when=NOT_COVERED)), "ask_when:", "no answers lead here"),
        (asked(tips=[outcome("tip", is_yes("x"))]), "when:", "question 'x' is not defined"),
        (asked(tips=[outcome("tip", IMPOSSIBLE)]), "when:", "no answers lead here"),
        (asked(not_covered=[outcome("gone", is_yes("x"))]), "when:", "question 'x' is not defined"),
        (asked(not_covered=[outcome("gone", NOT_COVERED), outcome("never", NOT_COVERED)]), "when:", "no answers lead"),
    ],
)  # fmt: skip
def test_a_condition_that_leads_nowhere_is_found_with_its_line(
    tmp_path: Path, changes: Changes, line: str, fault: str
) -> None:
    found = named(faults_of(tmp_path, changes), tmp_path)

    assert (line, True) in [(text, fault in problem) for text, problem in found], found


def test_what_stands_under_not_may_be_impossible(tmp_path: Path) -> None:
    never = {"not": {"any": [IMPOSSIBLE, {"question": "wants_card", "equals": "no"}]}}

    assert [one for one in faults_of(tmp_path, {f"{TOY}/papers.yaml": _card_photo(never)}) if "part" in one] == []


def _card_photo(when: dict[str, Any]) -> dict[str, Any]:
    proof = paper("proof", "household", when=is_yes("from_elsewhere"))
    return {"papers": [paper("letter", "reporting"), proof, paper("photo", "card", when=when)]}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, True),
        (is_yes("cancelled"), True),
        (is_yes("from_elsewhere"), True),
        ({"not": is_yes("from_elsewhere")}, True),
        ({"all": [is_yes("from_elsewhere"), is_yes("cancelled")]}, True),
        ({"all": [is_yes("from_elsewhere"), {"not": is_yes("cancelled")}]}, False),
        ({"all": [is_yes("cancelled"), {"question": "cancelled", "equals": "no"}]}, False),
        ({"question": "cancelled", "equals": UNSURE}, False),
        (is_yes("no_such_question"), False),
        (NOT_COVERED, False),
    ],
    ids=str,
)
def test_a_condition_is_reachable_when_some_covered_person_makes_it_hold(when: Any, expected: bool) -> None:
    ways = Ways(province().questionnaire)
    condition = Condition.model_validate(when) if when else None

    assert is_reachable(ways, ways.language.sure(condition)) is expected
