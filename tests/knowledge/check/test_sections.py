from __future__ import annotations

from pathlib import Path

from tests.knowledge.check.toy import PLAIN, contents, faults_of, listed, named, topic


def test_a_cited_section_that_is_not_listed_is_found_where_it_is_cited(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, topic(source="一(二)")), tmp_path)

    assert found == [("- source: 一(二)", "section '一(二)' of toy-guide is not in sections.yaml")]


def test_one_of_several_cited_sections_is_found(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, topic(source=["一", "一(二)"])), tmp_path)

    assert found == [("- source:", "section '一(二)' of toy-guide is not in sections.yaml")]


def test_a_guide_without_a_table_of_contents_is_one_fault(tmp_path: Path) -> None:
    found = faults_of(tmp_path, topic(source={"guide": "toy-annex", "section": "一"}))

    assert [one.split(": ", 1)[1] for one in found] == ["sections.yaml lists no sections of toy-annex"]


def test_a_listed_section_that_nothing_cites_needs_a_reason(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, listed(contents("一", "二", "三", "四", "五"))), tmp_path)

    assert found == [("- id: 五", "nothing cites '五', and 'unused' does not say why")]


def test_a_section_with_a_reason_is_enough(tmp_path: Path) -> None:
    assert faults_of(tmp_path, listed(contents("一", "二", "三", "四", 五="写给各部门的"))) == []


def test_a_section_that_is_cited_and_has_a_reason_is_found(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, listed(contents("一", "二", "三", 四="写给各部门的"))), tmp_path)

    assert found == [("unused: 写给各部门的", "'四' is 'unused', but toy.paper.letter cites it")]


def test_a_table_of_an_unknown_guide_is_found(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, listed(PLAIN, contents(一="空的", of="toy-anex"))), tmp_path)

    problem = "the guide 'toy-anex' is not one of this province; did you mean 'toy-annex'?"
    assert found == [("- guide: toy-anex", problem)]
