"""What the inbox reads in the transcript: replies of the bot that did not help, and which facts it said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.library import Library

NOT_UNDERSTOOD = ("not_understood", "not_understood_again")
"""The assistant's sentences by which it says that it found nothing."""
OF_NO_ENTRY = ("item", "paper", "questionnaire")
"""What a reply names when the guide does not speak of a side of it, and no gap or topic was written for that."""

QUESTION = "coalesce(t.why ->> 'question', asked.text)"
"""The question to which a reply `t` belongs, masked: as it was looked up, or else as it was written."""
WITH_ASKED = """
    LEFT JOIN LATERAL (
        SELECT p.text FROM transcript p WHERE p.turn_id = t.turn_id AND p.speaker = 'person' ORDER BY p.id LIMIT 1
    ) asked ON true
"""
_COLUMNS = f"""
    SELECT t.id, t.at, t.text, t.knowledge_release, t.reply ->> 'kind' AS kind, t.reply -> 'data' AS data,
        t.why IS NOT NULL AS was_compared, t.why -> 'candidates' -> 0 ->> 'id' AS nearest,
        c.state -> 'region' ->> 'code' AS region, {QUESTION} AS question
    FROM transcript t JOIN conversation c ON c.id = t.conversation_id {WITH_ASKED}
"""  # noqa: S608
NEW = text(f"{_COLUMNS} WHERE t.id > :after AND t.speaker = 'bot' ORDER BY t.id LIMIT :most")
MARKED = text(f"""
    {_COLUMNS} JOIN LATERAL (
        SELECT max(m.at) AS at FROM answer_mark m
        WHERE m.transcript_id = t.id AND m.verdict <> 'up' AND m.settled_at IS NULL
    ) mark ON mark.at IS NOT NULL
    LEFT JOIN open_question q ON q.reply_id = t.id
    WHERE t.id IN (SELECT transcript_id FROM answer_mark WHERE verdict <> 'up' AND settled_at IS NULL)
        AND (q.reply_id IS NULL OR q.at < mark.at) AND t.speaker = 'bot'
    ORDER BY t.id LIMIT :most
""")  # noqa: S608
MARKED_AT = text("""
    SELECT transcript_id, max(at) AS at FROM answer_mark
    WHERE transcript_id = ANY(:replies) AND verdict <> 'up' AND settled_at IS NULL GROUP BY transcript_id
""")


@dataclass(frozen=True)
class Found:
    """A reply that did not help. province: its id, where one is known. question: masked."""

    reply: int
    how: str
    at: datetime
    province: str | None
    question: str
    nearest: str | None


async def new_replies(connection: AsyncConnection, after: int, most: int) -> Sequence[Row[Any]]:
    """What the bot said behind a row of the transcript, in order."""
    return (await connection.execute(NEW, {"after": after, "most": most})).all()


async def marked_replies(connection: AsyncConnection, most: int) -> list[Row[Any]]:
    """Replies that somebody called wrong or no help, and that are not in the inbox for it yet."""
    return list((await connection.execute(MARKED, {"most": most})).all())


async def marked_at(connection: AsyncConnection, replies: Iterable[int]) -> dict[int, datetime]:
    """When each was marked last."""
    rows = await connection.execute(MARKED_AT, {"replies": list(replies)})
    return {row.transcript_id: row.at for row in rows}


def found_in(row: Row[Any], library: Library, how: str = "") -> Found | None:
    """What the inbox makes of a reply; none when it helped, or nobody asked. how: when that is known already."""
    how = how or _how(row, library)
    question = (row.question or "").strip()
    if not how or not question:
        return None
    return Found(row.id, how, row.at, province_of(row, library), question, row.nearest)


def facts_in(row: Row[Any]) -> tuple[str, ...]:
    """The facts that a reply says, by their knowledge ids."""
    ids = (row.data or {}).get("knowledge_ids") or ()
    return tuple(dict.fromkeys(str(one) for one in ids))


def province_of(row: Row[Any], library: Library) -> str | None:
    """The id of the province under whose guide it was answered, else of the place that is kept."""
    named = (row.nearest or "").split(".")[0] or next((one.split(".")[0] for one in facts_in(row)), "")
    if named in library.provinces:
        return named
    found = library.province_for(row.region) if row.region else None
    return found.id if found else None


def _how(row: Row[Any], library: Library) -> str:
    if row.kind == "fallback" and any(row.text.startswith(library.phrase(name)) for name in NOT_UNDERSTOOD):
        return "not_understood"
    says_nothing = (row.data or {}).get("completeness") == "none" and row.was_compared
    ids = [one.split(".") for one in facts_in(row)]
    if says_nothing and ids and all(len(one) == 3 and one[1] in OF_NO_ENTRY for one in ids):
        return "unstated"
    return ""
