"""Conditions that speak of what is never asked, or that no answers can make true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from knowledge import model
from knowledge.check.faults import Case, Faults, like
from knowledge.check.formulas import Formula, all_of
from knowledge.check.ways import Ways
from knowledge.conditions import Condition
from knowledge.yaml_lines import Place


class Stated(NamedTuple):
    """A condition with its place. needs: what must be true beside it for anything to come of it."""

    path: Path
    place: Place
    condition: Condition
    needs: Formula = True


def unknown_answers(case: Case) -> Faults:
    """Questions and options that there are not, and questions that are asked too late to be looked at."""
    for one in (*_conditions_of_results(case), *_conditions_of_outcomes(case)):
        yield from _names(case, one, set())
    asked = case.province.questionnaire.questions
    for one in _conditions_of_questions(case):
        yield from _names(case, one, {question.id for question in asked[_number(one) :]})


def never_true(case: Case) -> Faults:
    """Conditions, and alternatives within them, that no answers make true."""
    for one in _conditions_of_results(case):
        if _is_sound(case, one):
            yield from _unreachable(case, case.ways, one)
    for one in _conditions_of_questions(case):
        if _is_sound(case, one):
            before = Ways(case.province.questionnaire, before=_number(one))
            yield from _unreachable(case, before, one)
    reached = {end.outcome.id for end in case.ways.ends() if end.outcome}
    for one in _conditions_of_outcomes(case):
        if case.province.questionnaire.not_covered[_number(one)].id not in reached and _is_sound(case, one):
            yield case.fault(one.path, one.place, "no answers lead here")


def _unreachable(case: Case, ways: Ways, one: Stated) -> Faults:
    formula = all_of([ways.language.sure(one.condition), one.needs])
    if not is_reachable(ways, formula):
        yield case.fault(one.path, one.place, "no answers lead here")
        return
    for place, part in _alternatives(one.condition, one.place):
        if not is_reachable(ways, ways.language.sure(part)):
            yield case.fault(one.path, place, "no answers make this part of the condition true")


def is_reachable(ways: Ways, formula: Formula) -> bool:
    """Whether somebody who is covered can answer so that a formula becomes true."""
    if isinstance(formula, bool):
        return formula
    return any(end.values[0] for end in ways.ends(formula) if end.outcome is None)


def _alternatives(condition: Condition, place: Place) -> Iterator[tuple[Place, Condition]]:
    """Every part of every `any`; what stands under a `not` is meant to be untrue."""
    for key, parts in (("all", condition.all), ("any", condition.any)):
        for number, part in enumerate(parts or ()):
            inner = (*place, key, number)
            if key == "any":
                yield inner, part
            yield from _alternatives(part, inner)


def _conditions_of_results(case: Case) -> Iterator[Stated]:
    """Those that are looked at when everything is answered."""
    for document in case.documents:
        thing = document.thing
        if isinstance(thing, model.Item | model.Paper):
            needs = case.consequences.is_wanted(thing)
            if thing.when:
                yield Stated(document.path, (*document.place, "when"), thing.when, needs)
            for number, place in enumerate(thing.open):
                if place.when:
                    yield Stated(document.path, (*document.place, "open", number, "when"), place.when, needs)
            for number, fitting in enumerate(thing.cases if isinstance(thing, model.Paper) else ()):
                yield Stated(document.path, (*document.place, "cases", number, "when"), fitting.when, needs)
        elif isinstance(thing, model.NotNeeded) and thing.when:
            yield Stated(document.path, (*document.place, "when"), thing.when)
    for number, tip in enumerate(case.province.questionnaire.tips):
        if tip.when:
            yield Stated(case.path("questionnaire.yaml"), ("tips", number, "when"), tip.when)


def _conditions_of_questions(case: Case) -> Iterator[Stated]:
    """Those that decide whether a question is put."""
    for number, question in enumerate(case.province.questionnaire.questions):
        for key, condition in (("ask_when", question.ask_when), ("skip_when", question.skip_when)):
            if condition:
                yield Stated(case.path("questionnaire.yaml"), ("questions", number, key), condition)


def _conditions_of_outcomes(case: Case) -> Iterator[Stated]:
    for number, outcome in enumerate(case.province.questionnaire.not_covered):
        if outcome.when:
            yield Stated(case.path("questionnaire.yaml"), ("not_covered", number, "when"), outcome.when)


def _number(one: Stated) -> int:
    """The place of the question or outcome whose condition this is."""
    return int(one.place[1])


def _is_sound(case: Case, one: Stated) -> bool:
    return not any(_names(case, one, set()))


def _names(case: Case, one: Stated, too_late: set[str]) -> Faults:
    known = {question.id: question for question in case.province.questionnaire.questions}
    for leaf in one.condition.comparisons():
        name = leaf.question or ""
        if name in too_late:
            yield case.fault(one.path, one.place, f"question '{name}' is not asked before this one")
        elif name not in known:
            yield case.fault(one.path, one.place, f"question '{name}' is not defined{like(name, known)}")
        else:
            yield from _options(case, one, leaf, known[name])


def _options(case: Case, one: Stated, leaf: Condition, question: model.Question) -> Faults:
    options = {option.id for option in question.options}
    if leaf.at_least is not None and not all(option.isdigit() for option in options):
        problem = f"'at_least' needs options that are numbers, unlike '{question.id}'"
        yield case.fault(one.path, one.place, problem)
    for value in (leaf.equals, *(leaf.among or ())):
        if value is not None and value not in options:
            problem = f"'{question.id}' has no option '{value}'{like(value, options)}"
            yield case.fault(one.path, one.place, problem)
