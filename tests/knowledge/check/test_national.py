from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.knowledge.builders import CATALOGUE
from tests.knowledge.check.toy import Changes, faults_of, named


def conflict(position: dict[str, Any] | None = None, **changes: Any) -> Changes:
    """Two places of the toy guide that disagree."""
    first = {"province": "toy", "source": [{"guide": "toy-guide", "section": "四"}], "states": "要。", "say": "要带。"}
    both = [{**first, **(position or {})}, first]
    content = {"id": "photo", "title": "照片", "positions": both, "staff": "两处不同。", "ask": "窗口", **changes}
    return {"national/conflicts.yaml": {"conflicts": [content]}}


def test_a_conflict_that_leads_somewhere_is_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, conflict(items=["card"], papers=["photo"])) == []


@pytest.mark.parametrize(
    ("changes", "line", "fault"),
    [
        (conflict(items=["carb"]), "- id: photo", "item 'carb' is not in the national list; did you mean 'card'?"),
        (conflict(papers=["foto"]), "- id: photo", "paper 'foto' is not in the national list; did you mean 'photo'?"),
        (
            conflict({"source": [{"guide": "toy-guide", "section": "九"}]}),
            "- id: photo",
            "section '九' of toy-guide is",
        ),
        (conflict({"say": "一。二。三。四。五。"}), "- province: toy", "'say' has 5 sentences"),
        (conflict({"states": ""}), "- province: toy", "'states' is empty"),
        (conflict(title=""), "- id: photo", "'title' is empty"),
    ],
)
def test_a_conflict_that_cannot_be_told_is_found_with_its_line(
    tmp_path: Path, changes: Changes, line: str, fault: str
) -> None:
    found = named(faults_of(tmp_path, changes), tmp_path)

    assert (line, True) in [(text, fault in problem) for text, problem in found], found


def test_an_empty_word_of_the_national_lists_is_found_with_its_line(tmp_path: Path) -> None:
    nameless = {"id": "hat", "name": "帽子", "aliases": ["军帽", ""]}
    found = faults_of(tmp_path, {"national/papers.yaml": {"entries": [*CATALOGUE["papers"], nameless]}})

    assert named(found, tmp_path) == [("- ''", "'aliases' is empty")]
