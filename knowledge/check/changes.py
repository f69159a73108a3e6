"""Whether an answer matters: whether somewhere changing it alone changes who is covered, an item, a paper or a tip."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge import model
from knowledge.check.consequences import Consequences
from knowledge.check.formulas import NOT_ASKED, Formula, Is, Language
from knowledge.check.ways import State, Ways
from knowledge.conditions import Condition
from knowledge.library import ProvinceKnowledge

Pair = tuple[int, State, State]
"""Two ways that differ in one answer, and how many questions both have behind them."""


def idle_questions(province: ProvinceKnowledge, ways: Ways) -> list[model.Question]:
    """The questions whose options all come to the same, whatever else is answered."""
    watched = [(), *Consequences(province, ways.language).all_of_them()]
    return [question for question in province.questionnaire.questions if not _matters(question, ways, watched)]


def like_options(province: ProvinceKnowledge, ways: Ways) -> list[tuple[model.Question, list[model.Option]]]:
    """Options of one question between which no condition makes a difference."""
    leaves = list(_leaves(province, ways.language))
    found = []
    for question in province.questionnaire.questions:
        alike: dict[tuple[bool, ...], list[model.Option]] = {}
        told = [leaf for leaf in leaves if leaf.question == question.id]
        for option in question.options:
            alike.setdefault(tuple(option.id in leaf.outcomes for leaf in told), []).append(option)
        found += [(question, options) for options in alike.values() if len(options) > 1]
    return found


def conditions_of(province: ProvinceKnowledge) -> list[Condition]:
    """Every condition on an answer that a province has."""
    asked = province.questionnaire
    facts: list[model.Item | model.Paper] = [*province.items.values(), *province.papers.values()]
    said: list[model.NotNeeded | model.Outcome] = [*province.not_needed, *asked.not_covered, *asked.tips]
    conditions = [
        *(fact.when for fact in facts),
        *(place.when for fact in facts for place in fact.open),
        *(one.when for one in said),
        *(when for question in asked.questions for when in (question.ask_when, question.skip_when)),
    ]
    return [one for one in conditions if one]


def _matters(question: model.Question, ways: Ways, watched: list[tuple[Formula, ...]]) -> bool:
    """The things that look at the question themselves are tried first, because they most likely show it."""
    concerned = [one for one in watched if question in ways.asked_for(one)]
    direct = [
        one for one in concerned if any(question.id in part.questions for part in one if not isinstance(part, bool))
    ]
    rest = [one for one in concerned if one not in direct]
    return any(_changes(question, ways, one) for one in (*direct, *rest))


def _changes(question: model.Question, ways: Ways, watched: tuple[Formula, ...]) -> bool:
    """Follow every two ways that differ in this answer alone until they are the same again or have ended unlike."""
    questions = ways.asked_for(watched)
    place = questions.index(question)
    seen: set[Pair] = set()
    waiting = list(_pairs(question, place, ways, _states_at(place, questions, ways, watched)))
    while waiting:
        pair = waiting.pop()
        number, first, second = pair
        if first == second or pair in seen:
            continue
        seen.add(pair)
        if number == len(questions) or (first.stopped is not None and second.stopped is not None):
            return True
        waiting += [(number + 1, *both) for both in _next(questions[number], ways, first, second)]
    return False


def _states_at(
    place: int, questions: tuple[model.Question, ...], ways: Ways, watched: tuple[Formula, ...]
) -> Iterable[State]:
    """All that can be open when the question's turn comes."""
    states = {ways.start(questions, watched)}
    for question in questions[:place]:
        open_ones = [state for state in states if state.stopped is None]
        states = {ways.after(one, question, outcome) for one in open_ones for outcome in ways.outcomes(question, one)}
    return [state for state in states if state.stopped is None and state.gates[0] is True]


def _pairs(question: model.Question, place: int, ways: Ways, states: Iterable[State]) -> Iterable[Pair]:
    for state in states:
        different = list(dict.fromkeys(ways.after(state, question, option.id) for option in question.options))
        yield from ((place + 1, different[0], other) for other in different[1:])


def _next(question: model.Question, ways: Ways, first: State, second: State) -> Iterable[tuple[State, State]]:
    """Both ways answer the next question alike, as far as it is put to both."""
    asked = [state for state in (first, second) if state.stopped is None and state.gates[0] is True]
    outcomes = list(ways.outcomes(question, asked[0])) if asked else [NOT_ASKED]
    for outcome in outcomes:
        yield _after(first, question, outcome, ways), _after(second, question, outcome, ways)


def _after(state: State, question: model.Question, outcome: str, ways: Ways) -> State:
    if state.stopped is not None:
        return state
    return ways.after(state, question, outcome if state.gates[0] is True else NOT_ASKED)


def _leaves(province: ProvinceKnowledge, language: Language) -> Iterable[Is]:
    """Every comparison that is made anywhere, by the outcomes that it tells from the others."""
    for condition in conditions_of(province):
        for leaf in condition.comparisons():
            told = language.sure(leaf)
            if isinstance(told, Is):
                yield told
