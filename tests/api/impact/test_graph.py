"""A questionnaire as a graph: what decides what, what a change does, and the way of a persona."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from api.impact.drawing import CHARACTERS, drawn, wrapped
from api.impact.gate_sets import gate_set
from api.impact.graph import Node, nodes_of
from api.web.staff.pages import load_words
from knowledge import model
from knowledge.library import Library
from knowledge.loader import load_library

WORDS = load_words("12345")


@cache
def library() -> Library:
    return load_library()


def questionnaire(name: str = "henan") -> model.Questionnaire:
    return library().provinces[name].questionnaire


def node(nodes: list[Node], question_id: str) -> Node:
    return next(one for one in nodes if one.id == question_id)


def test_every_question_says_in_words_when_it_is_asked_and_what_it_hangs_on() -> None:
    found = nodes_of(questionnaire(), WORDS)

    record = node(found, "cancellation_record")
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert record.needs
    assert all(f"第 {number} 题" in record.when + record.unless for number in record.needs)
    assert {one.walk for one in found} == {one.mark for one in found} == {""}


def test_what_a_change_adds_changes_and_takes_away_is_marked() -> None:
    before = questionnaire()
    first, second, *others = before.questions
    renamed = first.model_copy(update={"text": "换了问法？"})
    added = second.model_copy(update={"id": "brand_new"})
    after = before.model_copy(update={"questions": (renamed, added, *others)})

    found = nodes_of(after, WORDS, before)

    assert node(found, first.id).mark == "changed"
    assert node(found, "brand_new").mark == "new"
    assert (found[-1].id, found[-1].mark) == (second.id, "gone")
    assert node(found, others[-1].id).mark == ""


def test_a_persona_is_asked_some_questions_and_passes_the_others() -> None:
    persona = gate_set("henan").personas[0]

    found = nodes_of(questionnaire(), WORDS, answers=persona.answers)

    assert {one.id for one in found if one.walk == "asked"} == set(persona.answers)
    assert {one.walk for one in found} == {"asked", "passed"}
    assert node(found, "discharge_kind").answer == "自主就业退役士兵"


def test_boxes_lie_below_each_other_and_every_need_has_its_arrow() -> None:
    for province in library().provinces:
        nodes = nodes_of(questionnaire(province), WORDS)

        found = drawn(nodes, "什么时候问：", "不问的时候：")

        ends = [(box.top, box.top + box.high) for box in found.boxes]
        assert all(end < begin for (_, end), (begin, _) in pairwise(ends))
        assert found.high > ends[-1][1]
        assert len(found.arrows) == sum(len(one.needs) for one in nodes)


def test_lines_fit_their_box() -> None:
    lines = wrapped("您入伍前的户口在 2024 年 12 月以前有没有按规定在派出所注销过？" * 3)

    assert all(sum(0.55 if ord(one) < 0x2000 else 1 for one in line) <= CHARACTERS + 1 for line in lines)
    assert "".join(lines).startswith("您入伍前")
