"""Which entries answer a question is read from what they say, as the evaluation reads it."""

from __future__ import annotations

from typing import Any

from api.evaluation.questions import Question
from api.evaluation.training import cases_of, off_topic_cases
from knowledge.reference import Reference
from knowledge.tuning import Case
from tests.knowledge.builders import item, library, province, reference_of, statement


def reference() -> Reference:
    card = item(
        "card",
        aspects={"overview": statement("一张卡。"), "time_limit": statement("20 个工作日办好。", source="三(一)")},
    )
    gap = {"source": "五", "id": "lost", "title": "丢了怎么补", "kind": "missing", "say": "没写丢了怎么补。"}
    rain = statement("下雨也是 20 个工作日。", id="rain", title="下雨", source="九")
    toy = province([card], [], topics=[rain], gaps=[{**gap, "staff": "无", "ask": "窗口", "items": ["card"]}])
    return reference_of(library(toy))


def question(said: str = "优待证几天", answerable: bool = True, **more: Any) -> Question:
    return Question.model_validate({"id": "q1", "said": said, "answerable": answerable, "topic": "time_limit", **more})


def cases(*questions: Question) -> list[Case]:
    return list(cases_of({"toy": questions}, reference()))


def test_an_entry_that_says_the_facts_with_their_section_is_right() -> None:
    [case] = cases(question(must=("20个工作日",), section=("三(一)",)))

    assert case.right == {"toy.item.card.time_limit"}
    assert case.honest == frozenset()


def test_an_entry_that_claims_what_is_wrong_is_not() -> None:
    [case] = cases(question(must=("20个工作日",), must_not=("下雨",), section=("九", "三")))

    assert case.right == {"toy.item.card.time_limit"}


def test_for_what_the_guide_leaves_open_the_gap_is_the_honest_entry() -> None:
    [case] = cases(question("优待证丢了怎么补", answerable=False))

    assert case.right == frozenset()
    assert case.honest == {"toy.gap.lost"}


def test_follow_ups_and_double_questions_are_left_out() -> None:
    assert cases(question(before=("优待证",)), question(two=True)) == []


def test_messages_about_something_else_have_no_answer_anywhere() -> None:
    [case] = off_topic_cases(["讲个笑话"], reference())

    assert case == Case("toy", "讲个笑话", frozenset())
