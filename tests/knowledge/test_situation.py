from __future__ import annotations

from typing import Any

import pytest

from knowledge.conditions import UNSURE
from knowledge.questionnaire import Because
from knowledge.situation import Situation, assess
from tests.knowledge.builders import (
    is_yes,
    item,
    outcome,
    paper,
    plain_items,
    plain_papers,
    province,
    question,
    questionnaire,
)

ALL = {"covered": "yes", "cancelled": "yes", "from_elsewhere": "yes", "wants_card": "yes"}


def items_of(found: Situation) -> list[str]:
    return [one.item.id for one in found.items]


def certain_items(found: Situation) -> list[str]:
    return [one.item.id for one in found.items if one.certain]


def papers_of(found: Situation) -> list[str]:
    return [one.paper.id for one in found.papers]


def in_order(*items: dict[str, Any]) -> list[str]:
    return items_of(assess(province(list(items), [], questionnaire(question("a"))), {"a": "yes"}))


def test_items_without_a_condition_are_for_everybody() -> None:
    assert certain_items(assess(province(), {**ALL, "cancelled": "no", "wants_card": "no"})) == ["reporting"]


def test_an_item_applies_when_its_condition_holds() -> None:
    assert certain_items(assess(province(), {**ALL, "wants_card": "no"})) == ["reporting", "household"]


def test_an_item_is_only_possible_when_its_condition_is_open() -> None:
    found = assess(province(), {**ALL, "wants_card": UNSURE})

    assert certain_items(found) == ["reporting", "household"]
    assert items_of(found) == ["reporting", "household", "card"]


def test_an_unanswered_question_leaves_its_items_possible() -> None:
    found = assess(province(), {"covered": "yes"})

    assert certain_items(found) == ["reporting"]
    assert items_of(found) == ["reporting", "household", "card"]


def test_who_is_not_covered_gets_where_to_go_and_nothing_else() -> None:
    found = assess(province(), {**ALL, "covered": "no"})

    assert found.not_covered is not None
    assert found.not_covered.id == "gone"
    assert (found.items, found.papers, found.spared, found.tips) == ((), (), (), ())


def test_an_answer_that_fell_away_has_no_effect() -> None:
    found = assess(province(), {**ALL, "cancelled": "no", "from_elsewhere": "yes"})

    assert "proof" not in papers_of(found)
    assert found.answers == {"covered": "yes", "cancelled": "no", "wants_card": "yes"}


def test_items_that_wait_for_nothing_keep_the_guides_order() -> None:
    assert in_order(item("b"), item("a"), item("c")) == ["b", "a", "c"]


def test_an_item_comes_after_what_must_be_finished_first() -> None:
    assert in_order(item("c", after=["b"]), item("b", after=["a"]), item("a")) == ["a", "b", "c"]


def test_an_item_waits_for_all_that_must_be_finished_first() -> None:
    assert in_order(item("c", after=["a", "b"]), item("a"), item("b")) == ["a", "b", "c"]


def test_an_item_does_not_wait_for_one_that_does_not_apply() -> None:
    not_for_him = item("b", when={"question": "a", "equals": "no"})

    assert in_order(item("c", after=["b"]), item("a"), not_for_him) == ["c", "a"]


def test_items_that_wait_for_each_other_are_all_shown_in_the_guides_order() -> None:
    assert in_order(item("a", after=["b"]), item("b", after=["a"]), item("c")) == ["c", "a", "b"]


def test_an_item_that_waits_for_itself_is_shown() -> None:
    assert in_order(item("a", after=["a"])) == ["a"]


def test_an_item_says_which_answers_brought_it() -> None:
    household = assess(province(), ALL).items[1]

    assert household.because == (Because("cancelled？", "是"),)


def test_an_item_for_everybody_needs_no_reason() -> None:
    assert assess(province(), ALL).items[0].because == ()


def test_a_possible_item_says_which_answer_leaves_it_open() -> None:
    found = assess(province(), {**ALL, "wants_card": UNSURE})

    assert found.items[-1].because == (Because("wants_card？", "不确定"),)


def test_papers_stand_in_the_order_of_the_list() -> None:
    assert papers_of(assess(province(), ALL)) == ["letter", "proof", "photo"]


def test_a_paper_is_for_the_applying_items_only() -> None:
    both = [paper("letter", "reporting", "household", "card")]
    found = assess(province(papers=both), {**ALL, "cancelled": "no"})

    assert found.papers[0].for_items == ("reporting", "card")


def test_a_paper_is_not_asked_for_when_no_item_needs_it() -> None:
    assert papers_of(assess(province(), {**ALL, "wants_card": "no"})) == ["letter", "proof"]


def test_a_paper_is_not_asked_for_when_its_condition_does_not_hold() -> None:
    assert papers_of(assess(province(), {**ALL, "from_elsewhere": "no"})) == ["letter", "photo"]


@pytest.mark.parametrize(
    ("changes", "certain"),
    [
        ({}, True),
        ({"from_elsewhere": UNSURE}, False),  # the paper's own condition is open
        ({"cancelled": UNSURE}, False),  # the item that needs it is open, and so is the paper
    ],
)
def test_a_paper_is_certain_when_its_condition_and_an_item_are(changes: dict[str, str], certain: bool) -> None:
    found = assess(province(), {**ALL, **changes})

    assert [one.certain for one in found.papers if one.paper.id == "proof"] == [certain]


