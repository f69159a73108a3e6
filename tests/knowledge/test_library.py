from __future__ import annotations

import pytest

from knowledge.model import Item
from tests.knowledge.builders import item, library, paper, province, question, questionnaire, reference_of, statement

TOY = province()


@pytest.mark.parametrize("code", ["410000", "41", "4107", "410702"])
def test_a_place_is_answered_by_the_guide_of_its_province(code: str) -> None:
    assert library(TOY).province_for(code) is TOY


@pytest.mark.parametrize("code", ["460000", "", "999999", "not a code"])
def test_a_place_that_no_guide_covers_has_no_province(code: str) -> None:
    assert library(TOY).province_for(code) is None


def test_a_province_knows_its_region() -> None:
    assert library(TOY).region_of(TOY).name == "河南省"


def test_every_fact_is_reached_by_its_id() -> None:
    limit = {"source": "三", "id": "review", "label": "审核", "working_days": 5}
    card = item("card", time_limits=[limit], forgotten=statement("会过期。"))
    photo = paper("photo", "card", obtain=statement("照相馆。"))
    toy = province([card], [photo], questionnaire(question("a")))

    assert set(library(toy).facts) == {
        "toy.item.card", "toy.item.card.overview", "toy.item.card.forgotten", "toy.time_limit.review",
        "toy.paper.photo", "toy.paper.photo.obtain", "toy.questionnaire.toy", "toy.question.a",
    }  # fmt: skip


def test_a_fact_is_the_one_of_its_id() -> None:
    fact = library(TOY).facts["toy.item.card"]

    assert isinstance(fact, Item)
    assert fact.id == "card"


def test_a_phrase_is_filled_in() -> None:
    assert library().phrase("who_knows", ask="窗口") == "问窗口。"


def test_a_phrase_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        library().phrase("gone")


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [("item", "card", "优待证"), ("status", "done", "办结"), ("item", "gone", "gone"), ("paper", "card", "card")],
)
def test_an_id_is_shown_by_its_national_name_or_as_it_is(kind: str, name: str, shown: str) -> None:
    assert library().name_of(kind, name) == shown


def test_an_item_means_itself() -> None:
    assert [one.id for one in TOY.items_meant("card")] == ["card"]


def test_an_item_in_parts_means_its_parts() -> None:
    toy = province([item("half_two", part_of="transfer"), item("half_one", part_of="transfer"), item("card")], [])

    assert [one.id for one in toy.items_meant("transfer")] == ["half_two", "half_one"]


def test_an_item_that_the_guide_does_not_have_means_nothing() -> None:
    assert TOY.items_meant("transfer") == []


def test_the_papers_for_an_item_stand_in_the_order_of_the_list() -> None:
    toy = province(papers=[paper("photo", "card"), paper("proof", "household"), paper("letter", "household", "card")])

    assert [one.id for one in toy.papers_for("card")] == ["photo", "letter"]


def test_a_guide_is_found_by_its_id() -> None:
    assert TOY.guide("toy-annex").title == "玩具附件"


def test_a_reference_has_a_resolver_for_each_province() -> None:
    reference = reference_of(library(TOY))

    assert reference.resolver(TOY).province is TOY
    assert reference.vocabulary.find("优待证")
