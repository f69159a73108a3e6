"""What must stay right is right to begin with, and speaks of entries that there are."""

from __future__ import annotations

from functools import cache

import pytest

from api.impact.gate_sets import Persona, gate_set
from api.impact.gate_vectors import load_gate_vectors
from api.impact.journeys import is_right
from knowledge.entries import entries_of
from knowledge.library import Library
from knowledge.loader import DATA, load_library
from knowledge.vectors import key_of

PROVINCES = sorted(folder.name for folder in (DATA / "provinces").iterdir())


@cache
def library() -> Library:
    return load_library()


def every_persona() -> list[object]:
    return [pytest.param(name, one, id=one.id) for name in PROVINCES for one in gate_set(name).personas]


@pytest.mark.parametrize(("province", "persona"), every_persona())
def test_a_persona_is_right_today(province: str, persona: Persona) -> None:
    assert is_right(library().provinces[province], persona)


@pytest.mark.parametrize("province", PROVINCES)
def test_a_question_expects_an_entry_that_there_is(province: str) -> None:
    layers = [one for one in library().layers() if one.id == province]
    known = {entry.id for one in layers for entry in entries_of(one, library())}
    expected = {name for one in gate_set(province).questions for name in one.expects}

    assert {one for one in expected if one not in known and not one.endswith((".form", ".unstated"))} == set()
    assert len(expected) > 20


@pytest.mark.parametrize("province", PROVINCES)
def test_questions_and_personas_bear_ids_of_their_own(province: str) -> None:
    found = gate_set(province)
    ids = [one.id for one in found.questions] + [one.id for one in found.personas]

    assert len(ids) == len(set(ids))
    assert len(found.questions) >= 100
    assert len(found.personas) >= 15


def test_a_persona_that_lost_a_paper_or_the_order_of_its_items_is_wrong() -> None:
    province = library().provinces["henan"]
    persona = gate_set("henan").personas[0]

    assert not is_right(province, persona.model_copy(update={"papers": persona.papers[1:]}))
    assert not is_right(province, persona.model_copy(update={"items": persona.items[::-1]}))
    assert not is_right(province, persona.model_copy(update={"answers": {}}))


def test_a_province_without_a_set_has_an_empty_one() -> None:
    assert gate_set("nowhere").questions == ()


def test_vectors_of_most_questions_are_kept() -> None:
    """Some are cut before they are compared; without any, the gate takes minutes instead of seconds."""
    kept = load_gate_vectors()
    said = [one.said for name in PROVINCES for one in gate_set(name).questions]

    assert sum(key_of(one) in kept for one in said) > 0.7 * len(said), "`tuiyi knowledge embed` keeps them"
