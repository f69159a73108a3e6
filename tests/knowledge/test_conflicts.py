from pathlib import Path
from typing import Any

import pytest

from knowledge.answers import form_of
from knowledge.entries import entries_of
from knowledge.library import Library
from knowledge.loader import KnowledgeError, load_library
from knowledge.situation import assess
from tests.knowledge.builders import HEAD, plain_items, plain_papers, plain_questionnaire, reference_of, write_data

TWIN_GUIDE = {**HEAD["guides"][0], "id": "twin-guide", "doc_no": "双〔2022〕1号", "issued": "2022-05-01"}
POSITIONS: list[dict[str, Any]] = [
    {
        "province": "toy",
        "source": [{"guide": "toy-guide", "section": "四"}],
        "states": "要交原件。",
        "say": "本省要交，外省不要，先问窗口。",
        "brief": "外省有不要的，先问。",
    },
    {
        "province": "twin",
        "source": [{"guide": "twin-guide", "section": "六"}],
        "states": "不用交。",
        "say": "不用交，外省要。",
    },
]
CONFLICT: dict[str, Any] = {
    "id": "old_letter",
    "title": "介绍信还要不要",
    "items": ["reporting"],
    "papers": ["letter"],
    "positions": POSITIONS,
    "staff": "两省写法不同。",
    "ask": "窗口",
    "questions": ["介绍信是不是取消了"],
}


def data_with(folder: Path, **changes: Any) -> Path:
    """The toy province, a second one that has no letter, and a conflict between the two."""
    twin = {**HEAD, "id": "twin", "region": "460000", "guides": [TWIN_GUIDE]}
    files = {
        "provinces/twin/province.yaml": twin,
        "provinces/twin/papers.yaml": {"papers": plain_papers()[1:]},
        "provinces/twin/questionnaire.yaml": plain_questionnaire(),
        "national/conflicts.yaml": {"conflicts": [{**CONFLICT, **changes}]},
    }
    return write_data(folder, {**files, **{f"provinces/twin/items/{one['id']}.yaml": one for one in plain_items()}})


@pytest.fixture
def known(tmp_path: Path) -> Library:
    return load_library(data_with(tmp_path))


def test_every_province_with_a_position_has_the_conflict_with_its_own_words_first(known: Library) -> None:
    said = {name: province.gaps["old_letter"] for name, province in known.provinces.items()}

    assert said["toy"].say == "本省要交，外省不要，先问窗口。"
    assert [source.guide for source in said["toy"].source] == ["toy-guide", "twin-guide"]
    assert [source.guide for source in said["twin"].source] == ["twin-guide", "toy-guide"]
    assert said["toy"].kind == "conflict"


def test_the_counselor_reads_every_position_with_its_document_and_day(known: Library) -> None:
    staff = known.provinces["toy"].gaps["old_letter"].staff

    assert "两省写法不同。" in staff
    assert "双〔2022〕1号（2022-05-01）六：不用交。" in staff
    assert "四：要交原件。" in staff


def test_a_province_without_the_paper_does_not_name_it(known: Library) -> None:
    assert known.provinces["twin"].gaps["old_letter"].papers == ()
    assert known.provinces["toy"].gaps["old_letter"].papers == ("letter",)


def test_the_other_provinces_guide_can_be_cited(known: Library) -> None:
    assert known.provinces["toy"].guide("twin-guide").doc_no == "双〔2022〕1号"


def test_an_answer_about_the_paper_brings_the_warning_and_both_sources(known: Library) -> None:
    toy = known.provinces["toy"]
    resolver = reference_of(known).resolver(toy)
    said = resolver.said(next(one for one in entries_of(toy, known) if one.id == "toy.paper.letter"))

    assert said.say.endswith("外省有不要的，先问。")
    assert said.complete == "partial"
    assert said.ids == ("toy.paper.letter", "toy.gap.old_letter")
    assert {source.guide for source in said.sources} == {"toy-guide", "twin-guide"}


def test_a_list_with_the_paper_warns_and_one_without_it_does_not(known: Library) -> None:
    answers = {"covered": "yes", "cancelled": "no", "wants_card": "no"}

    assert [one.id for one in assess(known.provinces["toy"], answers).warnings] == ["old_letter"]
    assert assess(known.provinces["twin"], answers).warnings == ()


@pytest.mark.parametrize(
    ("position", "fault"),
    [
        ({"province": "nowhere"}, "'nowhere' is no province of these data"),
        ({"source": [{"guide": "twin-guide", "section": "六"}]}, "the guide 'twin-guide' is not one of: toy-annex"),
    ],
)
def test_a_position_that_leads_nowhere_is_a_fault(tmp_path: Path, position: dict[str, Any], fault: str) -> None:
    data = data_with(tmp_path, positions=[{**POSITIONS[0], **position}, POSITIONS[1]])

    with pytest.raises(KnowledgeError) as caught:
        load_library(data)

    assert [one for one in caught.value.faults if "national/conflicts.yaml:" in one and fault in one]


def test_a_fault_in_a_file_of_a_province_is_told_there_alone(tmp_path: Path) -> None:
    data = data_with(tmp_path, positions=POSITIONS)
    (data / "provinces" / "toy" / "papers.yaml").write_text("papers: 3\n", encoding="utf-8")

    with pytest.raises(KnowledgeError) as caught:
        load_library(data)

    assert [one for one in caught.value.faults if "papers.yaml" in one]
    assert not [one for one in caught.value.faults if "conflicts.yaml" in one]


def test_whether_the_original_is_needed_brings_the_warning_too(known: Library) -> None:
    toy = known.provinces["toy"]

    assert form_of(toy.papers["letter"], toy, known).say.endswith("外省有不要的，先问。")
