from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.check import check, empty_results, is_reachable
from knowledge.conditions import UNSURE, Condition
from tests.knowledge.builders import (
    HEAD,
    is_yes,
    item,
    outcome,
    paper,
    plain_papers,
    plain_questionnaire,
    province,
    question,
    questionnaire,
    statement,
    write_data,
)

TOY = "provinces/toy"
HOUSEHOLD = f"{TOY}/items/household.yaml"


def household(**changes: Any) -> dict[str, Any]:
    return {HOUSEHOLD: item("household", when=is_yes("cancelled")) | changes}


def head(**changes: Any) -> dict[str, Any]:
    return {f"{TOY}/province.yaml": {**HEAD, **changes}}


def one_of(*values: str) -> dict[str, Any]:
    return {"question": "cancelled", "in": list(values)}


def spared(**more: Any) -> dict[str, Any]:
    return {"source": "四", "id": "n", "name": "帽子", "reason": "不用。", **more}


def papers(*more: dict[str, Any], **lists: Any) -> dict[str, Any]:
    return {f"{TOY}/papers.yaml": {"papers": [*plain_papers(), *more], **lists}}


def asked(**changes: Any) -> dict[str, Any]:
    return {f"{TOY}/questionnaire.yaml": {**plain_questionnaire(), **changes}}


def asked_also(*more: dict[str, Any]) -> dict[str, Any]:
    return asked(questions=[*plain_questionnaire()["questions"], *more])


def gap(**changes: Any) -> dict[str, Any]:
    fact = {
        "source": "五",
        "id": "g",
        "title": "没写",
        "kind": "missing",
        "say": "没写。",
        "staff": "无",
        "ask": "窗口",
    }
    return {f"{TOY}/gaps.yaml": {"gaps": [{**fact, **changes}]}}


def topic(**changes: Any) -> dict[str, Any]:
    return {f"{TOY}/topics.yaml": {"topics": [statement("一件事。", id="whole", title="整件事") | changes]}}


