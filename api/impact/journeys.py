"""Questionnaires on two releases: what follows for a persona, and what becomes of one that is half filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.impact.gate_sets import Persona
from knowledge import model
from knowledge.conditions import Answers, holds
from knowledge.library import Library, ProvinceKnowledge
from knowledge.questionnaire import question_of, replay
from knowledge.situation import Situation, assess

LISTS = ("items", "possible_items", "papers", "possible_papers", "spared")
"""The lists of what follows from answers, in the order in which editors read them."""


def outcome(library: Library, province: ProvinceKnowledge, answers: Mapping[str, str]) -> dict[str, Any]:
    """What follows from answers, in the words that editors read. items: in the order in which they are done."""
    found = assess(province, answers)
    where = replay(province.questionnaire, answers)
    return {
        "not_covered": found.not_covered.say if found.not_covered else None,
        "items": [library.name_of_item(one.item) for one in found.items if one.certain],
        "possible_items": [library.name_of_item(one.item) for one in found.items if not one.certain],
        "papers": [one.paper.name for one in found.papers if one.certain],
        "possible_papers": [one.paper.name for one in found.papers if not one.certain],
        "spared": [one.name for one in found.spared],
        "asked": [one.text for one in where.asked],
        "next": where.next_question.text if where.next_question else None,
    }


NOTHING: dict[str, Any] = {
    "not_covered": None, "items": [], "possible_items": [], "papers": [], "possible_papers": [], "spared": [],
    "asked": [], "next": None,
}  # fmt: skip
"""Of a province that is not there."""


def is_right(province: ProvinceKnowledge, persona: Persona) -> bool:
    """Whether a persona gets what was worked out by hand, and nothing is left to ask."""
    if replay(province.questionnaire, persona.answers).next_question is not None:
        return False
    found = assess(province, persona.answers)
    return (
        _items(found, certain=True) == list(persona.items)
        and _items(found, certain=False) == list(persona.possible_items)
        and _papers(found, certain=True) == set(persona.papers)
        and _papers(found, certain=False) == set(persona.possible_papers)
        and not (_papers(found, True) | _papers(found, False)) & set(persona.not_papers)
        and (found.not_covered.id if found.not_covered else None) == persona.not_covered
    )


def half_way(old: ProvinceKnowledge, new: ProvinceKnowledge | None, answers: Mapping[str, str]) -> dict[str, Any]:
    """What becomes of somebody in the middle of a questionnaire: answers that fall away, what he is asked next."""
    before = replay(old.questionnaire, answers)
    if new is None:
        gone = [one.text for one in before.asked]
        return {"gone": gone, "came": [], "next_before": _text(before.next_question), "next_after": None}
    after = replay(new.questionnaire, answers)
    known = {one.id for one in old.questionnaire.questions}
    return {
        "gone": [question_of(old.questionnaire, one).text for one in before.answers if one not in after.answers],
        "came": [
            one.text for one in new.questionnaire.questions if one.id not in known and _may_come(one, after.answers)
        ],
        "next_before": _text(before.next_question),
        "next_after": _text(after.next_question),
    }


def _may_come(question: model.Question, answers: Answers) -> bool:
    """Whether a question is, or may still be, asked."""
    is_idle = question.skip_when is not None and holds(question.skip_when, answers) is True
    return not is_idle and holds(question.ask_when, answers) is not False


def _text(question: model.Question | None) -> str | None:
    return question.text if question else None


def _items(found: Situation, certain: bool) -> list[str]:
    return [one.item.id for one in found.items if one.certain is certain]


def _papers(found: Situation, certain: bool) -> set[str]:
    return {one.paper.id for one in found.papers if one.certain is certain}
