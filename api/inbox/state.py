"""Where a group of questions stands: to be looked at, in a change set that waits, or done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.inbox.reading import QUESTION, WITH_ASKED

STATES = ("open", "waiting", "done")
HOWS = ("not_understood", "unstated", "marked")
ON_A_PAGE = 50
OTHERS = ""
"""Stands for the questions of no known province."""

_LAST = """
    LEFT JOIN LATERAL (
        SELECT * FROM question_decision d WHERE d.group_id = g.id AND d.taken_back_at IS NULL ORDER BY d.id DESC LIMIT 1
    ) d ON true
    LEFT JOIN change_set c ON c.id = d.change_set_id
    LEFT JOIN change_edit e ON e.change_set_id = c.id AND e.path = d.path AND e.kind = d.kind AND e.key = d.key
"""
# A decision covers what was asked before the release that should answer it. A set that was given up or undone, or that
# lost the edit, covers nothing. Where nothing was to be done, only a mark of a later day asks for another look.
_COVERED = """
    coalesce(
        (d.how = 'nothing' AND (q.how <> 'marked' OR q.at <= d.at))
        OR (c.state IN ('draft', 'submitted', 'approved') AND e.id IS NOT NULL)
        OR (c.state = 'published' AND e.id IS NOT NULL AND c.expired_release IS NULL AND q.at <= c.published_at),
    false)
"""
_GROUPED = f"""
    SELECT g.id, g.province, count(*) AS asked, max(q.at) AS last,
        count(*) FILTER (WHERE NOT {_COVERED}) AS open,
        max(q.at) FILTER (WHERE NOT {_COVERED}) AS open_last,
        count(*) FILTER (WHERE q.how = 'not_understood') AS not_understood,
        count(*) FILTER (WHERE q.how = 'unstated') AS unstated,
        count(*) FILTER (WHERE q.how = 'marked') AS marked,
        max(d.how) AS decided, max(d.id) AS decision, max(c.state) AS state, max(c.id) AS change_set
    FROM open_question q JOIN question_group g ON g.id = q.group_id {_LAST}
    WHERE q.at >= :since AND coalesce(g.province, '') = ANY(:places) {{and_more}}
    GROUP BY g.id
"""  # noqa: S608
_IN_STATE = {
    "open": "open > 0",
    "waiting": "open = 0 AND state IN ('draft', 'submitted', 'approved')",
    "done": "open = 0 AND (state IS NULL OR state = 'published')",
}


async def groups(
    connection: AsyncConnection, state: str, places: Sequence[str], since: datetime, how: str = "", after: int = 0
) -> Sequence[Any]:
    """One more than a page of groups, those asked most first. places: ids of provinces, and OTHERS.

    how: only those of which at least one question went so. after: how many come before the page.
    """
    grouped = _GROUPED.format(and_more="")
    fitting = f"AND {how} > 0" if how in HOWS else ""
    query = text(f"""
        SELECT * FROM ({grouped}) grouped WHERE {_IN_STATE[state]} {fitting}
        ORDER BY CASE WHEN open > 0 THEN open ELSE asked END DESC, last DESC, id LIMIT :most OFFSET :after
    """)  # noqa: S608
    values = {"since": since, "places": list(places), "most": ON_A_PAGE + 1, "after": after}
    return (await connection.execute(query, values)).all()


async def how_many(connection: AsyncConnection, places: Sequence[str], since: datetime) -> dict[str, int]:
    """The number of groups in each state."""
    counted = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {state}" for state, condition in _IN_STATE.items())
    query = text(f"SELECT {counted} FROM ({_GROUPED.format(and_more='')}) grouped")  # noqa: S608
    row = (await connection.execute(query, {"since": since, "places": list(places)})).one()
    return {state: int(getattr(row, state)) for state in STATES}


async def one_group(connection: AsyncConnection, number: int, places: Sequence[str], since: datetime) -> Any | None:
    """A group with all that was asked since; none when it is not this person's business, or nothing is left of it."""
    query = text(_GROUPED.format(and_more="AND g.id = :number"))
    values = {"since": since, "places": list(places), "number": number}
    return (await connection.execute(query, values)).one_or_none()


_ASKED = f"JOIN transcript t ON t.id = q.reply_id {WITH_ASKED}"
_EXAMPLES = text(f"""
    SELECT t.id AS reply, q.how, q.at, {QUESTION} AS question, t.text AS answered
    FROM open_question q {_ASKED} WHERE q.group_id = :group ORDER BY q.at DESC, t.id DESC LIMIT :most
""")  # noqa: S608
_SHORTEST = text(f"""
    SELECT DISTINCT ON (q.group_id) q.group_id, {QUESTION} AS question
    FROM open_question q {_ASKED} WHERE q.group_id = ANY(:groups)
    ORDER BY q.group_id, length({QUESTION}), q.reply_id
""")  # noqa: S608


async def examples(connection: AsyncConnection, group: int, most: int) -> Sequence[Any]:
    """The last questions of a group, masked, with what was said to them."""
    return (await connection.execute(_EXAMPLES, {"group": group, "most": most})).all()


async def names_of(connection: AsyncConnection, listed: Sequence[Any]) -> dict[int, str]:
    """What each group is called: the shortest of its questions, because long ones tell a story."""
    rows = await connection.execute(_SHORTEST, {"groups": [one.id for one in listed]})
    return {row.group_id: row.question or "" for row in rows}
