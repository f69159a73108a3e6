"""What a caller was told is judged as the guide would judge it."""

from typing import Any

import pytest

from api.evaluation.questions import Question
from api.evaluation.score import Judged, judge

OWN = frozenset({"toy-guide"})


def reply(
    text: str, kind: str = "answer", completeness: str = "complete", section: str = "四(三)1", guide: str = "toy-guide"
) -> dict[str, Any]:
    cited = [{"guide": guide, "section": section}] if kind == "answer" else []
    return {"kind": kind, "text": text, "citations": cited, "data": {"completeness": completeness}}


def asked(answerable: bool = True, **more: Any) -> Question:
    plain = {"id": "q1", "said": "几天", "answerable": answerable, "topic": "time_limit"}
    return Question.model_validate({**plain, **more})


def judged(question: Question, *replies: dict[str, Any]) -> Judged:
    return judge("toy", question, replies, OWN)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("1 个工作日办好。", "right"),
        ("１个工作日办好。", "right"),
        ("一个工作日。", "right"),
        ("两天。", "wrong"),
        ("1 个工作日，最晚 10 个工作日。", "wrong"),
        ("1 个工作日。别处的 10 个工作日这里没有写。", "right"),
    ],
)
def test_a_right_answer_shows_the_facts_and_nothing_wrong(text: str, verdict: str) -> None:
    question = asked(must=("1个工作日|一个工作日",), must_not=("10个工作日",))

    assert judged(question, reply(text)).verdict == verdict


@pytest.mark.parametrize(("kind", "completeness"), [("fallback", ""), ("clarify", ""), ("answer", "none")])
def test_no_answer_to_what_the_guide_says_is_a_refusal(kind: str, completeness: str) -> None:
    question = asked(must=("1个工作日",))

    assert judged(question, reply("没有写。", kind, completeness)).verdict == "refused"


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        (reply("没有写多少钱。", completeness="none"), "honest"),
        (reply("我没在指南里找到。", "fallback"), "honest"),
        (reply("户口 1 个工作日办好。"), "false_answer"),
        (reply("没有写多少钱，一般三万元。", completeness="none"), "false_answer"),
    ],
)
def test_what_no_guide_says_must_not_be_answered(told: dict[str, Any], verdict: str) -> None:
    assert judged(asked(answerable=False, must_not=("三万",)), told).verdict == verdict


@pytest.mark.parametrize(
    ("section", "right"), [("四(三)", True), ("四(三)1", True), ("四（三）", True), ("四(二)", False)]
)
def test_a_deeper_place_counts_as_the_place(section: str, right: bool) -> None:
    assert judged(asked(must=("1",), section=(section,)), reply("1")).section_right is right


def test_an_answer_from_another_guide_is_foreign() -> None:
    assert judged(asked(must=("1",)), reply("1", guide="elsewhere")).foreign
    assert not judged(asked(must=("1",)), reply("1")).foreign


def test_length_leaves_out_choices_and_sources() -> None:
    assert judged(asked(must=("好",)), reply("好。\n（依据：甲 一）\n1. 更多")).length == 2
