from __future__ import annotations

from typing import Any

import pytest

from knowledge.answers import Said, answer_from, form_of, unstated, unstated_of_paper, unstated_of_whole
from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import AspectEntry
from tests.knowledge.builders import is_yes, item, library, paper, plain_papers, province, reference_of, statement


def said(toy: ProvinceKnowledge, entry_id: str) -> Said:
    resolver = reference_of(library(toy)).resolver(toy)
    entry = resolver.entry(entry_id)
    assert entry is not None, entry_id
    return resolver.said(entry)


def aspect(known: Library, aspect_id: str) -> AspectEntry:
    entry = known.entry("aspect", aspect_id)
    assert isinstance(entry, AspectEntry)
    return entry


def with_aspect(**content: Any) -> ProvinceKnowledge:
    return province(
        [item("card", aspects={"overview": statement("甲。"), "cost": statement("不收费。", **content)})], []
    )


def gap(kind: str) -> dict[str, Any]:
    return {"source": "五", "id": "g", "title": "没写", "kind": kind, "say": "没写。", "staff": "无", "ask": "总台"}


def test_a_fact_is_said_as_it_stands_with_its_id_and_section() -> None:
    found = said(with_aspect(more="材料费也不收。", simple="免费。"), "toy.item.card.cost")

    assert (found.say, found.more, found.simple) == ("不收费。", "材料费也不收。", "免费。")
    assert (found.complete, found.ids) == ("complete", ("toy.item.card.cost",))
    assert [(one.guide, one.section) for one in found.sources] == [("toy-guide", "一")]


@pytest.mark.parametrize("complete", ["partial", "none"])
def test_a_fact_that_is_not_whole_ends_with_who_would_know(complete: str) -> None:
    found = said(with_aspect(complete=complete, ask="财务室"), "toy.item.card.cost")

    assert found.say == "不收费。问财务室。"
    assert found.complete == complete


def test_a_whole_fact_names_nobody() -> None:
    assert said(with_aspect(ask="财务室"), "toy.item.card.cost").say == "不收费。"


def test_who_would_know_may_be_a_number_to_call() -> None:
    found = said(with_aspect(complete="none", ask="12345"), "toy.item.card.cost")

    assert found.say == "不收费。打12345。"


@pytest.mark.parametrize(("kind", "complete"), [("missing", "none"), ("conflict", "partial"), ("damaged", "partial")])
def test_a_gap_says_what_is_open_and_who_would_know(kind: str, complete: str) -> None:
    found = said(province(gaps=[gap(kind)]), "toy.gap.g")

    assert (found.say, found.complete) == ("没写。问总台。", complete)


def test_the_steps_of_a_topic_are_numbered_in_what_follows() -> None:
    topic = statement("三步。", id="t", title="怎么办", more="不难。", steps=["填表。", "交表。"])

    assert said(province(topics=[topic]), "toy.topic.t").more == "不难。\n1. 填表。\n2. 交表。"


def test_the_steps_of_an_aspect_are_numbered_as_well() -> None:
    how = statement("两步。", steps=["填表。", "交表。"])
    found = said(province(items=[item("reporting", aspects={"how": how})]), "toy.item.reporting.how")

    assert found.more == "1. 填表。\n2. 交表。"


def test_a_paper_is_answered_with_what_it_says() -> None:
    assert said(province(), "toy.paper.letter").say == "要带部队介绍信。"


def test_where_to_get_a_paper_is_an_answer_of_its_own() -> None:
    obtain = paper("letter", "reporting", obtain=statement("部队开。"))

    assert said(province(papers=[obtain]), "toy.paper.letter.obtain").say == "部队开。"


def test_what_is_not_needed_is_answered_with_the_reason() -> None:
    toy = province(not_needed=({"source": "四", "id": "n", "name": "旧照片", "reason": "系统里有。"},))

    assert said(toy, "toy.not_needed.n").say == "系统里有。"


def test_a_portal_is_answered_with_what_it_is_for() -> None:
    portal = {"source": "六", "id": "site", "name": "玩具网", "kind": "website", "say": "可以在玩具网办。"}

    assert said(province(portals=[portal]), "toy.portal.site").say == "可以在玩具网办。"


def test_a_field_of_the_form_is_answered_with_what_to_write() -> None:
    fields = [{"id": "name", "label": "姓名", "say": "写全名。"}]
    form = {"source": "七", "id": "sheet", "name": "申请表", "say": "一张表。", "fields": fields}
    found = said(province(form=[form]), "toy.form.name")

    assert (found.say, found.ids) == ("“姓名”：写全名。", ("toy.form.sheet",))


