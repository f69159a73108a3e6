from __future__ import annotations

from knowledge.entries import Entry, entries_of
from knowledge.library import ProvinceKnowledge
from tests.knowledge.builders import is_yes, item, library, paper, province, statement


def entries(toy: ProvinceKnowledge) -> dict[str, Entry]:
    return {one.id: one for one in entries_of(toy, library(toy))}


def test_every_answerable_thing_of_a_province_is_an_entry_once() -> None:
    toy = province(
        [item("card")],
        [paper("photo", "card", obtain=statement("照相馆。"))],
        not_needed=({"source": "四", "id": "old", "name": "旧照片", "reason": "有了。"},),
        topics=[statement("甲。", id="t", title="整件事")],
        gaps=[{"source": "五", "id": "g", "title": "没写", "kind": "missing", "say": "", "staff": "", "ask": "窗口"}],
        portals=[{"source": "六", "id": "site", "name": "玩具网", "kind": "website", "say": "网。"}],
        form=[{"source": "七", "id": "f", "name": "表", "say": "", "fields": [{"id": "x", "label": "甲", "say": ""}]}],
    )  # fmt: skip
    found = entries_of(toy, library(toy))

    assert [(one.id, one.kind) for one in found] == [
        ("toy.item.card.overview", "aspect"),
        ("toy.item.card.materials", "item_papers"),
        ("toy.paper.photo", "paper"),
        ("toy.paper.photo.obtain", "paper_obtain"),
        ("toy.not_needed.old", "not_needed"),
        ("toy.topic.t", "topic"),
        ("toy.gap.g", "gap"),
        ("toy.portal.site", "portal"),
        ("toy.form.x", "field"),
    ]


def test_an_item_without_papers_has_no_list_of_papers() -> None:
    assert "toy.item.card.materials" not in entries(province([item("card")], []))


def test_what_the_guide_says_of_the_papers_takes_the_place_of_the_list() -> None:
    spoken = item("card", aspects={"overview": statement("甲。"), "materials": statement("无需材料。")})

    assert entries(province([spoken], [paper("photo", "card")]))["toy.item.card.materials"].kind == "aspect"


def test_an_entry_keeps_its_phrasings_and_its_text() -> None:
    asked = item("card", aspects={"overview": statement("甲。", more="乙。", questions=["这卡干啥的"])})
    found = entries(province([asked], []))["toy.item.card.overview"]

    assert (found.phrasings, found.text) == (("这卡干啥的",), "甲。乙。")


def test_a_paper_is_also_asked_for_by_its_name() -> None:
    found = entries(province([item("card")], [paper("photo", "card", questions=["相片带不带"])]))["toy.paper.photo"]

    assert found.phrasings == ("相片带不带", "照片要不要带", "照片要交吗")


def test_a_part_is_about_the_whole_too() -> None:
    half = item("half_one", part_of="transfer")
    topic = statement("甲。", id="t", title="整件事", items=["half_one"])
    found = entries(province([half], [], topics=[topic]))

    assert found["toy.item.half_one.overview"].items == ("half_one", "transfer")
    assert found["toy.topic.t"].items == ("half_one", "transfer")


def test_a_title_names_the_item_as_people_know_it() -> None:
    guide_name = item("card", name="优待证（建档立卡）", when=is_yes("wants_card"))

    assert entries(province([guide_name], []))["toy.item.card.overview"].title == "优待证：是什么"


def test_an_item_that_joins_several_is_named_as_the_guide_does() -> None:
    joined = item("card", name="优待证、老兵证", includes=["transfer"])

    assert entries(province([joined], []))["toy.item.card.overview"].title == "优待证、老兵证：是什么"
