"""What is found in the data themselves: reviews, entries that ask the same, figures that do not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from api.care.apart import contradictions
from api.care.reviews import guide_reviews, owners, reviews, without_day
from api.care.twice import pairs
from knowledge.figures import figures_in
from knowledge.library import ProvinceKnowledge
from knowledge.reference import Reference
from tests.fakes.country import knowledge

TODAY = date(2026, 11, 22)
LIBRARY = knowledge().library
HENAN = LIBRARY.provinces["henan"]


def with_topic(key: str, **changes: object) -> ProvinceKnowledge:
    topic = HENAN.topics[key].model_copy(update=changes)
    return replace(HENAN, topics={**HENAN.topics, key: topic})


def test_what_is_overdue_comes_first_and_what_is_far_off_not_at_all() -> None:
    first = with_topic("channels", review_due=date(2026, 12, 1), owner="王")
    both = replace(
        first,
        topics={
            **first.topics,
            "choose_items": first.topics["choose_items"].model_copy(update={"review_due": date(2026, 11, 21)}),
            "all_items": first.topics["all_items"].model_copy(update={"review_due": date(2027, 3, 1)}),
        },
    )

    found = reviews(LIBRARY, both, TODAY)

    assert [(one.name.key, one.is_late) for one in found] == [("choose_items", True), ("channels", False)]
    assert [one.name.key for one in reviews(LIBRARY, both, TODAY, "王")] == ["channels"]
    assert owners(both) == ["王"]
    assert {"channels", "all_items"} & {one.name.key for one in without_day(LIBRARY, both, TODAY)} == set()


def test_a_guide_that_nobody_checked_in_time_is_told() -> None:
    guide = HENAN.head.guides[0]
    guides = (guide.model_copy(update={"review_due": date(2026, 11, 1)}),)
    late = replace(HENAN, head=HENAN.head.model_copy(update={"guides": guides}))

    [found] = [one for one in guide_reviews(late, TODAY) if one.guide.id == guide.id]

    assert found.is_late


def test_two_entries_with_the_same_words_are_a_pair() -> None:
    said = HENAN.topics["choose_items"].questions[0]
    questions = (*HENAN.topics["channels"].questions, f"{said}？")
    province = with_topic("channels", questions=questions)
    reference = Reference(replace(LIBRARY, provinces={**LIBRARY.provinces, "henan": province}), knowledge())

    found = pairs(province, reference)

    assert ({found[0].one.key, found[0].other.key}, found[0].is_same_words) == ({"choose_items", "channels"}, True)


def test_what_stands_in_the_data_is_few_enough_to_be_read() -> None:
    numbers = {name: len(pairs(one, knowledge())) for name, one in LIBRARY.provinces.items()}

    assert max(numbers.values()) <= 15


def test_a_figure_that_the_item_states_otherwise_is_shown() -> None:
    limited = [one for one in HENAN.items.values() if "time_limit" in one.aspects]
    item = next(one for one in limited if "个工作日" in figures_in(one.aspects["time_limit"].say))
    province = with_topic("channels", items=(item.id,), say="要等 77 个工作日。", more=None)

    [found] = contradictions(LIBRARY, province)

    assert found.second[0] == "henan.topic.channels"
    assert found.figures[1] == (77,)


def test_the_data_as_they_stand_have_none() -> None:
    assert [found for one in LIBRARY.provinces.values() for found in contradictions(LIBRARY, one)] == []
