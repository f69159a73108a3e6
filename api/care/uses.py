"""How often entries are said, under the release in use and before, and what was thought of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import EntryUse, ReadUpTo
from knowledge.library import ProvinceKnowledge
from knowledge.reference import Reference

MOST = 5_000
ASKED = ("topic", "gap")
NOT_LISTED = ("field", "item_papers")
"""Fields of the form, and lists of papers that no entry holds."""
JUDGED = text("""
    SELECT fact, count(*) FILTER (WHERE verdict = 'up') AS up, count(*) FILTER (WHERE verdict = 'down') AS down,
        count(*) FILTER (WHERE verdict = 'wrong') AS wrong
    FROM answer_mark, unnest(knowledge_ids) AS fact
    WHERE at >= :since AND fact LIKE :begins GROUP BY fact LIMIT :most
""")


@dataclass(frozen=True)
class Use:
    """A fact. now: how often under the release in use; last: the last day on which it was said."""

    fact: str
    uses: int
    now: int
    last: date
    up: int = 0
    down: int = 0
    wrong: int = 0


async def uses(connection: AsyncConnection, province: str, since: date, release: str) -> list[Use]:
    """What was said of a province since a day; what was called no help or wrong comes first, then the most said."""
    u = EntryUse
    wanted = (
        select(
            u.knowledge_id,
            func.sum(u.uses).label("uses"),
            func.coalesce(func.sum(u.uses).filter(u.release == release), 0).label("now"),
            func.max(u.day).label("last"),
        )
        .where(u.day >= since, u.knowledge_id.startswith(f"{province}.", autoescape=True))
        .group_by(u.knowledge_id)
        .order_by(func.sum(u.uses).desc())
        .limit(MOST)
    )
    rows = (await connection.execute(wanted)).all()
    begins = f"{province}.%"
    judged = await connection.execute(JUDGED, {"since": since, "begins": begins, "most": MOST})
    thought = {row.fact: (row.up, row.down, row.wrong) for row in judged}
    found = [
        Use(row.knowledge_id, int(row.uses), int(row.now), row.last, *thought.get(row.knowledge_id, (0, 0, 0)))
        for row in rows
    ]
    return sorted(found, key=lambda one: (-(one.down + one.wrong), -one.uses, one.fact))


async def counted_since(connection: AsyncConnection) -> datetime | None:
    """From when on uses are counted; none: not yet."""
    return (await connection.execute(select(ReadUpTo.since))).scalars().first()


def never_used(knowledge: Reference, province: ProvinceKnowledge, used: Sequence[Use]) -> list[tuple[str, str]]:
    """What a question could come to and never did: knowledge id and title; first what an editor wrote to be asked."""
    said = {one.fact for one in used}
    listed = [one for one in knowledge.resolver(province).search.entries if one.kind not in NOT_LISTED]
    ordered = sorted(listed, key=lambda one: one.kind not in ASKED)
    return [(one.id, one.title) for one in ordered if one.id not in said]
