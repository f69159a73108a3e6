from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import model
from knowledge.conditions import UNSURE
from knowledge.questionnaire import Because, is_answer, label_of, not_covered, question_of, reasons, replay
from tests.knowledge.builders import is_yes, outcome, province, question, questionnaire


def questions(*asked: dict[str, Any], **more: Any) -> model.Questionnaire:
    return province([], [], questionnaire(*asked, **more)).questionnaire


ASKED = province().questionnaire
"""covered (no ends it), cancelled, from_elsewhere (only when cancelled), wants_card."""


def test_the_first_question_comes_first() -> None:
    assert replay(ASKED, {}).next_question == ASKED.questions[0]


def test_questions_come_in_their_order_whatever_was_answered_first() -> None:
    progress = replay(ASKED, {"covered": "yes", "wants_card": "no"})

    assert progress.next_question == question_of(ASKED, "cancelled")
    assert [one.id for one in progress.asked] == ["covered", "wants_card"]


def test_a_question_that_depends_on_another_comes_when_that_one_calls_for_it() -> None:
    progress = replay(ASKED, {"covered": "yes", "cancelled": "yes"})

    assert progress.next_question == question_of(ASKED, "from_elsewhere")


@pytest.mark.parametrize("answer", ["no", UNSURE])
def test_a_question_that_depends_on_another_is_passed_over_otherwise(answer: str) -> None:
    progress = replay(ASKED, {"covered": "yes", "cancelled": answer})

    assert progress.next_question == question_of(ASKED, "wants_card")


def test_nothing_is_asked_when_all_that_matters_is_answered() -> None:
    progress = replay(ASKED, {"covered": "yes", "cancelled": "no", "wants_card": UNSURE})

    assert (progress.next_question, progress.remaining) == (None, 0)


@pytest.mark.parametrize(
    ("answers", "remaining"),
    [
        ({}, 4),
        ({"covered": "yes"}, 3),
        ({"covered": "yes", "cancelled": "yes"}, 2),
        ({"covered": "yes", "cancelled": "no"}, 1),
        ({"covered": "yes", "cancelled": UNSURE}, 1),
        ({"covered": "yes", "wants_card": "no"}, 2),
    ],
)
def test_what_remains_counts_the_questions_whose_turn_is_certain_or_possible(
    answers: dict[str, str], remaining: int
) -> None:
    assert replay(ASKED, answers).remaining == remaining


def test_what_depends_on_a_question_that_is_never_asked_does_not_remain() -> None:
    asked = questions(
        question("a"), question("b", ask_when=is_yes("a")), question("c", ask_when=is_yes("b")), question("d")
    )

    assert replay(asked, {"a": "no"}).remaining == 1


def test_an_answer_falls_away_when_its_question_is_no_longer_asked() -> None:
    progress = replay(ASKED, {"covered": "yes", "cancelled": "no", "from_elsewhere": "yes"})

    assert "from_elsewhere" not in progress.answers


def test_what_depends_on_an_answer_that_fell_away_falls_away_too() -> None:
    asked = questions(question("a"), question("b", ask_when=is_yes("a")), question("c", ask_when=is_yes("b")))

    assert replay(asked, {"a": "no", "b": "yes", "c": "yes"}).answers == {"a": "no"}


@pytest.mark.parametrize("value", ["maybe", "", "是"])
def test_a_value_that_the_question_does_not_offer_is_asked_again(value: str) -> None:
    progress = replay(ASKED, {"covered": value})

    assert progress.answers == {}
    assert progress.next_question == ASKED.questions[0]


def test_an_answer_to_an_unknown_question_falls_away() -> None:
    assert replay(ASKED, {"of_an_older_release": "yes"}).answers == {}


def test_nothing_more_is_asked_of_who_is_not_covered() -> None:
    progress = replay(ASKED, {"covered": "no"})

    assert (progress.next_question, progress.remaining) == (None, 0)


def test_what_was_answered_beyond_the_end_falls_away() -> None:
    assert replay(ASKED, {"covered": "no", "cancelled": "yes"}).answers == {"covered": "no"}


def test_who_may_be_covered_is_asked_on() -> None:
    assert replay(ASKED, {"covered": UNSURE}).next_question == question_of(ASKED, "cancelled")


def test_the_first_reason_for_not_being_covered_is_given() -> None:
    first, second = outcome("first", is_yes("a")), outcome("second", is_yes("a"))
    asked = questions(question("a"), not_covered=[first, second])

    assert not_covered(asked, {"a": "yes"}) == asked.not_covered[0]


@pytest.mark.parametrize("answer", ["yes", UNSURE])
def test_nobody_is_turned_away_without_a_clear_answer(answer: str) -> None:
    assert not_covered(ASKED, {"covered": answer}) is None


@pytest.mark.parametrize(("value", "expected"), [("yes", True), (UNSURE, True), ("YES", False), ("否", False)])
def test_an_answer_is_an_option_or_unsure(value: str, expected: bool) -> None:
    assert is_answer(ASKED.questions[0], value) is expected


@pytest.mark.parametrize(("value", "label"), [("yes", "是"), ("no", "否"), (UNSURE, "不确定")])
def test_an_answer_is_shown_in_the_words_of_the_question(value: str, label: str) -> None:
    assert label_of(ASKED.questions[0], value) == label


def test_a_question_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        question_of(ASKED, "gone")


def test_reasons_are_the_questions_with_their_answers_as_labels() -> None:
    found = reasons(province(), ["cancelled", "wants_card"], {"cancelled": "yes", "wants_card": UNSURE})

    assert found == (Because("cancelled？", "是"), Because("wants_card？", "不确定"))


def test_a_question_that_was_not_answered_is_no_reason() -> None:
    assert reasons(province(), ["cancelled"], {}) == ()


ANSWERS = st.dictionaries(
    st.sampled_from(["covered", "cancelled", "from_elsewhere", "wants_card", "gone"]),
    st.sampled_from(["yes", "no", UNSURE, "nonsense"]),
)


@given(ANSWERS)
def test_replaying_what_was_kept_keeps_it(answers: dict[str, str]) -> None:
    once = replay(ASKED, answers)

    assert replay(ASKED, once.answers) == once


@given(ANSWERS)
def test_every_question_is_kept_passed_over_or_open(answers: dict[str, str]) -> None:
    progress = replay(ASKED, answers)

    assert [one.id for one in progress.asked] == list(progress.answers)
    assert (progress.next_question is None) == (progress.remaining == 0)
    assert progress.next_question not in progress.asked


@given(ANSWERS, st.randoms())
def test_the_order_in_which_answers_were_given_does_not_matter(answers: dict[str, str], random: Any) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)

    assert replay(ASKED, dict(shuffled)) == replay(ASKED, answers)
