"""Every combination of answers, 「不确定」 among them, ends in items, papers and reasons, or in a word on where to go.

The ways through a questionnaire are followed all at once: those are merged of which everything that is still to be
decided is the same (`knowledge.check.ways`; its test holds the merging against walking every single way). Each item and
each paper is looked at by itself, over all ways; the ends are counted, and the counts must add up to all of them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from knowledge import model
from knowledge.check.consequences import Consequences
from knowledge.check.ways import End, Ways
from knowledge.library import Library, ProvinceKnowledge
from knowledge.loader import DATA, load_library
from knowledge.situation import AppliedItem, NeededPaper, Situation, assess
from tests.knowledge.builders import item, outcome, paper, plain_items, plain_papers, province, statement

PROVINCES = sorted(folder.name for folder in (DATA / "provinces").iterdir())
Fact = model.Item | model.Paper


@cache
def library() -> Library:
    return load_library()


def ends_of(known: ProvinceKnowledge, fact: Fact | None = None) -> list[End]:
    """All ways, merged where they agree on the whole result, or on one item or paper."""
    ways = Ways(known.questionnaire)
    said = Consequences(known, ways.language)
    if fact is None:
        return ways.ends(said.some_item(), said.papers_or_word(), whole=True)
    return ways.ends(*said.watched(fact), whole=True)


def reason_of(one: AppliedItem | NeededPaper) -> str:
    """What the person is told about why an item or a paper is in the list, as the result says it."""
    fact = one.item if isinstance(one, AppliedItem) else one.paper
    return one.doubt or fact.when_say


def holes_of(known: ProvinceKnowledge, end: End) -> list[str]:
    """What the answers of an end lack."""
    found = assess(known, end.answers)
    if found.not_covered:
        word = found.not_covered
        return [] if word.say.strip() and (word.ask or "").strip() else ["where to go"]
    return [*_missing_lists(found), *_missing_reasons(found)]


def _missing_lists(found: Situation) -> list[str]:
    """Without any paper, every item must say itself what is to be brought."""
    silent = [one.item.id for one in found.items if "materials" not in one.item.aspects]
    return [*(["items"] if not found.items else []), *(["papers"] if silent and not found.papers else [])]


def _missing_reasons(found: Situation) -> list[str]:
    """Every item and paper has its reason in words; one that depends on answers has these answers too."""
    listed: list[tuple[Fact, AppliedItem | NeededPaper]] = [
        *((one.item, one) for one in found.items),
        *((one.paper, one) for one in found.papers),
    ]
    wordless = [f"reason of {fact.id}" for fact, one in listed if not reason_of(one).strip()]
    doubtless = [f"doubt of {one.item.id}" for one in found.items if not one.certain and not one.doubt]
    answerless = [f"answers of {fact.id}" for fact, one in listed if one.certain and fact.when and not one.because]
    return [*wordless, *doubtless, *answerless]


def all_holes(known: ProvinceKnowledge) -> list[tuple[dict[str, str], list[str]]]:
    """Every kind of end that lacks something, with answers that lead to it."""
    facts: list[Fact | None] = [None, *known.items.values(), *known.papers.values()]
    ends = [end for fact in facts for end in ends_of(known, fact)]
    return [(end.answers, lacking) for end in ends if (lacking := holes_of(known, end))]


@pytest.mark.parametrize("name", PROVINCES)
def test_no_combination_of_answers_ends_without_items_papers_and_reasons(name: str) -> None:
    assert all_holes(library().provinces[name]) == []


@pytest.mark.parametrize("name", PROVINCES)
def test_no_combination_is_left_out_for_any_item_or_paper(name: str) -> None:
    known = library().provinces[name]
    every = Ways(known.questionnaire).count()
    facts: list[Fact | None] = [None, *known.items.values(), *known.papers.values()]

    assert {sum(end.count for end in ends_of(known, fact)) for fact in facts} == {every}


@pytest.mark.parametrize("name", PROVINCES)
def test_nobody_who_is_covered_lacks_an_item_or_a_word_on_papers(name: str) -> None:
    known = library().provinces[name]

    assert [end.answers for end in ends_of(known) if end.outcome is None and not all(end.values)] == []


@pytest.mark.parametrize("name", PROVINCES)
def test_every_outcome_and_every_item_and_paper_is_the_end_of_some_combination(name: str) -> None:
    known = library().provinces[name]
    outcomes = {end.outcome.id for end in ends_of(known) if end.outcome}
    shown = [(fact.id, assess(known, end.answers)) for fact in known.items.values() for end in ends_of(known, fact)]
    papers = [(fact.id, assess(known, end.answers)) for fact in known.papers.values() for end in ends_of(known, fact)]

    assert outcomes == {one.id for one in known.questionnaire.not_covered}
    assert {key for key, found in shown if key in [one.item.id for one in found.items]} == set(known.items)
    assert {key for key, found in papers if key in [one.paper.id for one in found.papers]} == set(known.papers)


NO = {"question": "cancelled", "equals": "no"}
YES = {"question": "cancelled", "equals": "yes"}
NOT_COVERED = {"question": "covered", "equals": "no"}


def with_items(*items: dict[str, Any]) -> ProvinceKnowledge:
    return province(list(items))


def with_papers(*papers: dict[str, Any]) -> ProvinceKnowledge:
    return province(None, list(papers))


def with_word(**changes: Any) -> ProvinceKnowledge:
    asked = dict(province().questionnaire.model_dump(by_alias=True, exclude_none=True, mode="json"))
    word = outcome("gone", NOT_COVERED) | {"ask": "窗口"} | changes
    return province(None, None, asked | {"not_covered": [word]})


def test_the_toy_province_with_a_word_on_where_to_go_has_no_hole() -> None:
    assert all_holes(with_word()) == []


@pytest.mark.parametrize(
    ("known", "lacking"),
    [
        (with_items(item("household", when=YES), item("card", when=YES)), "items"),
        (with_papers(paper("photo", "card")), "papers"),
        (with_items(item("reporting", when_say=""), *plain_items()[1:]), "reason of reporting"),
        (with_items(plain_items()[0], item("household", when=YES, possible_say=None)), "doubt of household"),
        (with_papers(paper("letter", "reporting", when_say="")), "reason of letter"),
        (with_papers(plain_papers()[0], paper("photo", "card", open=[{"when": NO, "say": " "}])), "reason of photo"),
        (with_word(ask=None), "where to go"),
        (with_word(say=" "), "where to go"),
    ],
    ids=lambda one: one if isinstance(one, str) else "hole",
)
def test_a_planted_hole_is_found(known: ProvinceKnowledge, lacking: str) -> None:
    assert lacking in [one for _, all_lacking in all_holes(known) for one in all_lacking]


def test_items_that_say_that_nothing_is_to_be_brought_are_no_hole() -> None:
    words = {"overview": statement("一件事。"), "materials": statement("什么都不用带。")}
    toy = province([item("reporting", aspects=words)], [])

    assert [end.values for end in ends_of(toy) if end.outcome is None] == [(True, True)]
