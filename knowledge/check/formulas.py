"""Conditions as plain yes-or-no formulas over the outcome of each question, so that whole sets of ways can be compared.

A condition has three values; it is split into two formulas: that it surely holds, and that it may hold. An outcome of
a question is an option's id, 「不确定」, or that the question was never asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from knowledge import model
from knowledge.conditions import UNSURE, Condition

NOT_ASKED = ""
"""The outcome of a question that was never put; no option has this id."""


@dataclass(frozen=True)
class Is:
    """That the outcome of a question is one of these."""

    question: str
    outcomes: frozenset[str]

    @cached_property
    def questions(self) -> frozenset[str]:
        """What the formula looks at."""
        return frozenset((self.question,))


@dataclass(frozen=True)
class All:
    """That every part is true."""

    parts: frozenset[Formula]

    @cached_property
    def questions(self) -> frozenset[str]:
        """What the formula looks at."""
        return questions_of(self.parts)


@dataclass(frozen=True)
class Some:
    """That at least one part is true."""

    parts: frozenset[Formula]

    @cached_property
    def questions(self) -> frozenset[str]:
        """What the formula looks at."""
        return questions_of(self.parts)


Formula = bool | Is | All | Some


def questions_of(formulas: Iterable[Formula]) -> frozenset[str]:
    """All questions that these formulas look at."""
    return frozenset().union(*(one.questions for one in formulas if not isinstance(one, bool)))


def all_of(parts: Iterable[Formula]) -> Formula:
    """That all are true, as short as it can be said."""
    listed = list(parts)
    if False in listed:
        return False
    found = frozenset(one for one in listed if one is not True)
    return next(iter(found)) if len(found) == 1 else All(found) if found else True


def some_of(parts: Iterable[Formula]) -> Formula:
    """That one is true, as short as it can be said."""
    listed = list(parts)
    if True in listed:
        return True
    found = frozenset(one for one in listed if one is not False)
    return next(iter(found)) if len(found) == 1 else Some(found) if found else False


def given(formula: Formula, question: str, outcome: str) -> Formula:
    """What is left of a formula once the outcome of a question is known."""
    if isinstance(formula, bool) or question not in formula.questions:
        return formula
    if isinstance(formula, Is):
        return outcome in formula.outcomes
    parts = [given(one, question, outcome) for one in formula.parts]
    return all_of(parts) if isinstance(formula, All) else some_of(parts)


class Language:
    """The formulas over one questionnaire. A question that it does not have counts as never asked."""

    def __init__(self, asked: model.Questionnaire) -> None:
        self._outcomes: Mapping[str, frozenset[str]] = {
            question.id: frozenset((*(option.id for option in question.options), UNSURE, NOT_ASKED))
            for question in asked.questions
        }

    def sure(self, condition: Condition | None) -> Formula:
        """That a condition holds. No condition always does."""
        if condition is None:
            return True
        if condition.all is not None:
            return all_of(self.sure(part) for part in condition.all)
        if condition.any is not None:
            return some_of(self.sure(part) for part in condition.any)
        if condition.negated is not None:
            return self.opposite(self.may(condition.negated))
        return self._leaf(condition, self._fitting(condition))

    def may(self, condition: Condition | None) -> Formula:
        """That a condition holds or is undecided."""
        if condition is None:
            return True
        if condition.all is not None:
            return all_of(self.may(part) for part in condition.all)
        if condition.any is not None:
            return some_of(self.may(part) for part in condition.any)
        if condition.negated is not None:
            return self.opposite(self.sure(condition.negated))
        return self._leaf(condition, self._fitting(condition) | self._undecided(condition))

    def opposite(self, formula: Formula) -> Formula:
        """That a formula is not true."""
        if isinstance(formula, bool):
            return not formula
        if isinstance(formula, Is):
            return Is(formula.question, self._outcomes[formula.question] - formula.outcomes)
        parts = [self.opposite(one) for one in formula.parts]
        return some_of(parts) if isinstance(formula, All) else all_of(parts)

    def _leaf(self, condition: Condition, outcomes: frozenset[str]) -> Formula:
        """A comparison; decided at once when the question does not exist or no outcome fits."""
        question = condition.question or ""
        if question not in self._outcomes:
            return NOT_ASKED in outcomes
        return Is(question, outcomes) if outcomes else False

    def _fitting(self, condition: Condition) -> frozenset[str]:
        """The options with which a comparison holds."""
        options = self._outcomes.get(condition.question or "", frozenset()) - {UNSURE, NOT_ASKED}
        if condition.equals is not None:
            return options & {condition.equals}
        if condition.among is not None:
            return options & set(condition.among)
        least = condition.at_least or 0
        return frozenset(one for one in options if one.isdecimal() and int(one) >= least)

    def _undecided(self, condition: Condition) -> frozenset[str]:
        """The outcomes with which a comparison is neither true nor false."""
        undecided = {UNSURE, NOT_ASKED}
        if condition.at_least is not None:
            undecided |= {one for one in self._outcomes.get(condition.question or "", ()) if not one.isdecimal()}
        return frozenset(undecided)
