"""One side of one thing in several guides: each says its own, or that it does not say it."""

from __future__ import annotations

from functools import cache

import pytest

from knowledge.answers import Said
from knowledge.comparison import Matter, said_by
from knowledge.loader import load_library
from knowledge.reference import Reference

NO_WORDS = "锄禾日当午"
PROVINCES = sorted(load_library().provinces)


@cache
def reference() -> Reference:
    return Reference(load_library())


def said(province_id: str, kind: str, thing: str, aspect: str, words: str = NO_WORDS) -> Said | None:
    province = reference().library.provinces[province_id]
    matter = Matter(kind, thing, aspect)  # type: ignore[arg-type]
    return said_by(province, matter, words, reference().resolver(province), reference().library)


@pytest.mark.parametrize("province", PROVINCES)
@pytest.mark.parametrize(
    ("kind", "thing", "aspect"),
    [
        ("item", "household_registration", "time_limit"),
        ("item", "household_registration", "materials"),
        ("item", "subsidy", "amount"),
        ("item", "pension_transfer", "time_limit"),
        ("item", "travel_card", "how"),
        ("paper", "household_cancellation_certificate", "materials"),
        ("paper", "photo", "form"),
        ("whole", "", "time_limit"),
    ],
)
def test_what_a_province_says_comes_from_its_own_guides(province: str, kind: str, thing: str, aspect: str) -> None:
    found = said(province, kind, thing, aspect)

    own = reference().library.provinces[province]
    assert found is None or {key.split(".")[0] for key in found.ids} == {province}
    assert found is None or all(own.has_guide(source.guide) for source in found.sources)


@pytest.mark.parametrize(
    ("province", "kind", "thing", "aspect", "expected"),
    [
        ("henan", "item", "household_registration", "time_limit", "10 个工作日"),
        ("fujian", "item", "household_registration", "time_limit", "1 个工作日"),
        ("henan", "item", "social_security_card", "time_limit", "7 个工作日"),
        ("henan", "paper", "photo", "form", "白底"),
        ("hebei", "whole", "", "time_limit", "15 个工作日"),
        ("henan", "whole", "", "time_limit", "18 个工作日"),
        ("henan", "item", "travel_card", "how", "不在河南列出的 11 项里"),
    ],
)
def test_stated_fact_is_said(province: str, kind: str, thing: str, aspect: str, expected: str) -> None:
    found = said(province, kind, thing, aspect)

    assert found is not None
    assert expected in found.say


@pytest.mark.parametrize(
    ("province", "thing", "aspect"),
    [
        ("henan", "subsidy", "amount"),
        ("sichuan", "household_registration", "time_limit"),
        ("hainan", "household_registration", "time_limit"),
        ("hainan", "pension_transfer", "time_limit"),
        ("henan", "household_registration", "cost"),
    ],
)
def test_what_a_guide_does_not_state_is_said_so(province: str, thing: str, aspect: str) -> None:
    found = said(province, "item", thing, aspect)

    assert found is not None
    assert found.complete != "complete"
    assert "没有写" in found.say


def test_item_that_a_province_splits_is_said_in_its_parts() -> None:
    found = said("hainan", "item", "pension_transfer", "how")

    assert found is not None
    assert found.say.count("——") == 2


def test_thing_that_a_guide_does_not_speak_of_is_not_found() -> None:
    assert said("henan", "paper", "marriage_certificate", "materials") is None