def test_a_good_province_has_no_fault(tmp_path: Path) -> None:
    assert check(write_data(tmp_path)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {**topic(items=["card"]), **gap(items=["card"], papers=["photo"], aspects=["cost"])},
        papers(not_needed=[spared(paper="photo", when=is_yes("cancelled"))]),
        {f"{TOY}/papers.yaml": {"papers": [*plain_papers()[:2], paper("photo", "card", or_instead=["letter"])]}},
        household(part_of="transfer"),
        asked_also(question("years", options=("8", "12")))
        | {HOUSEHOLD: item("household", when={"any": [{"question": "years", "at_least": 12}, is_yes("cancelled")]})},
        asked(tips=[outcome("tip", {"not": is_yes("wants_card")})]),
    ],
    ids=["ids that exist", "paper not needed", "one of two papers", "part of an item", "numbers", "tip"],
)
def test_what_leads_somewhere_is_no_fault(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert check(write_data(tmp_path, changes)) == []


IMPOSSIBLE = {"all": [is_yes("from_elsewhere"), {"question": "cancelled", "equals": "no"}]}


def line_named(fault: str, folder: Path) -> str:
    """The text of the line that a fault names."""
    name, line, _ = fault.split(":", 2)
    return (folder / TOY / name.split("/toy/")[1]).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip()


@pytest.mark.parametrize(
    ("changes", "line", "fault"),
    [
        (head(region="990000"), "region: '990000'", "'990000' is no province's code"),
        (head(region="410700"), "region: '410700'", "'410700' is no province's code"),
        (head(region="41"), "region: '41'", "'41' is no province's code"),
        (household(department="offce"), "department: offce", "department 'offce' is not in the national list"),
        (household(after=["reportng"]), "after:", "item 'reportng' is not defined here; did you mean 'reporting'?"),
        (household(aspects={"who": statement("x")}), "aspects:", "an item needs the aspect 'overview'"),
        (household(possible_say=None), "when:", "an item with 'when' needs 'possible_say'"),
        (household(when=is_yes("canceled")), "when:", "'canceled' is not defined; did you mean 'cancelled'?"),
        (household(when=one_of("yess")), "when:", "'cancelled' has no option 'yess'; did you mean 'yes'?"),
        (household(when=one_of("yes", "maybe")), "when:", "'cancelled' has no option 'maybe'"),
        (household(when={"question": "cancelled", "at_least": 3}), "when:", "'at_least' needs options that are"),
        (household(when=IMPOSSIBLE), "when:", "no answers lead here"),
        (household(part_of="whole"), "id: household", "item 'whole' is not in the national list"),
        (papers(paper("hat", "card")), "id: hat", "paper 'hat' is not in the national list"),
        (papers(paper("hat", "carb")), "for_items:", "item 'carb' is not defined here; did you mean 'card'?"),
        (papers(paper("hat", "card", or_instead=["foto"])), "or_instead:", "did you mean 'photo'?"),
        (papers(paper("hat", "card", when=is_yes("x"))), "when:", "question 'x' is not defined"),
        (papers(paper("hat", "card", when=IMPOSSIBLE)), "when:", "no answers lead here"),
        (papers(paper("hat", "card", when=is_yes("cancelled"), unless_say=None)), "- source: 四", "needs 'unless_say'"),
        (papers(not_needed=[spared(paper="hat")]), "paper: hat", "paper 'hat' is not in the national list"),
        (papers(not_needed=[spared(when=is_yes("x"))]), "when:", "question 'x' is not defined"),
        (asked_also(question("idle")), "- source: 二", "question 'idle' changes nothing"),
        (asked_also(question("early", ask_when=is_yes("late")), question("late")), "ask_when:", "not asked before"),
        (asked_also(question("never", ask_when=IMPOSSIBLE)), "ask_when:", "no answers lead here"),
        (asked(tips=[outcome("tip", is_yes("x"))]), "when:", "question 'x' is not defined"),
        (asked(tips=[outcome("tip", IMPOSSIBLE)]), "when:", "no answers lead here"),
        (asked(tips=[outcome("gone", is_yes("covered"))]), "id: toy", "'toy.outcome.gone' is the id of two facts"),
        (topic(items=["carb"]), "items:", "item 'carb' is not defined here; did you mean 'card'?"),
        (gap(items=["carb"]), "items:", "item 'carb' is not defined here; did you mean 'card'?"),
        (gap(papers=["hat"]), "papers:", "paper 'hat' is not in the national list"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_found_with_its_line(
    tmp_path: Path, changes: dict[str, Any], line: str, fault: str
) -> None:
    found = check(write_data(tmp_path, changes))

    assert (line, True) in [(line_named(one, tmp_path), fault in one) for one in found], found


def test_faults_of_the_schema_are_listed_alone(tmp_path: Path) -> None:
    found = check(write_data(tmp_path, {**household(how="magic"), **topic(items=["carb"])}))

    assert len(found) == 1
    assert "how: Input should be" in found[0]


def test_several_faults_are_listed_at_once(tmp_path: Path) -> None:
    found = check(write_data(tmp_path, {**household(department="x"), **topic(items=["carb"]), **gap(papers=["hat"])}))

    assert len(found) == 3


ONLY_FOR_SOME = [item("household", when=is_yes("cancelled"))]


def test_answers_that_end_without_any_item_are_found(tmp_path: Path) -> None:
    changes = {
        f"{TOY}/items/reporting.yaml": item("reporting", when=is_yes("cancelled")),
        f"{TOY}/items/card.yaml": item("card", when=is_yes("cancelled")),
    }
    found = check(write_data(tmp_path, changes))

    assert any("questionnaire.yaml:1: the answers" in one and "end without any item" in one for one in found)


def test_an_item_that_is_possible_is_a_result() -> None:
    toy = province(ONLY_FOR_SOME, [], questionnaire(question("cancelled")))

    assert list(empty_results(toy)) == [{"cancelled": "no"}]


def test_who_is_not_covered_needs_no_item() -> None:
    gone = outcome("gone", {"question": "cancelled", "equals": "no"})
    toy = province(ONLY_FOR_SOME, [], questionnaire(question("cancelled"), not_covered=[gone]))

    assert list(empty_results(toy)) == []


def test_an_answer_that_leaves_an_item_open_is_looked_at_to_the_end() -> None:
    asked = questionnaire(question("cancelled"), question("alive", ask_when=is_yes("cancelled")))
    both = item("household", when={"all": [is_yes("cancelled"), is_yes("alive")]})

    assert list(empty_results(province([both], [], asked))) == [
        {"cancelled": "no"},
        {"cancelled": "yes", "alive": "no"},
    ]


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
    ],
    ids=str,
)
def test_a_condition_is_reachable_when_some_way_of_answering_makes_it_hold(when: Any, expected: bool) -> None:
    condition = Condition.model_validate(when) if when else None

    assert is_reachable(province().questionnaire, condition) is expected