def test_one_certain_item_is_enough_for_a_certain_paper() -> None:
    both = [paper("letter", "card", "reporting")]

    assert assess(province(papers=both), {**ALL, "wants_card": UNSURE}).papers[0].certain


def test_a_paper_of_a_possible_item_is_possible() -> None:
    found = assess(province(), {**ALL, "wants_card": UNSURE})

    assert [one.certain for one in found.papers if one.paper.id == "photo"] == [False]


def test_a_paper_gives_its_own_reason() -> None:
    assert assess(province(), ALL).papers[1].because == (Because("from_elsewhere？", "是"),)


def test_a_paper_without_a_condition_gives_the_reason_of_its_item() -> None:
    assert assess(province(), ALL).papers[2].because == (Because("wants_card？", "是"),)


def test_a_certain_paper_gives_the_reason_of_a_certain_item() -> None:
    for_two = [paper("letter", "household", "card")]
    possible_first = [plain_items()[1], item("card", when=is_yes("wants_card"))]
    found = assess(province(possible_first, for_two), {**ALL, "cancelled": UNSURE})

    assert found.papers[0].because == (Because("wants_card？", "是"),)


def test_a_paper_of_the_list_is_spared_with_its_reason_when_its_condition_does_not_hold() -> None:
    found = assess(province(), {**ALL, "from_elsewhere": "no"})

    assert [(one.name, one.reason) for one in found.spared] == [("注销证明", "您不用带")]


def test_a_paper_is_not_called_spared_when_its_item_does_not_apply() -> None:
    assert assess(province(), {**ALL, "cancelled": "no"}).spared == ()


def test_a_paper_is_not_called_spared_while_its_condition_is_open() -> None:
    assert assess(province(), {**ALL, "from_elsewhere": UNSURE}).spared == ()


NOT_NEEDED = {"source": "四", "id": "n", "name": "旧照片", "reason": "系统里有。"}


@pytest.mark.parametrize(
    ("more", "spared"),
    [
        ({}, ["旧照片"]),
        ({"when": is_yes("wants_card")}, ["旧照片"]),
        ({"when": is_yes("cancelled")}, []),
        ({"paper": "photo"}, []),  # needed for the card after all
        ({"paper": "proof"}, ["旧照片"]),
    ],
)
def test_what_the_guide_says_is_not_needed_is_spared(more: dict[str, Any], spared: list[str]) -> None:
    toy = province(not_needed=({**NOT_NEEDED, **more},))

    assert [one.name for one in assess(toy, {**ALL, "cancelled": "no"}).spared] == spared


def test_a_tip_is_given_only_when_its_condition_holds() -> None:
    tips = [outcome("yes", is_yes("a")), outcome("no", {"not": is_yes("a")}), outcome("open", is_yes("b"))]
    toy = province([item("a")], [], questionnaire(question("a"), question("b"), tips=tips))

    assert [one.id for one in assess(toy, {"a": "yes", "b": UNSURE}).tips] == ["yes"]


def test_answers_that_are_no_text_of_an_option_count_as_not_given() -> None:
    assert assess(province(papers=plain_papers()), {"covered": "nonsense"}).answers == {}


OPEN = {"when": {"question": "cancelled", "equals": "no"}, "say": "没写没注销的要不要办"}


@pytest.mark.parametrize(
    ("cancelled", "certain", "doubt"),
    [
        ("yes", True, None),
        ("no", False, "没写没注销的要不要办"),  # boundary: `when` says no, the guide does not
        ("unsure", False, "可能要办。"),
    ],
)
def test_an_item_that_the_guide_leaves_open_is_possible_and_says_what_is_open(
    cancelled: str, certain: bool, doubt: str | None
) -> None:
    household = item("household", when=is_yes("cancelled"), open=[OPEN])
    found = assess(province(items=[household], papers=[]), {"covered": "yes", "cancelled": cancelled})

    assert [(one.certain, one.doubt) for one in found.items] == [(certain, doubt)]
    assert [one.question for one in found.items[0].because] == ["cancelled？"]


def test_a_paper_that_the_guide_leaves_open_is_possible_although_its_condition_holds() -> None:
    letter = paper("letter", "reporting", when=is_yes("covered"), open=[OPEN])
    found = assess(province(papers=[letter]), {"covered": "yes", "cancelled": "no"})

    assert [(one.certain, one.doubt) for one in found.papers] == [(False, "没写没注销的要不要办")]
    assert found.spared == ()


def test_a_paper_of_a_possible_item_has_no_doubt_of_its_own() -> None:
    answers = {"covered": "yes", "cancelled": "yes", "from_elsewhere": "yes", "wants_card": "unsure"}
    found = assess(province(), answers)

    assert [(one.paper.id, one.certain, one.doubt) for one in found.papers][-1] == ("photo", False, None)


def test_what_the_guide_decides_for_nobody_is_possible_for_whom_it_concerns() -> None:
    card = item("card", when=is_yes("wants_card"), open=[{"say": "没写谁要办"}])
    found = {wants: assess(province(items=[card], papers=[]), {**ALL, "wants_card": wants}) for wants in ("yes", "no")}

    assert [(one.certain, one.doubt) for one in found["yes"].items] == [(False, "没写谁要办")]
    assert found["no"].items == ()
