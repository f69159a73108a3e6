"""Says with every answer from a guide that nobody checked in time when it was last checked, and to ask first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import wraps

from actions.contract import Action, Ask, Services
from bot.message import ActionResult, Reply
from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Guide

FROM_A_GUIDE = ("answer", "result", "materials")


def with_age(action: Action) -> Action:
    """The action, with the sentence at the end of what it says from such a guide; once for all replies of a call."""

    @wraps(action)
    async def aged(ask: Ask, services: Services) -> ActionResult:
        result = await action(ask, services)
        library, today = services.knowledge.library, ask.now.date()
        told: set[str] = set()
        replies = [_marked(reply, library, today, told) for reply in reversed(result.replies)][::-1]
        return result.model_copy(update={"replies": tuple(replies)})

    return aged


def _marked(reply: Reply, library: Library, today: date, told: set[str]) -> Reply:
    found = list(_own_guides(reply, library)) if reply.kind in FROM_A_GUIDE else []
    overdue = {guide.id: guide for _, guide in found if guide.due < today and guide.id not in told}
    if not overdue:
        return reply
    told.update(overdue)
    province, main = found[0]
    names = "、".join(f"《{one.short_name}》" for one in overdue.values())
    sentence = library.phrase(
        "guide_was_checked",
        guide=library.phrase("this_guide") if list(overdue) == [main.id] else names,
        day=full_day(library, min(one.checked_on for one in overdue.values())),
        ask=province.head.ask_whom,
    )
    return reply.model_copy(update={"text": reply.text + sentence})


def _own_guides(reply: Reply, library: Library) -> Iterator[tuple[ProvinceKnowledge, Guide]]:
    """The guides that a reply cites, each with the province that it belongs to."""
    for citation in reply.citations:
        for province in library.provinces.values():
            layers = [city.guide for city in province.cities.values()]
            yield from ((province, one) for one in (*province.head.guides, *layers) if one.id == citation.guide)


def full_day(library: Library, day: date) -> str:
    """A day with its year, as people read it."""
    return library.phrase("full_day", year=day.year, month=day.month, day=day.day)
