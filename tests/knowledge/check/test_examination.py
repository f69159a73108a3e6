from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.check import examine
from tests.knowledge.builders import is_yes, item, outcome, paper, plain_papers, question
from tests.knowledge.check.toy import (
    CARD,
    TODAY,
    TOY,
    Changes,
    asked,
    asked_also,
    faults_of,
    gap,
    household,
    named,
    papers,
    spared,
    staff_note,
    topic,
    written,
)

LETTER_OR_PHOTO = paper("letter", "reporting", or_instead=["photo"])
PHOTO_OR_LETTER = paper("photo", "card", or_instead=["letter"])


def test_a_good_province_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == []


@pytest.mark.parametrize(
    "changes",
    [
        {**topic(items=["card"]), **gap(items=["card"], papers=["photo"], aspects=["cost"])},
        papers(not_needed=[spared(paper="photo", when=is_yes("cancelled"))]),
        {f"{TOY}/papers.yaml": {"papers": [LETTER_OR_PHOTO, plain_papers()[1], PHOTO_OR_LETTER]}},
        household(part_of="transfer"),
        asked_also(question("years", options=("8", "12")))
        | {CARD: item("card", when={"any": [{"question": "years", "at_least": 12}, is_yes("wants_card")]})},
        asked(tips=[outcome("tip", {"not": is_yes("wants_card")})]),
        staff_note(items=["card"], papers=["photo"], departments=["office"]),
    ],
    ids=["ids that exist", "paper not needed", "one of two papers", "part of an item", "numbers", "tip", "staff"],
)
def test_what_leads_somewhere_is_no_fault(tmp_path: Path, changes: Changes) -> None:
    assert faults_of(tmp_path, changes) == []


def test_faults_of_the_schema_are_listed_alone(tmp_path: Path) -> None:
    found = faults_of(tmp_path, household(how="magic"), topic(items=["carb"]))

    assert len(found) == 1
    assert "how: Input should be" in found[0]


def test_all_faults_are_listed_at_once_by_file_and_line(tmp_path: Path) -> None:
    wrong = paper("photo", "carb", or_instead=["foto"])
    hats = papers(paper("hat", "card"), wrong | {"id": "cap"})
    found = faults_of(tmp_path, topic(items=["carb"]), hats, household(department="x"))

    assert [problem.split(" ")[1] for _, problem in named(found, tmp_path)] == [
        "'x'",
        "'hat'",
        "'cap'",
        "'carb'",
        "'foto'",
        "'carb'",
    ]


def test_the_number_of_different_ways_to_answer_is_told(tmp_path: Path) -> None:
    examined = examine(written(tmp_path), TODAY)

    # Not covered: 1. Covered or unsure: 2 x (cancelled: 3 more answers, else 2) x 3 for the card.
    assert examined.combinations == {"toy": 1 + 2 * (3 + 2) * 3}


def test_options_that_come_to_the_same_are_hints_and_no_faults(tmp_path: Path) -> None:
    twins = question("kind", options=("one", "two", "three"))
    when = {"question": "kind", "equals": "three"}
    examined = examine(
        written(
            tmp_path,
            asked_also(twins),
            {CARD: item("card", when=when)},
        ),
        TODAY,
    )

    assert [str(one).split(": ", 1)[1] for one in examined.hints] == [
        "'wants_card': yes, no come to the same",
        "'kind': one, two come to the same",
    ]
