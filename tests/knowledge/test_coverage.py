from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge import model
from knowledge.coverage import Coverage, coverage_of
from knowledge.library import ProvinceKnowledge
from knowledge.loader import load_library
from tests.knowledge.builders import CONTEXT, HEAD, province, statement


def section(name: str, unused: str | None = None) -> model.Section:
    return model.Section(id=name, title=f"第{name}节", unused=unused)


def with_sections(*sections: model.Section, **more: object) -> ProvinceKnowledge:
    return replace(province(), sections={"toy-guide": sections}, **more)  # type: ignore[arg-type]


def covered(*sections: model.Section) -> Coverage:
    return next(iter(coverage_of(with_sections(*sections))))


def test_a_section_is_listed_with_the_facts_that_cite_it() -> None:
    found = covered(section("四"))

    assert found.sections[section("四")] == ("toy.paper.letter", "toy.paper.proof", "toy.paper.photo")


def test_what_cites_a_part_does_not_cite_the_whole() -> None:
    part = statement("一句。", id="part", title="一部分", source="四(三)5")
    toy = replace(province(topics=[part]), sections={"toy-guide": (section("四(三)"), section("四(三)5"))})

    (found,) = coverage_of(toy)
    assert found.sections == {section("四(三)"): (), section("四(三)5"): ("toy.topic.part",)}


def test_the_share_is_of_all_sections_also_of_those_left_aside() -> None:
    found = covered(section("一"), section("二"), section("三"), section("九", unused="写给各部门的"))

    assert (found.used, found.percent) == (3, 75)


def test_a_section_of_another_guide_with_the_same_number_is_not_meant() -> None:
    toy = replace(province(), sections={"toy-annex": (section("四"),)})

    (found,) = coverage_of(toy)
    assert found.used == 0


def test_the_place_where_a_city_passes_a_guide_on_is_cited_by_the_city() -> None:
    city = {"id": "xinxiang", "region": "410700", "guide": {**HEAD["guides"][0], "id": "city-guide"}}
    layer = model.City.model_validate({**city, "forwards": "toy-guide"}, context=CONTEXT)
    toy = replace(province(), sections={"city-guide": (section("全文"),)}, cities={"410700": layer})

    (found,) = coverage_of(toy)
    assert found.sections == {section("全文"): ("toy.xinxiang",)}


@pytest.mark.parametrize("known", load_library().provinces.values(), ids=lambda known: known.id)
def test_every_guide_has_a_table_of_contents_in_which_nothing_is_left_open(known: ProvinceKnowledge) -> None:
    found = list(coverage_of(known))
    guides = {guide.id for guide in known.head.guides} | {city.guide.id for city in known.cities.values()}

    assert {one.guide for one in found} == guides
    assert [one.id for each in found for one, facts in each.sections.items() if bool(facts) == bool(one.unused)] == []
