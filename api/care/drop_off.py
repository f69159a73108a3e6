"""At which question people leave a questionnaire, counted over those alone who agreed that it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.library import ProvinceKnowledge

LEFT_AFTER = timedelta(days=1)
"""Who wrote nothing for so long has left."""
# What somebody took his consent back for was emptied and has no consent that stands; both is asked.
_CONSENTED = """
    FROM conversation c
    WHERE c.state -> 'private' ->> 'province' = :province AND c.last_message_at >= :since
        AND EXISTS (SELECT 1 FROM consent k WHERE k.conversation_id = c.id AND k.withdrawn_at IS NULL)
"""
STOOD = text(f"""
    SELECT c.state -> 'private' ->> 'phase' AS phase,
        coalesce(c.state -> 'private' ->> 'asks', c.state -> 'private' ->> 'put') AS question,
        c.last_message_at < :left AS has_left, count(*) AS people
    {_CONSENTED} GROUP BY 1, 2, 3
""")
ANSWERED = text(f"""
    SELECT answered AS question, count(*) AS people
    FROM (
        SELECT jsonb_object_keys(coalesce(nullif(c.state -> 'private' -> 'answers', 'null'), '{{}}')) AS answered
        {_CONSENTED}
    ) known GROUP BY 1
""")  # noqa: S608


@dataclass(frozen=True)
class AtQuestion:
    """A question. answered: how many have; left: how many wrote nothing more when it was put."""

    id: str
    text: str
    answered: int
    left: int

    @property
    def percent(self) -> int:
        """The share that left of those who came to it."""
        came = self.answered + self.left
        return round(100 * self.left / came) if came else 0


@dataclass(frozen=True)
class DropOff:
    """A questionnaire. begun, done: how many people; under_way: how many may still go on."""

    begun: int
    done: int
    under_way: int
    questions: tuple[AtQuestion, ...]


async def drop_off(connection: AsyncConnection, province: ProvinceKnowledge, since: datetime, now: datetime) -> DropOff:
    """Of those who wrote since a day."""
    values = {"province": province.id, "since": since, "left": now - LEFT_AFTER}
    stood = (await connection.execute(STOOD, values)).all()
    counted = await connection.execute(ANSWERED, {"province": province.id, "since": since})
    answered = {row.question: row.people for row in counted}
    left: dict[str, int] = {}
    for row in stood:
        if row.has_left and row.phase not in ("done", None) and row.question:
            left[row.question] = left.get(row.question, 0) + row.people
    return DropOff(
        sum(row.people for row in stood),
        sum(row.people for row in stood if row.phase == "done"),
        sum(row.people for row in stood if row.phase not in ("done", None) and not row.has_left),
        tuple(
            AtQuestion(one.id, one.text, answered.get(one.id, 0), left.get(one.id, 0))
            for one in province.questionnaire.questions
        ),
    )
