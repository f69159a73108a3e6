from __future__ import annotations

from pathlib import Path

from tests.knowledge.builders import is_yes, item, outcome, paper, question, statement
from tests.knowledge.check.toy import CARD, HOUSEHOLD, TOY, Changes, asked, asked_also, faults_of, household, named

REPORTING = f"{TOY}/items/reporting.yaml"
NO = {"question": "cancelled", "equals": "no"}


def only_for_the_cancelled(**changes: object) -> Changes:
    """All items are for those whose household was cancelled."""
    ids = {REPORTING: "reporting", CARD: "card", HOUSEHOLD: "household"}
    return {path: item(one, when=is_yes("cancelled"), **changes) for path, one in ids.items()}


def said(faults: list[str]) -> list[str]:
    return [one.split(": ", 1)[1] for one in faults]


def test_a_question_that_nothing_looks_at_is_found_with_its_line(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, asked_also(question("idle"))), tmp_path)

    assert found == [("- source: 二", "question 'idle' changes nothing")]


def test_a_question_that_is_looked_at_in_vain_is_found(tmp_path: Path) -> None:
    # Whoever is asked `vain` has no household; the condition holds for him whatever he says.
    vain = question("vain", ask_when=NO)
    when = {"any": [is_yes("wants_card"), {"all": [NO, {"question": "vain", "in": ["yes", "no"]}]}]}

    assert said(faults_of(tmp_path, asked_also(vain), {CARD: item("card", when=when)})) == [
        "question 'vain' changes nothing"
    ]


def test_answers_that_end_without_any_item_are_found_with_their_number(tmp_path: Path) -> None:
    found = said(faults_of(tmp_path, only_for_the_cancelled()))

    # 2 ways of being covered x cancelled: no x 3 answers on the card.
    answers = "{'covered': 'yes', 'cancelled': 'no', 'wants_card': 'yes'}"
    assert f"the answers {answers} end without any item (6 ways alike)" in found


def test_who_is_not_covered_needs_no_item(tmp_path: Path) -> None:
    gone = [outcome("gone", {"question": "covered", "equals": "no"}), outcome("far", NO)]
    found = said(faults_of(tmp_path, only_for_the_cancelled(), asked(not_covered=gone)))

    assert [one for one in found if "without any item" in one] == []


def test_an_item_whose_case_is_open_is_a_result(tmp_path: Path) -> None:
    found = said(faults_of(tmp_path, only_for_the_cancelled(), household(open=[{"when": NO, "say": "没写"}])))

    assert [one for one in found if "without any item" in one] == []


def test_items_that_need_no_paper_say_so(tmp_path: Path) -> None:
    changes = {f"{TOY}/papers.yaml": {"papers": [paper("letter", "household")]}}
    found = said(faults_of(tmp_path, changes))

    assert [one for one in found if "without any paper" in one] != []


def test_items_that_say_that_they_need_no_paper_are_enough(tmp_path: Path) -> None:
    words = {"overview": statement("一件事。"), "materials": statement("什么都不用带。")}
    changes = {f"{TOY}/papers.yaml": {"papers": [paper("letter", "household")]}}
    items = {
        REPORTING: item("reporting", aspects=words),
        CARD: item("card", when=is_yes("wants_card"), aspects=words),
    }

    assert [one for one in faults_of(tmp_path, changes, items) if "without any paper" in one] == []


def test_what_stays_possible_although_all_is_answered_needs_an_open_case(tmp_path: Path) -> None:
    # Who was not cancelled is not asked where he came from.
    found = named(faults_of(tmp_path, {CARD: item("card", when=is_yes("from_elsewhere"))}), tmp_path)

    problem = "'card' stays possible although all is answered; 'open' must say what the guide leaves open"
    assert ("when:", problem) in found


def test_an_open_case_is_reason_enough(tmp_path: Path) -> None:
    either = {"all": [is_yes("wants_card"), is_yes("from_elsewhere")]}
    card = item("card", when=either, open=[{"when": {"all": [NO, is_yes("wants_card")]}, "say": "没写"}])

    assert faults_of(tmp_path, {CARD: card}) == []
