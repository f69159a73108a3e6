from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.loader import KnowledgeError, load_library, read_library, release_of
from tests.knowledge.builders import HEAD, item, paper, plain_questionnaire, question, questionnaire, write_data

TOY = "provinces/toy"


def faults(folder: Path, changes: dict[str, Any]) -> list[str]:
    data = write_data(folder / "knowledge" / "data", changes)
    with pytest.raises(KnowledgeError) as caught:
        load_library(data)
    return caught.value.faults


def test_a_good_folder_becomes_a_library(tmp_path: Path) -> None:
    toy = load_library(write_data(tmp_path)).provinces["toy"]

    assert list(toy.items) == ["reporting", "household", "card"]
    assert list(toy.papers) == ["letter", "proof", "photo"]
    assert [one.id for one in toy.questionnaire.questions] == ["covered", "cancelled", "from_elsewhere", "wants_card"]


def test_items_stand_in_the_guides_order_whatever_their_files_are_called(tmp_path: Path) -> None:
    changes = {f"{TOY}/items/card.yaml": item("card", number=1), f"{TOY}/items/reporting.yaml": item("reporting")}
    toy = load_library(write_data(tmp_path, changes)).provinces["toy"]

    assert list(toy.items) == ["card", "household", "reporting"]


def test_a_bare_section_means_the_main_guide(tmp_path: Path) -> None:
    source = load_library(write_data(tmp_path)).facts["toy.item.card"].source[0]

    assert (source.guide, source.section) == ("toy-guide", "三")


def test_a_source_may_name_another_guide_of_the_folder(tmp_path: Path) -> None:
    source = ["三", {"guide": "toy-annex", "section": "九"}]
    changes = {f"{TOY}/items/card.yaml": item("card", source=source)}
    found = load_library(write_data(tmp_path, changes)).facts["toy.item.card"].source

    assert [(one.guide, one.section) for one in found] == [("toy-guide", "三"), ("toy-annex", "九")]


def test_dates_are_taken_over_from_the_main_guide(tmp_path: Path) -> None:
    fact = load_library(write_data(tmp_path)).facts["toy.item.card"]

    assert (fact.valid_from, fact.checked_on) == (date(2024, 1, 1), date(2024, 2, 1))


def test_an_own_date_comes_before_the_main_guides(tmp_path: Path) -> None:
    changes = {f"{TOY}/items/card.yaml": item("card", **{"from": "2025-05-05"})}

    assert load_library(write_data(tmp_path, changes)).facts["toy.item.card"].valid_from == date(2025, 5, 5)


def test_an_unknown_key_is_named_with_file_and_line(tmp_path: Path) -> None:
    text = "id: toy\nregion: '410000'\nservice_nams: [x]\n"
    found = faults(tmp_path, {f"{TOY}/province.yaml": text})

    assert any(
        one.startswith("knowledge/data/provinces/toy/province.yaml:3: service_nams: Extra inputs") for one in found
    )


def test_a_missing_key_is_named_with_the_line_of_what_lacks_it(tmp_path: Path) -> None:
    text = "terms_are: here\nentries:\n  - id: a\n    name: A\n    plain: 甲\n  - id: b\n    name: B\n"
    found = faults(tmp_path, {"national/terms.yaml": text})

    assert "knowledge/data/national/terms.yaml:6: entries.1.plain: Field required" in found


def test_all_faults_of_all_files_are_found_at_once(tmp_path: Path) -> None:
    changes = {
        "national/items.yaml": "entries: [x",
        "national/phrases.yaml": {"sentences": {}},
        f"{TOY}/items/card.yaml": item("card", how="by_magic"),
        f"{TOY}/papers.yaml": {"papers": [paper("letter", "reporting", form="gold"), paper("photo")]},
    }
    found = "\n".join(faults(tmp_path, changes))

    assert "items.yaml:2: " in found
    assert "phrases.yaml:1: phrases: Field required" in found
    assert "items/card.yaml:4: how: Input should be 'apply'" in found
    assert "papers.0.form" in found
    assert "papers.1.for_items" in found


@pytest.mark.parametrize(
    "name",
    [
        "national/items.yaml",
        "national/phrases.yaml",
        f"{TOY}/province.yaml",
        f"{TOY}/papers.yaml",
        f"{TOY}/questionnaire.yaml",
    ],
)
def test_a_file_that_every_province_needs_is_missed_by_name(tmp_path: Path, name: str) -> None:
    assert faults(tmp_path, {name: None}) == [f"knowledge/data/{name}:1: No such file or directory"]


