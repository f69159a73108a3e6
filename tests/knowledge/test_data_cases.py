"""The cases that experts worked out by hand, at the data's own path: `tests/data/provinces/<id>/*.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from knowledge.loader import DATA, load_library
from knowledge.questionnaire import is_answer, question_of, replay
from knowledge.reference import Reference
from knowledge.resolve import Subject
from knowledge.situation import Situation, assess
from knowledge.yaml_lines import read_yaml

CASES = Path(__file__).parents[1] / "data" / "provinces"
PROVINCES = sorted(folder.name for folder in (DATA / "provinces").iterdir())


@cache
def reference() -> Reference:
    return Reference(load_library())


def cases(name: str) -> list[Any]:
    found = []
    for path in sorted(CASES.glob(f"*/{name}.yaml")):
        content, _ = read_yaml(path)
        found += [
            pytest.param(path.parent.name, case, id=f"{path.parent.name}: {case['name']}") for case in content["cases"]
        ]
    return found


@pytest.mark.parametrize("province", PROVINCES)
@pytest.mark.parametrize("name", ["questionnaire", "answers"])
def test_every_province_has_cases_at_the_path_of_its_data(province: str, name: str) -> None:
    assert (CASES / province / f"{name}.yaml").exists()


def situation_of(province: str, case: dict[str, Any]) -> Situation:
    known = reference().library.provinces[province]
    answers = case["answers"]
    for question_id, value in answers.items():
        assert is_answer(question_of(known.questionnaire, question_id), value), f"{question_id} has no option {value}"
    progress = replay(known.questionnaire, answers)
    assert progress.next_question is None, f"{progress.next_question.id} is not answered"
    return assess(known, answers)


@pytest.mark.parametrize(("province", "case"), cases("questionnaire"))
def test_a_persona_gets_the_items_and_papers_worked_out_by_hand(province: str, case: dict[str, Any]) -> None:
    found = situation_of(province, case)

    assert [one.item.id for one in found.items if one.certain] == case["items"]
    assert [one.item.id for one in found.items if not one.certain] == case.get("possible_items", [])
    assert {one.paper.id for one in found.papers if one.certain} == set(case["papers"])
    assert {one.paper.id for one in found.papers if not one.certain} == set(case.get("possible_papers", []))
    assert not {one.paper.id for one in found.papers} & set(case.get("not_papers", []))
    assert (found.not_covered.id if found.not_covered else None) == case.get("not_covered")


@pytest.mark.parametrize(("province", "case"), cases("answers"))
def test_a_callers_question_gets_the_fact_with_its_section(province: str, case: dict[str, Any]) -> None:
    resolver = reference().resolver(reference().library.provinces[province])

    found = resolver.resolve(case["question"], Subject())

    assert found.said is not None, f"offered {[one.id for one in found.options]}"
    for fact in case.get("must", []):
        assert fact in f"{found.said.say}{found.said.more or ''}"
    for fact in case.get("must_not", []):
        assert fact not in found.said.say
    assert found.said.complete == case["completeness"]
    assert case["section"] in [source.section for source in found.said.sources]
