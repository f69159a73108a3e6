from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.conditions import UNSURE, Condition, deciding_questions, holds

YES: dict[str, Any] = {"question": "a", "equals": "yes"}
OTHER_YES: dict[str, Any] = {"question": "b", "equals": "yes"}


def condition(data: dict[str, Any]) -> Condition:
    return Condition.model_validate(data)


def test_no_condition_always_holds() -> None:
    assert holds(None, {}) is True


@pytest.mark.parametrize(
    ("form", "answer", "expected"),
    [
        ({"equals": "yes"}, "yes", True),
        ({"equals": "yes"}, "no", False),
        ({"equals": "yes"}, UNSURE, None),
        ({"in": ["yes", "maybe"]}, "maybe", True),
        ({"in": ["yes", "maybe"]}, "no", False),
        ({"in": ["yes", "maybe"]}, UNSURE, None),
        ({"at_least": 12}, "11", False),
        ({"at_least": 12}, "12", True),  # boundary
        ({"at_least": 12}, "13", True),
        ({"at_least": 12}, UNSURE, None),
        ({"at_least": 0}, "0", True),  # boundary
        ({"at_least": 12}, "many", None),
    ],
)
def test_an_answer_is_compared(form: dict[str, Any], answer: str, expected: bool | None) -> None:
    assert holds(condition({"question": "a", **form}), {"a": answer}) is expected


def test_a_question_that_was_not_answered_leaves_it_open() -> None:
    assert holds(condition(YES), {"b": "yes"}) is None


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [
        ("yes", "yes", True, True),
        ("yes", "no", False, True),
        ("no", "yes", False, True),
        ("no", "no", False, False),
        ("yes", UNSURE, None, True),
        (UNSURE, "yes", None, True),
        ("no", UNSURE, False, None),
        (UNSURE, "no", False, None),
        (UNSURE, UNSURE, None, None),
    ],
)
def test_unknown_is_never_turned_into_yes_or_no(
    first: str, second: str, both: bool | None, either: bool | None
) -> None:
    answers = {"a": first, "b": second}

    assert holds(condition({"all": [YES, OTHER_YES]}), answers) is both
    assert holds(condition({"any": [YES, OTHER_YES]}), answers) is either


@pytest.mark.parametrize(("answer", "expected"), [("yes", False), ("no", True), (UNSURE, None)])
def test_not_turns_yes_and_no_and_keeps_unknown(answer: str, expected: bool | None) -> None:
    assert holds(condition({"not": YES}), {"a": answer}) is expected


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"question": "a"},
        {"equals": "yes"},
        {"question": "a", "equals": "yes", "in": ["no"]},
        {"all": [YES], "any": [YES]},
        {"all": [YES], "equals": "yes"},
        {"all": []},
        {"any": []},
        {"question": "a", "in": []},
        {"question": "a", "greater": 3},
        {"question": "a", "at_least": "many"},
        {"not": [YES]},
        "a = yes",
    ],
    ids=str,
)
def test_what_is_not_exactly_one_form_is_refused(data: Any) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(data)


def test_all_questions_of_a_nested_condition_are_named() -> None:
    nested = {"any": [{"not": YES}, {"all": [OTHER_YES, {"question": "c", "in": ["x"]}]}]}

    assert list(condition(nested).questions()) == ["a", "b", "c"]
    assert [one.question for one in condition(nested).comparisons()] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("data", "answers", "expected"),
    [
        (YES, {"a": "no"}, ["a"]),
        ({"all": [YES, OTHER_YES]}, {"a": "yes", "b": "yes"}, ["a", "b"]),
        ({"all": [YES, OTHER_YES]}, {"a": "yes", "b": "no"}, ["b"]),
        ({"all": [YES, OTHER_YES]}, {"a": "yes"}, ["b"]),
        ({"any": [YES, OTHER_YES]}, {"a": "no", "b": "yes"}, ["b"]),
        ({"any": [YES, OTHER_YES]}, {"a": "no", "b": "no"}, ["a", "b"]),
        ({"not": {"all": [YES, OTHER_YES]}}, {"a": "no", "b": "yes"}, ["a"]),
        ({"all": [YES, {"not": YES}]}, {"a": "yes"}, ["a"]),
    ],
)
def test_the_deciding_questions_are_those_that_made_it_so(
    data: dict[str, Any], answers: dict[str, str], expected: list[str]
) -> None:
    assert deciding_questions(condition(data), answers) == expected


def test_no_condition_has_no_deciding_question() -> None:
    assert deciding_questions(None, {"a": "yes"}) == []


LEAVES = st.builds(
    lambda name, value: {"question": name, "equals": value}, st.sampled_from("abc"), st.sampled_from("xy")
)
TREES = st.recursive(
    LEAVES,
    lambda parts: (
        st.builds(lambda some: {"all": some}, st.lists(parts, min_size=1, max_size=3))
        | st.builds(lambda some: {"any": some}, st.lists(parts, min_size=1, max_size=3))
        | st.builds(lambda one: {"not": one}, parts)
    ),
    max_leaves=8,
)
ANSWERS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y", UNSURE]))
COMPLETE = st.fixed_dictionaries({name: st.sampled_from("xy") for name in "abc"})
OPPOSITE = {True: False, False: True, None: None}


@given(TREES, ANSWERS)
def test_not_is_the_opposite_of_any_condition(data: dict[str, Any], answers: dict[str, str]) -> None:
    assert holds(condition({"not": data}), answers) is OPPOSITE[holds(condition(data), answers)]


@given(TREES, ANSWERS)
def test_all_and_any_are_each_others_mirror(data: dict[str, Any], answers: dict[str, str]) -> None:
    mirrored = {"not": {"any": [{"not": data}, {"not": YES}]}}

    assert holds(condition({"all": [data, YES]}), answers) is holds(condition(mirrored), answers)


@given(TREES, COMPLETE)
def test_complete_answers_decide_every_condition(data: dict[str, Any], answers: dict[str, str]) -> None:
    assert holds(condition(data), answers) is not None


@given(TREES, ANSWERS, COMPLETE)
def test_what_is_decided_stays_so_when_more_is_answered(
    data: dict[str, Any], answers: dict[str, str], more: dict[str, str]
) -> None:
    known = {name: value for name, value in answers.items() if value != UNSURE}
    before = holds(condition(data), known)

    assert before in (None, holds(condition(data), {**more, **known}))


@given(TREES, ANSWERS)
def test_the_deciding_questions_alone_decide_the_same(data: dict[str, Any], answers: dict[str, str]) -> None:
    found = condition(data)
    deciding = deciding_questions(found, answers)
    value = holds(found, answers)

    assert holds(found, {name: answers[name] for name in deciding if name in answers}) is value
