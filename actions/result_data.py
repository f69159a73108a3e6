"""The result as data, in the shape that other programs rely on: items, papers, and what need not be brought."""

from __future__ import annotations

from typing import Any

from actions import paper_words, replies
from actions.talk import Talk
from knowledge.library import ProvinceKnowledge
from knowledge.model import Source
from knowledge.questionnaire import Because
from knowledge.situation import AppliedItem, NeededPaper, SparedPaper


def item(talk: Talk, province: ProvinceKnowledge, one: AppliedItem) -> dict[str, Any]:
    """An item with what it costs to forget it, the answers that brought it, and its place in the guide."""
    forgotten = one.item.forgotten
    return {
        "id": one.item.id,
        "name": one.item.name,
        "how": one.item.how,
        "department": talk.library.name_of("department", one.item.department),
        "certain": one.certain,
        "doubt": one.doubt,
        "next_step": one.item.next_step,
        "forgotten": forgotten.say if forgotten else None,
        "because": _because(one.because),
        "citation": _citation(province, one.item.source[0]),
    }


def paper(talk: Talk, province: ProvinceKnowledge, one: NeededPaper) -> dict[str, Any]:
    """A paper with its form, what the person said of it, the items that need it, the answers that brought it, and its
    place in the guide."""
    needed = one.paper
    return {
        "id": needed.id,
        "name": needed.name,
        "form": None if needed.form == "unstated" else needed.form,
        "copies": needed.copies,
        "note": "；".join(part for part in (needed.spec, needed.note) if part) or None,
        "certain": one.certain,
        "made_by_office": needed.made_by_office,
        "state": talk.private.paper_states.get(needed.id),
        "or_instead": list(needed.or_instead),
        "for_items": list(one.for_items),
        "because": _because(one.because),
        "reason": paper_words.reason(talk, one),
        "citation": _citation(province, needed.source[0]),
    }


def spared(province: ProvinceKnowledge, one: SparedPaper) -> dict[str, Any]:
    """What need not be brought, and why."""
    return {"name": one.name, "reason": one.reason, "citation": _citation(province, one.fact.source[0])}


def _citation(province: ProvinceKnowledge, source: Source) -> dict[str, Any]:
    return replies.citation(province, source).model_dump(mode="json")


def _because(found: tuple[Because, ...]) -> list[dict[str, str]]:
    return [{"question": one.question, "answer": one.answer} for one in found]
