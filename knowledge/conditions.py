"""The closed language of conditions: all, any, not, and comparisons of one answer. Nothing else, on purpose.

A condition is evaluated in three values. An answer that was not given, or 「不确定」, makes it unknown; unknown is
never turned into yes or no, because what the guide does not decide is not decided by us.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

UNSURE = "unsure"
"""The answer 「不确定」, valid for every question."""

Answers = Mapping[str, str]


class Condition(BaseModel):
    """One node of a condition. Exactly one of `all`, `any`, `not`, or `question` with one comparison."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    all: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = None
    any: Annotated[tuple[Condition, ...], Field(min_length=1)] | None = None
    negated: Condition | None = None
    question: str | None = None
    equals: str | None = None
    among: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    at_least: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _rename_keywords(cls, data: Any) -> Any:
        """`not` and `in` are words of the language but reserved in Python."""
        if not isinstance(data, dict):
            return data
        names = {"not": "negated", "in": "among"}
        return {names.get(key, key): value for key, value in data.items()}

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        groups = [form for form in (self.all, self.any, self.negated, self.question) if form is not None]
        comparisons = [form for form in (self.equals, self.among, self.at_least) if form is not None]
        if len(groups) != 1:
            raise ValueError("a condition is exactly one of: all, any, not, question")
        if self.question is not None and len(comparisons) != 1:
            raise ValueError("a question is compared by exactly one of: equals, in, at_least")
        if self.question is None and comparisons:
            raise ValueError("equals, in, at_least need a question")
        return self

    def questions(self) -> Iterator[str]:
        """The ids of all questions that the condition looks at."""
        if self.question is not None:
            yield self.question
        for part in self._parts():
            yield from part.questions()

    def comparisons(self) -> Iterator[Condition]:
        """The leaves of the condition."""
        if self.question is not None:
            yield self
        for part in self._parts():
            yield from part.comparisons()

    def _parts(self) -> tuple[Condition, ...]:
        return (*(self.all or ()), *(self.any or ()), *((self.negated,) if self.negated else ()))


def holds(condition: Condition | None, answers: Answers) -> bool | None:
    """Whether the condition holds for the answers; None when they do not decide it. No condition always holds."""
    if condition is None:
        return True
    if condition.all is not None:
        return _all([holds(part, answers) for part in condition.all])
    if condition.any is not None:
        return _negate(_all([_negate(holds(part, answers)) for part in condition.any]))
    if condition.negated is not None:
        return _negate(holds(condition.negated, answers))
    return _compare(condition, answers)


def deciding_questions(condition: Condition | None, answers: Answers) -> list[str]:
    """The questions whose answers made the condition what it is, in the order of the condition.

    For a condition that holds: the parts that made it hold. For one that does not: the parts that broke it.
    For an undecided one: the parts that are undecided.
    """
    if condition is None:
        return []
    if condition.question is not None:
        return [condition.question]
    if condition.negated is not None:
        return deciding_questions(condition.negated, answers)
    value = holds(condition, answers)
    parts = [part for part in condition._parts() if holds(part, answers) is value]
    return list(dict.fromkeys(question for part in parts for question in deciding_questions(part, answers)))


def _compare(condition: Condition, answers: Answers) -> bool | None:
    answer = answers.get(condition.question or "")
    if answer is None or answer == UNSURE:
        return None
    if condition.equals is not None:
        return answer == condition.equals
    if condition.among is not None:
        return answer in condition.among
    return int(answer) >= (condition.at_least or 0) if answer.isdecimal() else None


def _all(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _negate(value: bool | None) -> bool | None:
    return None if value is None else not value
