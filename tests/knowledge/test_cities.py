from pathlib import Path
from typing import Any

import pytest

from knowledge.library import Library
from knowledge.loader import KnowledgeError, load_library
from knowledge.subject import Subject
from tests.knowledge.builders import HEAD, reference_of, statement, write_data

CITY: dict[str, Any] = {
    "id": "xintown",
    "region": "410700",
    "guide": {**HEAD["guides"][0], "id": "xin-notice", "region": "410700", "valid_from": "2025-01-02"},
    "forwards": "toy-guide",
    "section": "一",
    "topics": [
        {"id": "own_rules", "title": "本市有没有自己的规定", **statement("本市只是转发。")},
        {"id": "hours", "title": "几点上班", **statement("本市写了九点。")},
    ],
}
TOPICS = {"topics": [{"id": "hours", "title": "几点上班", **statement("没有写。")}]}


@pytest.fixture
def known(tmp_path: Path) -> Library:
    files = {"provinces/toy/cities/xintown.yaml": CITY, "provinces/toy/topics.yaml": TOPICS}
    return load_library(write_data(tmp_path, files))


@pytest.mark.parametrize(
    ("code", "city"), [("410702", "xintown"), ("410700", "xintown"), ("410100", None), ("410000", None)]
)
def test_a_place_is_seen_through_the_layer_of_its_city(known: Library, code: str, city: str | None) -> None:
    found = known.province_for(code)

    assert found is not None
    assert (found.id, found.city.id if found.city else None) == ("toy", city)


def test_a_citys_topic_stands_in_the_place_of_the_provinces(known: Library) -> None:
    inside, outside = known.province_for("410700"), known.province_for("410100")

    assert inside is not None and outside is not None
    assert (inside.topics["hours"].say, outside.topics["hours"].say) == ("本市写了九点。", "没有写。")
    assert "own_rules" not in outside.topics


def test_a_citys_facts_cite_its_own_document_and_have_its_dates(known: Library) -> None:
    fact = known.facts["toy.xintown.topic.own_rules"]

    assert fact.source[0].guide == "xin-notice"
    assert str(fact.valid_from) == "2025-01-02"
    assert known.provinces["toy"].guide("xin-notice").region == "410700"


def test_both_facts_of_one_name_are_reached(known: Library) -> None:
    assert {"toy.topic.hours", "toy.xintown.topic.hours"} <= set(known.facts)


@pytest.mark.parametrize(("code", "expected"), [("410700", "toy.xintown.topic.hours"), ("410100", "toy.topic.hours")])
def test_a_question_is_answered_from_the_layer_of_the_place(known: Library, code: str, expected: str) -> None:
    province = known.province_for(code)
    assert province is not None

    found = reference_of(known).resolver(province).resolve("几点上班", Subject())

    assert found.said is not None and found.said.ids == (expected,)


def test_a_city_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    data = write_data(tmp_path, {"provinces/toy/cities/xintown.yaml": {**CITY, "smell": 1}})

    with pytest.raises(KnowledgeError) as caught:
        load_library(data)

    assert "smell" in caught.value.faults[0]
