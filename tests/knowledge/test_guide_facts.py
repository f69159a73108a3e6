"""Every fact of a guide has its place in the data, or a stated reason why it is not for the assistant.

The lists at `tests/data/provinces/<id>/facts.yaml` were drawn from the guides themselves, fact by fact, apart from the
data. `at` names the places that hold a fact: knowledge ids, `<province>.head`, `<province>.sections`, or
`national.<file>`. `words` must all stand there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.library import Library
from knowledge.loader import DATA, load_library
from knowledge.yaml_lines import read_yaml

LISTS = Path(__file__).parents[1] / "data" / "provinces"
PROVINCES = sorted(folder.name for folder in (DATA / "provinces").iterdir())


@pytest.fixture(scope="module")
def known() -> Library:
    return load_library()


def listed(province: str) -> list[dict[str, Any]]:
    content, _ = read_yaml(LISTS / province / "facts.yaml")
    return list(content["facts"])


def text_at(known: Library, place: str) -> str | None:
    """All that stands at a place; None when there is no such place."""
    if place in known.facts:
        return known.facts[place].model_dump_json()
    owner, _, name = place.partition(".")
    if owner == "national":
        file = DATA / "national" / f"{name}.yaml"
        return file.read_text("utf-8") if file.exists() else None
    province = known.provinces.get(owner)
    if province is None or name not in ("head", "sections"):
        return None
    return province.head.model_dump_json() if name == "head" else str(province.sections)


def missing(known: Library, one: dict[str, Any]) -> list[str]:
    """What keeps a listed fact from being held."""
    if set(one) == {"fact", "left_out"}:
        return [] if one["left_out"] else ["no reason"]
    texts = {place: text_at(known, place) for place in one.get("at", [])}
    found = [f"there is no {place}" for place, text in texts.items() if text is None]
    whole = "".join(text or "" for text in texts.values())
    return (
        found + ([] if texts else ["no place"]) + [f"no {word}" for word in one.get("words", []) if word not in whole]
    )


@pytest.mark.parametrize("province", PROVINCES)
def test_every_fact_of_the_guide_is_held_or_left_out_for_a_reason(known: Library, province: str) -> None:
    lost = [f"{one['fact']}: {'; '.join(found)}" for one in listed(province) if (found := missing(known, one))]

    assert lost == []


def test_a_fact_that_is_not_held_is_noticed(known: Library) -> None:
    assert missing(known, {"fact": "x", "at": ["henan.head"], "words": ["没有这句话"]}) == ["no 没有这句话"]
    assert missing(known, {"fact": "x", "at": ["henan.topic.gone"]}) == ["there is no henan.topic.gone"]
    assert missing(known, {"fact": "x"}) == ["no place"]