def test_the_papers_of_an_item_are_those_for_all_then_those_that_depend() -> None:
    papers = [paper("letter", "card"), paper("proof", "card", when=is_yes("cancelled"), when_say="注销了")]
    found = said(province(papers=papers), "toy.item.card.materials")

    assert found.say == "办优待证带：部队介绍信。另有 1 样：注销证明。"
    assert found.more == "注销证明：注销了才要。"
    assert found.ids == ("toy.paper.letter", "toy.paper.proof")


def test_papers_that_all_depend_are_said_to_depend() -> None:
    found = said(province(), "toy.item.household.materials")

    assert found.say == "办落户登记看情况。另有 1 样：注销证明。"


def test_the_papers_of_an_item_cite_each_section_once() -> None:
    papers = [paper("letter", "card"), paper("photo", "card"), paper("proof", "card", source="九")]
    found = said(province(papers=papers), "toy.item.card.materials")

    assert [one.section for one in found.sources] == ["四", "九"]


def test_papers_that_the_guide_speaks_of_itself_are_not_composed() -> None:
    spoken = item("card", aspects={"overview": statement("甲。"), "materials": statement("无需材料。")})
    toy = province([spoken], [paper("photo", "card")])

    assert said(toy, "toy.item.card.materials").say == "无需材料。"


def test_an_aspect_that_the_guide_does_not_state_is_said_to_be_unstated() -> None:
    toy = province()
    known = library(toy)
    found = unstated(toy.items["card"], aspect(known, "cost"), toy, known)

    assert (found.say, found.complete) == ("没有写优待证收不收费。问玩具窗口。", "none")
    assert found.ids == ("toy.item.card",)


def test_what_is_unstated_of_joined_items_is_said_of_all_of_them() -> None:
    toy = province([item("card", name="优待证、老兵证", includes=["transfer"])], [])
    known = library(toy)

    assert unstated(toy.items["card"], aspect(known, "cost"), toy, known).say.startswith(
        "没有写优待证、老兵证收不收费。"
    )


def test_the_same_is_said_of_a_paper() -> None:
    toy = province()
    known = library(toy)
    found = unstated_of_paper(toy.papers["photo"], aspect(known, "where"), toy, known)

    assert (found.say, found.complete) == ("没有写照片在哪办。问玩具窗口。", "none")
    assert found.ids == ("toy.paper.photo",)


def test_the_same_is_said_of_the_service_as_a_whole() -> None:
    toy = province()
    known = library(toy)
    found = unstated_of_whole(aspect(known, "cost"), toy, known)

    assert (found.say, found.complete) == ("没有写整件事收不收费。问玩具窗口。", "none")


@pytest.mark.parametrize(
    ("stated", "say", "complete"),
    [
        ({"form": "original", "copies": 2}, "照片：要原件，2 份。", "complete"),
        ({"form": "copy", "copies": 1, "spec": "一寸"}, "照片：要复印件，1 份，一寸。", "complete"),
        ({"form": "electronic", "copies": 1, "note": "白底。"}, "照片：要电子版，1 份。白底。", "complete"),
        ({"form": "original"}, "照片：要原件。问玩具窗口。", "partial"),
        ({"copies": 3}, "照片：3 份。问玩具窗口。", "partial"),
        ({"spec": "一寸"}, "照片：一寸。问玩具窗口。", "partial"),
        ({}, "没有写照片的样式。问玩具窗口。", "none"),
    ],
)
def test_the_form_of_a_paper_is_said_as_far_as_the_guide_states_it(
    stated: dict[str, Any], say: str, complete: str
) -> None:
    toy = province(papers=[*plain_papers()[:2], paper("photo", "card", **stated)])
    found = form_of(toy.papers["photo"], toy, library(toy))

    assert (found.say, found.complete) == (say, complete)


def test_what_cannot_be_said_is_refused() -> None:
    toy = province(portals=[])
    known = library(toy)
    resolver = reference_of(known).resolver(toy)
    entry = resolver.entry("toy.paper.letter")
    assert entry is not None

    with pytest.raises(TypeError, match=r"toy\.question.covered is no fact that can be said"):
        answer_from(type(entry)(**{**vars(entry), "id": "toy.question.covered"}), toy, known)