def test_topics_gaps_notices_portals_and_form_may_be_left_out(tmp_path: Path) -> None:
    toy = load_library(write_data(tmp_path)).provinces["toy"]

    assert (dict(toy.topics), dict(toy.gaps), toy.notices, toy.portals, toy.form) == ({}, {}, (), (), None)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        (
            f"{TOY}/papers.yaml",
            {"papers": [paper("letter", "reporting"), paper("letter", "card")]},
            "papers.yaml:1: papers: Value error, the id 'letter' stands twice",
        ),
        (
            f"{TOY}/questionnaire.yaml",
            questionnaire(question("a"), question("a")),
            "questions: Value error, the id 'a' stands twice",
        ),
        (
            f"{TOY}/questionnaire.yaml",
            questionnaire(question("a", options=("yes", "yes"))),
            "questions.0.options: Value error, the id 'yes' stands twice",
        ),
        (
            "national/terms.yaml",
            {"entries": [{"id": "t", "name": "甲", "plain": "乙"}] * 2},
            "entries: Value error, the id 't' stands twice",
        ),
        (
            f"{TOY}/province.yaml",
            {**HEAD, "guides": [HEAD["guides"][0]] * 2},
            "guides: Value error, the id 'toy-guide' stands twice",
        ),
    ],
    ids=["papers", "questions", "options", "terms", "guides"],
)
def test_an_id_that_stands_twice_is_a_fault(tmp_path: Path, name: str, content: Any, fault: str) -> None:
    assert any(fault in one for one in faults(tmp_path, {name: content}))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"source": {"guide": "toy-gide", "section": "三"}}, "source: Value error, the guide 'toy-gide' is not one of"),
        ({"source": []}, "source: Value should have at least 1 item"),
        ({"until": "2023-12-31"}, "Value error, 'until' is before 'from'"),
        ({"aspects": {"overview": {"source": "三", "say": "x", "complete": "partial"}}}, "'ask' must say who would"),
        ({"aspects": {"smell": {"source": "三", "say": "x"}}}, "aspects.smell"),
        ({"time_limits": [{"source": "三", "id": "t", "label": "审核"}]}, "exactly one of: working_days"),
        ({"when": {"question": "cancelled"}}, "compared by exactly one of"),
        ({"id": "Card"}, "id: String should match pattern"),
    ],
    ids=lambda one: "" if isinstance(one, str) else str(one),
)
def test_a_fact_that_does_not_fit_the_schema_is_a_fault(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    found = faults(tmp_path, {f"{TOY}/items/card.yaml": {**item("card"), **change}})

    assert len(found) == 1
    assert fault in found[0]
    assert "items/card.yaml:" in found[0]


def test_a_fact_may_end_on_the_day_on_which_it_begins(tmp_path: Path) -> None:
    changes = {f"{TOY}/items/card.yaml": item("card", until="2024-01-01")}  # boundary: from is 2024-01-01

    assert load_library(write_data(tmp_path, changes)).facts["toy.item.card"].valid_until == date(2024, 1, 1)


def test_a_folder_that_is_not_called_like_its_province_is_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, {f"{TOY}/province.yaml": {**HEAD, "id": "toi"}})

    assert found == ["knowledge/data/provinces/toy/province.yaml:1: the id 'toi' is not the folder's name"]


def test_a_file_that_is_not_called_like_its_item_is_a_fault(tmp_path: Path) -> None:
    found = faults(tmp_path, {f"{TOY}/items/card.yaml": item("photo")})

    assert len(found) == 1
    assert "items/card.yaml:2: the id is not the file's name" in found[0]


def test_faults_are_handed_back_with_no_library(tmp_path: Path) -> None:
    library, found, _ = read_library(write_data(tmp_path, {"national/terms.yaml": None}))

    assert library is None
    assert len(found) == 1


def test_the_same_content_has_the_same_release(tmp_path: Path) -> None:
    assert release_of(write_data(tmp_path / "a")) == release_of(write_data(tmp_path / "b"))


@pytest.mark.parametrize(
    "changes",
    [
        {f"{TOY}/items/card.yaml": item("card", next_step="去别的窗口。")},
        {f"{TOY}/items/card.yaml": None},
        {f"{TOY}/topics.yaml": {"topics": []}},
        {f"{TOY}/questionnaire.yaml": None, f"{TOY}/questionnaire.yml": plain_questionnaire()},
    ],
    ids=["changed", "removed", "added", "renamed"],
)
def test_other_content_has_another_release(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert release_of(write_data(tmp_path / "a")) != release_of(write_data(tmp_path / "b", changes))


def test_moving_words_from_a_name_into_its_file_has_another_release(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "ab").write_bytes(b"c")
    (tmp_path / "b" / "a").write_bytes(b"bc")

    assert release_of(tmp_path / "a") != release_of(tmp_path / "b")


def test_the_limits_of_the_whole_take_their_guide_and_dates_over_too(tmp_path: Path) -> None:
    whole = {"source": "一", "id": "whole", "label": "全部", "working_days": 18}
    library = load_library(write_data(tmp_path, {f"{TOY}/province.yaml": {**HEAD, "time_limits": [whole]}}))
    fact = library.facts["toy.time_limit.whole"]

    assert (fact.source[0].guide, fact.valid_from) == ("toy-guide", date(2024, 1, 1))


def test_an_undated_guide_may_say_from_when_its_facts_are_known(tmp_path: Path) -> None:
    undated = {**HEAD["guides"][0], "valid_from": None, "facts_from": "2023-03-01"}
    library = load_library(write_data(tmp_path, {f"{TOY}/province.yaml": {**HEAD, "guides": [undated]}}))

    assert library.facts["toy.item.card"].valid_from == date(2023, 3, 1)
