"""What is shown of the merged ends is only as good as the merging: here it is held against walking every single way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from knowledge import model
from knowledge.check.changes import idle_questions
from knowledge.check.conditions import is_reachable
from knowledge.check.consequences import Consequences
from knowledge.check.formulas import Formula
from knowledge.check.ways import Ways
from knowledge.conditions import UNSURE, Condition
from knowledge.library import ProvinceKnowledge
from knowledge.questionnaire import replay
from knowledge.situation import Situation, assess
from tests.knowledge.builders import is_yes, item, outcome, paper, province, question, questionnaire

QUESTIONS = ("one", "two", "three")
OPTIONS = ("a", "b", "c")
Shown = tuple[Any, ...]


def leaves(earlier: tuple[str, ...]) -> some.SearchStrategy[dict[str, Any]]:
    """Comparisons of a question that was asked before."""
    values = some.lists(some.sampled_from(OPTIONS), min_size=1, max_size=2, unique=True)
    return some.builds(lambda name, among: {"question": name, "in": among}, some.sampled_from(earlier), values)


@cache
def conditions(earlier: tuple[str, ...]) -> some.SearchStrategy[dict[str, Any]]:
    """Conditions over questions that were asked before."""
    return some.recursive(
        leaves(earlier),
        lambda parts: some.one_of(
            some.lists(parts, min_size=1, max_size=3).map(lambda found: {"all": found}),
            some.lists(parts, min_size=1, max_size=3).map(lambda found: {"any": found}),
            parts.map(lambda found: {"not": found}),
        ),
        max_leaves=4,
    )


@cache
def perhaps(earlier: tuple[str, ...]) -> some.SearchStrategy[dict[str, Any] | None]:
    """A condition or none."""
    return some.one_of(some.none(), conditions(earlier))


@some.composite
def provinces(draw: some.DrawFn) -> ProvinceKnowledge:
    """A province with three questions and with conditions of every kind on everything."""
    asked = [question("one", OPTIONS)]
    for number, name in enumerate(QUESTIONS[1:], 1):
        when = draw(perhaps(QUESTIONS[:number]))
        asked.append(question(name, OPTIONS, ask_when=when))
    gone = draw(some.lists(conditions(QUESTIONS), max_size=2))
    outcomes = [outcome(f"gone{number}", when) for number, when in enumerate(gone)]
    tips = [outcome("tip", draw(conditions(QUESTIONS)))]

    def applies() -> dict[str, Any]:
        places = draw(some.lists(conditions(QUESTIONS), max_size=2))
        return {
            "when": draw(perhaps(QUESTIONS)),
            "open": [{"when": when, "say": f"没写{n}"} for n, when in enumerate(places)],
        }

    items = [item(name, **applies()) for name in ("reporting", "card")]
    papers = [paper("photo", "card", "reporting", **applies()), paper("letter", "card", **applies())]
    spared = {
        "source": "四",
        "id": "n",
        "name": "照片",
        "reason": "不用。",
        "paper": "photo",
        "when": draw(perhaps(QUESTIONS)),
    }
    return province(items, papers, questionnaire(*asked, not_covered=outcomes, tips=tips), (spared,))


def every_way(asked: model.Questionnaire, answers: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """All complete answers, one by one, as they are given question by question."""
    answers = answers or {}
    following = replay(asked, answers).next_question
    if following is None:
        yield answers
        return
    for value in (*(option.id for option in following.options), UNSURE):
        yield from every_way(asked, {**answers, following.id: value})


def shown(found: Situation) -> Shown:
    """All in a result that may differ, without the words for the answers themselves."""
    return (
        found.not_covered and found.not_covered.id,
        tuple((one.item.id, one.certain, one.doubt) for one in found.items),
        tuple((one.paper.id, one.certain, one.doubt) for one in found.papers),
        tuple(one.name for one in found.spared),
        tuple(one.id for one in found.tips),
    )


def watched_of(toy: ProvinceKnowledge, ways: Ways) -> list[Formula]:
    said = Consequences(toy, ways.language)
    facts = [*toy.items.values(), *toy.papers.values()]
    return [*(said.shown(one) for one in facts), *(said.certain(one) for one in facts)]


def values_of(toy: ProvinceKnowledge, found: Situation) -> tuple[bool, ...]:
    certain = {one.item.id: one.certain for one in found.items} | {one.paper.id: one.certain for one in found.papers}
    names = [*toy.items, *toy.papers]
    return (*(name in certain for name in names), *(certain.get(name, False) for name in names))


@settings(max_examples=60, deadline=None)
@given(provinces())
def test_merged_ends_count_and_show_what_walking_every_way_counts_and_shows(toy: ProvinceKnowledge) -> None:
    ways = Ways(toy.questionnaire)
    walked = [assess(toy, answers) for answers in every_way(toy.questionnaire)]
    expected = Counter((one.not_covered.id, None) if one.not_covered else (None, values_of(toy, one)) for one in walked)

    found: Counter[Any] = Counter()
    for end in ways.ends(*watched_of(toy, ways), whole=True):
        found[(end.outcome.id, None) if end.outcome else (None, end.values)] += end.count
    assert found == expected
    assert ways.count() == len(walked)


@settings(max_examples=60, deadline=None)
@given(provinces())
def test_the_answers_of_an_end_come_to_that_end(toy: ProvinceKnowledge) -> None:
    ways = Ways(toy.questionnaire)
    ends = ways.ends(*watched_of(toy, ways), whole=True)
    covered = [(end.values, assess(toy, end.answers)) for end in ends if end.outcome is None]

    assert [values for values, _ in covered] == [values_of(toy, found) for _, found in covered]


@settings(max_examples=60, deadline=None)
@given(provinces(), conditions(QUESTIONS))
def test_leaving_out_what_does_not_matter_changes_no_result(toy: ProvinceKnowledge, plain: dict[str, Any]) -> None:
    ways = Ways(toy.questionnaire)
    formula = ways.language.sure(Condition.model_validate(plain))

    def values(whole: bool) -> set[Any]:
        ends = ways.ends(formula, whole=whole)
        return {(end.outcome.id, None) if end.outcome else (None, end.values[0]) for end in ends}

    assert values(False) == values(True)
    assert is_reachable(ways, formula) == ((None, True) in values(True))


@settings(max_examples=60, deadline=None)
@given(provinces())
def test_a_question_is_idle_when_changing_its_answer_alone_never_changes_a_result(toy: ProvinceKnowledge) -> None:
    every = [dict(zip(QUESTIONS, values, strict=True)) for values in _all_values()]
    results = {tuple(answers.values()): shown(assess(toy, answers)) for answers in every}
    idle = []
    for place, name in enumerate(QUESTIONS):
        changed = {
            (values[:place], values[place + 1 :]): {
                results[(*values[:place], option, *values[place + 1 :])] for option in OPTIONS
            }
            for values in results
        }
        if all(len(one) == 1 for one in changed.values()):
            idle.append(name)

    assert [one.id for one in idle_questions(toy, Ways(toy.questionnaire))] == idle


def _all_values() -> list[tuple[str, ...]]:
    values = (*OPTIONS, UNSURE)
    return [(one, two, three) for one in values for two in values for three in values]


def test_a_question_whose_answers_differ_only_from_not_knowing_changes_nothing() -> None:
    asked = questionnaire(question("known"))
    toy = province([item("card", when={"question": "known", "in": ["yes", "no"]})], [], asked)

    assert [one.id for one in idle_questions(toy, Ways(toy.questionnaire))] == ["known"]


CASES = [{"when": is_yes("known"), "say": "没写甲"}, {"when": {"not": is_yes("known")}, "say": "没写乙"}]


def test_a_question_that_only_changes_what_is_open_changes_something() -> None:
    toy = province([item("card", open=CASES)], [], questionnaire(question("known")))

    assert idle_questions(toy, Ways(toy.questionnaire)) == []


def test_a_question_that_only_adds_an_open_case_behind_another_changes_nothing() -> None:
    always = {"when": {"question": "known", "in": ["yes", "no"]}, "say": "没写"}
    toy = province([item("card", open=[always, *CASES])], [], questionnaire(question("known")))

    assert [one.id for one in idle_questions(toy, Ways(toy.questionnaire))] == ["known"]


def test_a_question_that_only_opens_another_one_changes_something() -> None:
    asked = questionnaire(question("first"), question("second", ask_when=is_yes("first")))
    toy = province([item("card", when=is_yes("second"))], [], asked)

    assert idle_questions(toy, Ways(toy.questionnaire)) == []
