"""What a look at a change consists of: real questions, open questionnaires, and what must stay right there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from api.db.models import Conversation, Transcript
from api.impact.gate_sets import gate_set
from api.impact.job import Asked, Begun, Checked, Piece, Talk, Walked
from knowledge.entry_kinds import province_of
from knowledge.library import Library
from knowledge.regions import Region

MOST_ASKED = 2_000
MOST_BEGUN = 2_000
ROWS_OF_A_TURN = 3
"""A message with several questions gets so many replies."""
UNDER_WAY = ("asking", "confirming", "changing")
THEN = {"answer": "answered", "clarify": "offered"}


def provinces_touched(paths: Iterable[str], library: Library) -> tuple[str, ...]:
    """The provinces in whose answers a change of these files can be heard; national words are everywhere."""
    touched = {province_of(path) for path in paths}
    return tuple(name for name in library.provinces if None in touched or name in touched)


def gate_pieces(provinces: Iterable[str]) -> list[Piece]:
    """What must stay right there."""
    found: list[Piece] = []
    for name in provinces:
        kept = gate_set(name)
        found += [Checked(name, one) for one in kept.questions]
        found += [Walked(name, one) for one in kept.personas]
    return found


async def real_pieces(
    connection: AsyncConnection, library: Library, provinces: Collection[str], most: int = MOST_ASKED
) -> list[Piece]:
    """The last real questions of these provinces by conversation, and the questionnaires that are open there."""
    return [*await _talks(connection, library, provinces, most), *await _begun(connection, provinces)]


async def _talks(
    connection: AsyncConnection, library: Library, provinces: Collection[str], most: int
) -> Iterable[Talk]:
    known = [library.provinces[name] for name in provinces]
    rows = await connection.execute(_asked([library.region_of(one) for one in known], most))
    by_name = {library.region_of(one).short_name: one for one in known}
    talks: dict[Any, tuple[str, str, dict[int, Asked]]] = {}
    taken: set[int] = set()
    for row in rows:
        if row.id not in taken and len(taken) == most:
            break
        province = by_name.get(row.region) or library.province_for(row.code or "")
        if province is None:
            continue
        taken.add(row.id)
        code = library.region_of(province).code
        place = row.code if row.code and row.code[:2] == code[:2] else code
        asked = talks.setdefault((row.conversation_id, province.id), (province.id, place, {}))[2]
        then = THEN.get(row.kind, "unanswered") if row.cites or row.kind != "answer" else "unanswered"
        if row.id not in asked or then == "answered":
            asked[row.id] = Asked(row.id, row.text, then)
    return [Talk(name, place, tuple(one for _, one in sorted(asked.items()))) for name, place, asked in talks.values()]


def _asked(regions: Sequence[Region], most: int) -> Select[Any]:
    """Questions that were compared with a guide there, the last first."""
    person = aliased(Transcript)
    told = Transcript.reply["data"]["region"].astext
    code = Conversation.state["region"]["code"].astext
    here = or_(
        told.in_([one.short_name for one in regions]),
        and_(told.is_(None), func.left(code, 2).in_([one.code[:2] for one in regions])),
    )
    cites = func.jsonb_array_length(Transcript.reply["citations"]) > 0
    return (
        select(
            person.id,
            person.conversation_id,
            person.text,
            Transcript.reply["kind"].astext.label("kind"),
            cites.label("cites"),
            told.label("region"),
            code.label("code"),
        )
        .join(person, and_(person.turn_id == Transcript.turn_id, person.speaker == "person"))
        .join(Conversation, Conversation.id == Transcript.conversation_id)
        .where(Transcript.speaker == "bot", Transcript.why.is_not(None), here)
        .order_by(Transcript.id.desc())
        .limit(most * ROWS_OF_A_TURN)
    )


async def _begun(connection: AsyncConnection, provinces: Collection[str]) -> list[Begun]:
    private = Conversation.state["private"]
    province = private["province"].astext
    wanted = (
        select(province.label("province"), private["answers"].label("answers"))
        .where(province.in_(provinces), private["phase"].astext.in_(UNDER_WAY))
        .order_by(Conversation.last_message_at.desc().nulls_last())
        .limit(MOST_BEGUN)
    )
    return [Begun(row.province, row.answers or {}) for row in await connection.execute(wanted)]
