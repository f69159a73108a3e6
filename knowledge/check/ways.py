"""All ways through a questionnaire at once: those that come to the same from here on are followed as one.

Every way is counted, none is left out: two ways are merged only when all that is still to be decided about them (which
questions follow, who is not covered, and what is watched) has become the same formulas. So what is shown of the few
merged ends is shown of the millions of ways behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from knowledge import model
from knowledge.check.formulas import NOT_ASKED, Formula, Language, given, questions_of
from knowledge.conditions import UNSURE


class State(NamedTuple):
    """What is still open after some questions. stopped: the place of the outcome 「not covered」 that ended the way."""

    gates: tuple[Formula, ...]
    stops: tuple[Formula, ...]
    watched: tuple[Formula, ...]
    stopped: int | None = None


Frontier = dict[State, tuple[int, dict[str, str]]]
"""How many ways have come to a state, and the answers of one of them."""


@dataclass(frozen=True)
class End:
    """Ways that end alike: how many, the answers of one of them, and what the watched formulas became.

    outcome: why somebody with these answers is not covered; then nothing watched counts.
    """

    count: int
    answers: dict[str, str]
    values: tuple[bool, ...]
    outcome: model.Outcome | None


class Ways:
    """The ways through one questionnaire.

    unsure: whether 「不确定」 is one of the answers. before: only the questions before this place are asked.
    """

    def __init__(self, asked: model.Questionnaire, unsure: bool = True, before: int | None = None) -> None:
        self.language = Language(asked)
        self._asked = asked
        self._unsure = unsure
        self._questions = asked.questions[:before]
        self._gates = {one.id: self.language.sure(one.ask_when) for one in asked.questions}
        self._stops = tuple(self.language.sure(one.when) for one in asked.not_covered)

    def count(self) -> int:
        """The number of different ways to answer everything that is asked."""
        return sum(end.count for end in self.ends(whole=True))

    def ends(self, *watched: Formula, whole: bool = False) -> list[End]:
        """How all ways end. whole: ask also what nothing watched depends on, so that the counts are those of all ways;
        otherwise such questions are left out and the answers are without them."""
        questions = self._questions if whole else self.asked_for(watched)
        frontier: Frontier = {self.start(questions, watched): (1, {})}
        for question in questions:
            frontier = self._after(question, frontier)
        return [self._end(state, count, answers) for state, (count, answers) in frontier.items()]

    def asked_for(self, watched: Iterable[Formula]) -> tuple[model.Question, ...]:
        """The questions on which it depends what becomes of the watched formulas."""
        wanted: set[str] = set()
        waiting = set(questions_of((*watched, *self._stops)))
        while waiting:
            one = waiting.pop()
            wanted.add(one)
            waiting |= questions_of((self._gates[one],)) - wanted
        return tuple(one for one in self._questions if one.id in wanted)

    def start(self, questions: Iterable[model.Question], watched: tuple[Formula, ...]) -> State:
        """Nothing is answered yet."""
        return State(tuple(self._gates[one.id] for one in questions), self._stops, watched)

    def outcomes(self, question: model.Question, state: State) -> Iterator[str]:
        """What can become of a question whose turn it is."""
        if state.gates[0] is not True:
            yield NOT_ASKED
            return
        yield from (option.id for option in question.options)
        if self._unsure:
            yield UNSURE

    def after(self, state: State, question: model.Question, outcome: str) -> State:
        """What is open after the next question. Nothing more is asked of somebody who is not covered."""
        stops = tuple(given(one, question.id, outcome) for one in state.stops)
        if outcome != NOT_ASKED and True in stops:
            return State((), (), (), stops.index(True))
        gates = tuple(given(one, question.id, outcome) for one in state.gates[1:])
        return State(gates, stops, tuple(given(one, question.id, outcome) for one in state.watched))

    def _after(self, question: model.Question, frontier: Frontier) -> Frontier:
        following: Frontier = {}
        for state, (count, answers) in frontier.items():
            if state.stopped is not None:
                _add(following, state, count, answers)
                continue
            for outcome in self.outcomes(question, state):
                given_now = {**answers, question.id: outcome} if outcome != NOT_ASKED else answers
                _add(following, self.after(state, question, outcome), count, given_now)
        return following

    def _end(self, state: State, count: int, answers: dict[str, str]) -> End:
        place = state.stops.index(True) if True in state.stops else state.stopped
        outcome = self._asked.not_covered[place] if place is not None else None
        return End(count, answers, tuple(_without_answers(one) for one in state.watched), outcome)


def _without_answers(formula: Formula) -> bool:
    """What a formula is worth when nothing that it still looks at is ever asked."""
    for question in questions_of((formula,)):
        formula = given(formula, question, NOT_ASKED)
    return formula is True


def _add(frontier: Frontier, state: State, count: int, answers: dict[str, str]) -> None:
    before, example = frontier.get(state, (0, answers))
    frontier[state] = (before + count, example)
