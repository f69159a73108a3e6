"""Ways of asking that a machine suggests: what people asked near an entry that knows few, as long as nobody decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import QuestionGroup
from api.inbox.phrasing import CAN_BE_ASKED, QUESTIONS
from api.inbox.state import ON_A_PAGE, groups, names_of
from knowledge.library import ProvinceKnowledge
from knowledge.reference import Reference

FEW = 12
"""An entry with fewer ways of asking is likely to be missed by the next person."""
MOST_PAGES = 10
"""So many pages of the inbox are looked through, the questions that were asked most first."""


@dataclass(frozen=True)
class Question:
    """A group of the inbox. words: how it was asked, masked. asked: how often, since anybody saw to it."""

    group: int
    words: str
    asked: int


@dataclass(frozen=True)
class Suggested:
    """An entry with questions that came nearest to it. fact: its knowledge id. phrasings: how many it has."""

    fact: str
    title: str
    phrasings: int
    questions: tuple[Question, ...]


async def suggestions(
    connection: AsyncConnection, province: ProvinceKnowledge, knowledge: Reference, since: datetime
) -> list[Suggested]:
    """The entries of a province, those with the fewest ways of asking first."""
    resolver = knowledge.resolver(province)
    near: dict[str, list[Question]] = {}
    for page in range(MOST_PAGES):
        found = await groups(connection, "open", [province.id], since, after=page * ON_A_PAGE)
        for fact, question in await _asked(connection, found[:ON_A_PAGE]):
            near.setdefault(fact, []).append(question)
        if len(found) <= ON_A_PAGE:
            break
    listed = []
    for fact, questions in near.items():
        entry = resolver.entry(fact)
        count = len(getattr(knowledge.library.facts.get(fact), QUESTIONS, ()))
        if entry and entry.kind in CAN_BE_ASKED and count < FEW:
            listed.append(Suggested(fact, entry.title, count, tuple(questions)))
    return sorted(listed, key=lambda one: (one.phrasings, one.title))


async def _asked(connection: AsyncConnection, found: Sequence[object]) -> list[tuple[str, Question]]:
    """The groups that came near to an entry, with that entry."""
    asked = {one.id: one.open for one in found}  # type: ignore[attr-defined]
    wanted = select(QuestionGroup.id, QuestionGroup.nearest).where(
        QuestionGroup.id.in_(asked), QuestionGroup.nearest.is_not(None)
    )
    rows = (await connection.execute(wanted)).all()
    words = await names_of(connection, rows)
    near = [(row.nearest, Question(row.id, words.get(row.id, ""), asked[row.id])) for row in rows]
    return sorted(near, key=lambda one: -one[1].asked)
