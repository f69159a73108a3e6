"""A questionnaire as a graph: its questions, what decides that each is asked, and what a change or answers do to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from api.studio.choices import Asked
from api.studio.condition_form import tree_of
from api.studio.condition_words import in_words
from bot.wording import Wording
from knowledge import model
from knowledge.conditions import Condition
from knowledge.questionnaire import label_of, replay

Mark = Literal["", "new", "gone", "changed"]
Walk = Literal["", "asked", "next", "passed"]


@dataclass(frozen=True)
class Node:
    """A question. when, unless: the conditions in words, empty for none. mark: against what is published.

    walk: whether it was asked on the way, is asked next, or was passed over; empty without a walk. needs: the numbers
    of the questions that decide about it.
    """

    number: int
    id: str
    text: str
    options: tuple[str, ...]
    when: str
    unless: str
    needs: tuple[int, ...]
    mark: Mark = ""
    walk: Walk = ""
    answer: str = ""


def nodes_of(
    asked: model.Questionnaire,
    words: Wording,
    before: model.Questionnaire | None = None,
    answers: Mapping[str, str] | None = None,
) -> list[Node]:
    """The questions in their order; those that fell away stand last. before: as it is published, to compare with."""
    numbers = {one.id: number for number, one in enumerate(asked.questions, 1)}
    known = {one.id: one for one in before.questions} if before else {}
    where = replay(asked, answers) if answers is not None else None
    on_the_way = {one.id for one in where.asked} if where else set()
    comes = where.next_question.id if where and where.next_question else ""

    def walk(question_id: str) -> Walk:
        if where is None:
            return ""
        return "asked" if question_id in on_the_way else "next" if question_id == comes else "passed"

    def mark(question: model.Question) -> Mark:
        if before is None:
            return ""
        old = known.get(question.id)
        return "new" if old is None else "" if _same(old, question) else "changed"

    found = [
        _node(
            one,
            numbers,
            asked,
            words,
            mark=mark(one),
            walk=walk(one.id),
            answer=label_of(one, where.answers[one.id]) if where and one.id in where.answers else "",
        )
        for one in asked.questions
    ]
    if before:
        old_numbers = {one.id: number for number, one in enumerate(before.questions, 1)}
        gone = [one for one in before.questions if one.id not in numbers]
        found += [_node(one, {**old_numbers, **numbers}, before, words, mark="gone") for one in gone]
    return found


def _node(
    question: model.Question,
    numbers: Mapping[str, int],
    asked: model.Questionnaire,
    words: Wording,
    *,
    mark: Mark = "",
    walk: Walk = "",
    answer: str = "",
) -> Node:
    shown = [
        Asked(
            one.id,
            words.say("impact.graph.question", number=numbers[one.id]),
            tuple((option.id, option.label) for option in one.options),
        )
        for one in asked.questions
        if one.id in numbers
    ]
    conditions = [one for one in (question.ask_when, question.skip_when) if one is not None]
    needs = sorted({numbers[name] for one in conditions for name in one.questions() if name in numbers})
    return Node(
        number=numbers[question.id],
        id=question.id,
        text=question.text,
        options=tuple(one.label for one in question.options),
        when=_words(question.ask_when, shown, words),
        unless=_words(question.skip_when, shown, words),
        needs=tuple(one for one in needs if one != numbers[question.id]) if mark != "gone" else (),
        mark=mark,
        walk=walk,
        answer=answer,
    )


def _words(condition: Condition | None, asked: Sequence[Asked], words: Wording) -> str:
    return in_words(tree_of(raw_of(condition)), asked, words) if condition else ""


def raw_of(condition: Condition) -> dict[str, Any]:
    """A condition as it stands in a file."""
    if condition.all is not None:
        return {"all": [raw_of(one) for one in condition.all]}
    if condition.any is not None:
        return {"any": [raw_of(one) for one in condition.any]}
    if condition.negated is not None:
        return {"not": raw_of(condition.negated)}
    compared = {"equals": condition.equals, "in": condition.among, "at_least": condition.at_least}
    given = {name: list(one) if isinstance(one, tuple) else one for name, one in compared.items() if one is not None}
    return {"question": condition.question, **given}


def _same(old: model.Question, new: model.Question) -> bool:
    """Whether somebody who is asked would see no difference, and is asked in the same cases."""
    alike = (old.text, old.ask_when, old.skip_when) == (new.text, new.ask_when, new.skip_when)
    return alike and [(one.id, one.label) for one in old.options] == [(one.id, one.label) for one in new.options]
