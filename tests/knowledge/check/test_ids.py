from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.builders import HEAD, is_yes, item, outcome, paper
from tests.knowledge.check.toy import (
    PLAIN,
    TOY,
    Changes,
    asked,
    city,
    contents,
    faults_of,
    gap,
    guide,
    head,
    household,
    listed,
    named,
    papers,
    spared,
    staff_note,
    topic,
)


def twin(guide_id: str) -> Changes:
    """A second province of the same region."""
    questionnaire = {"source": "一", "id": "twin", "title": "情形", "intro": "问。", "questions": []}
    files = {
        "province.yaml": {**HEAD, "id": "twin", "guides": [{**HEAD["guides"][0], "id": guide_id}]},
        "items/reporting.yaml": item("reporting", source="一"),
        "papers.yaml": {"papers": [paper("letter", "reporting", source="一")]},
        "questionnaire.yaml": questionnaire,
        "sections.yaml": {"guides": [contents("一", of=guide_id)]},
    }
    return {f"provinces/twin/{name}": content for name, content in files.items()}


@pytest.mark.parametrize(
    ("changes", "line", "fault"),
    [
        (head(region="990000"), "region: '990000'", "'990000' is no province's code"),
        (head(region="410700"), "region: '410700'", "'410700' is no province's code"),
        (head(region="41"), "region: '41'", "'41' is no province's code"),
        (guide(region="990000"), "region: '990000'", "'990000' is no region's code"),
        (household(department="offce"), "department: offce", "department 'offce' is not in the national list; did"),
        (household(after=["reportng"]), "after:", "item 'reportng' is not defined here; did you mean 'reporting'?"),
        (household(part_of="whole"), "part_of: whole", "item 'whole' is not in the national list"),
        (household(after=["card"]), "after:", "'after' goes round in a circle: "),
        (papers(paper("hat", "card")), "id: hat", "paper 'hat' is not in the national list"),
        (papers(paper("hat", "carb")), "for_items:", "item 'carb' is not defined here; did you mean 'card'?"),
        (papers(paper("hat", "card", or_instead=["foto"])), "or_instead:", "did you mean 'photo'?"),
        (papers(paper("hat", "card", or_instead=["photo"])), "or_instead:", "'photo' does not name 'hat'"),
        (papers(not_needed=[spared(paper="hat")]), "paper: hat", "paper 'hat' is not in the national list"),
        (asked(tips=[outcome("gone", is_yes("covered"))]), "id: gone", "'toy.outcome.gone' is the id of two facts"),
        (topic(items=["carb"]), "items:", "item 'carb' is not defined here; did you mean 'card'?"),
        (gap(items=["carb"]), "items:", "item 'carb' is not defined here; did you mean 'card'?"),
        (gap(papers=["hat"]), "papers:", "paper 'hat' is not in the national list"),
        (staff_note(items=["carb"]), "items:", "item 'carb' is not defined here; did you mean 'card'?"),
        (staff_note(papers=["hat"]), "papers:", "paper 'hat' is not in the national list"),
        (staff_note(departments=["offic"]), "departments:", "department 'offic' is not in the national list"),
        (city(region="440100"), "region: '440100'", "'440100' is no place in this province"),
        (city(region="410000"), "region: '410000'", "'410000' is no place in this province"),
        (city(forwards="toy-gide"), "forwards: toy-gide", "guide 'toy-gide' is not defined here; did you mean 'toy-g"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_found_with_its_line(tmp_path: Path, changes: Changes, line: str, fault: str) -> None:
    found = named(faults_of(tmp_path, changes), tmp_path)

    assert (line, True) in [(text, fault in problem) for text, problem in found], found


def test_a_citys_layer_that_leads_somewhere_is_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, city(), listed(PLAIN, contents("全文", of="city-guide"))) == []


def test_a_citys_file_bears_its_id(tmp_path: Path) -> None:
    tables = listed(PLAIN, contents("全文", of="city-guide"))
    found = faults_of(tmp_path, {f"{TOY}/cities/anyang.yaml": city()[f"{TOY}/cities/xinxiang.yaml"]}, tables)

    assert [one.split(": ", 1)[1] for one in found] == ["the file of the city 'xinxiang' does not bear its id"]


def test_two_provinces_of_one_region_are_found(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, twin("twin-guide")), tmp_path)

    assert found == [("region: '410000'", "'410000' is the region of 'toy' too")]


def test_two_guides_of_one_id_are_found(tmp_path: Path) -> None:
    found = named(faults_of(tmp_path, twin("toy-guide")), tmp_path)

    assert ("- id: toy-guide", "'toy-guide' is a guide of 'toy' too") in found
