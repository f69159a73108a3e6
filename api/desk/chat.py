"""What a counselor sees of a conversation: the masked transcript and what is known of the matter."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import AuditEntry, CaseBinding, CaseFile, CaseItem, Conversation, PersonRequest, Transcript
from api.desk.limits import Limits, limits_of
from api.desk.notes import Noted, noted_on
from api.desk.ownership import NotThere
from api.quality.marks import Mark, is_answer, marks_of
from api.staff.accounts import Staff
from api.staff.audit import note

MOST_ROWS = 200
NOTED_FOR = text("now() - interval '30 minutes'")

REQUESTS = text("""
    SELECT id, reason, requested_at FROM person_request
    WHERE conversation_id = :conversation AND cancelled_at IS NULL AND closed_at IS NULL ORDER BY id
""")
# Also those of other conversations of the same person, which he has joined himself.
VISITS = text("""
    SELECT v.taken_at, v.left_at, v.how, v.outcome, s.name, c.channel
    FROM desk_visit v JOIN staff s ON s.id = v.staff_id JOIN conversation c ON c.id = v.conversation_id
    WHERE v.left_at IS NOT NULL AND (v.conversation_id = :conversation OR v.conversation_id IN (
        SELECT o.conversation_id FROM person_link mine JOIN person_link o ON o.person = mine.person
        WHERE mine.conversation_id = :conversation))
    ORDER BY v.id DESC LIMIT 10
""")


REFERRALS = text("""
    SELECT r.note, r.at, s.name FROM desk_referral r JOIN staff s ON s.id = r.staff_id
    WHERE r.conversation_id = :conversation ORDER BY r.id DESC LIMIT 5
""")


ORDERS = text("""
    SELECT id, title, status, due_on FROM work_order
    WHERE conversation_id = :conversation AND NOT is_confidential ORDER BY id DESC LIMIT 5
""")


# What the bot had said and what was laid aside before it was out.
UNSENT = text("""
    SELECT t.id FROM outbox o JOIN transcript t
        ON t.conversation_id = o.conversation_id AND t.turn_id = o.turn_id AND t.speaker = 'bot' AND t.reply = o.reply
    WHERE o.conversation_id = :conversation AND o.speaker = 'bot' AND o.parked_at IS NOT NULL
""")


@dataclass(frozen=True)
class Chat:
    """A conversation as it stands."""

    row: Row[Any]
    holder: Row[Any] | None
    said: list[Row[Any]]
    has_earlier: bool
    requests: list[Row[Any]]
    cases: list[Any]
    visits: list[Row[Any]]
    limits: Limits
    marks: dict[int, list[Mark]]
    referrals: list[Row[Any]]
    orders: list[Row[Any]]
    noted: Noted
    unsent: frozenset[int]
    """Of what was said, the replies of the bot that never reached the person."""

    @property
    def is_distress(self) -> bool:
        """Whether somebody may be in danger."""
        return any(one.reason == "distress" for one in self.requests)

    @property
    def answers(self) -> frozenset[int]:
        """Of what was said, the bot's answers; its notices, questions and courtesies are none."""
        return frozenset(one.id for one in self.said if one.speaker == "bot" and is_answer(one.reply))

    @property
    def newest(self) -> int:
        """The last thing that was said."""
        return self.said[-1].id if self.said else 0

    @property
    def awaits_since(self) -> datetime | None:
        """Since when the person waits for an answer of the counselor who holds the chat: first since he asked.

        What the bot and the system say meanwhile is no answer to that.
        """
        if not self.holder:
            return None
        replied: datetime | None = max((one.at for one in self.said if one.speaker == "counselor"), default=None)
        asked: datetime | None = min((one.requested_at for one in self.requests), default=None)
        if asked and (replied is None or replied < asked):
            return asked
        unanswered = [one.at for one in self.said if one.speaker == "person" and (not replied or one.at > replied)]
        return min(unanswered, default=None)


async def look_up(connection: AsyncConnection, conversation: uuid.UUID) -> Row[Any]:
    """The conversation, when a person was ever asked for in it. Raises NotThere."""
    wanted = select(
        Conversation.id,
        Conversation.channel,
        Conversation.owner,
        Conversation.state,
        Conversation.speaker,
        Conversation.relation,
        Conversation.created_at,
        Conversation.desk_region,
    ).where(
        Conversation.id == conversation,
        select(PersonRequest.id).where(PersonRequest.conversation_id == conversation).exists(),
    )
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        raise NotThere
    return row


def region_of(row: Row[Any]) -> str | None:
    """The adcode that decides whose business a conversation is: where it was sent to, else the place he named."""
    return row.desk_region or (row.state.get("region") or {}).get("code")


async def read_chat(connection: AsyncConnection, row: Row[Any]) -> Chat:
    """All that is shown of it. `view` notes that it was."""
    mine = {"conversation": row.id}
    columns = (Transcript.id, Transcript.speaker, Transcript.text, Transcript.reply, Transcript.why, Transcript.at)
    newest_first = select(*columns).where(Transcript.conversation_id == row.id).order_by(Transcript.id.desc())
    said: list[Row[Any]] = list((await connection.execute(newest_first.limit(MOST_ROWS + 1))).all())
    holder = text(
        "SELECT v.staff_id, s.name FROM desk_visit v JOIN staff s ON s.id = v.staff_id"
        " WHERE v.conversation_id = :conversation AND v.left_at IS NULL"
    )
    cases = (
        select(CaseFile.case_no, CaseFile.is_demo, CaseItem.item, CaseItem.status, CaseItem.reported, CaseItem.since)
        .join(CaseBinding, CaseBinding.case_id == CaseFile.id)
        .join(CaseItem, CaseItem.case_id == CaseFile.id)
        .where(CaseBinding.conversation_id == row.id)
        .order_by(CaseFile.case_no, CaseItem.since)
    )
    return Chat(
        row=row,
        holder=(await connection.execute(holder, mine)).one_or_none() if row.owner == "counselor" else None,
        said=said[MOST_ROWS - 1 :: -1] if len(said) > MOST_ROWS else said[::-1],
        has_earlier=len(said) > MOST_ROWS,
        requests=list((await connection.execute(REQUESTS, mine)).all()),
        cases=[*(await connection.execute(cases)).all()],
        visits=list((await connection.execute(VISITS, mine)).all()),
        limits=await limits_of(connection, row.id, row.channel, said),
        marks=await marks_of(connection, row.id),
        referrals=list((await connection.execute(REFERRALS, mine)).all()),
        orders=list((await connection.execute(ORDERS, mine)).all()),
        noted=await noted_on(connection, row.id),
        unsent=frozenset((await connection.execute(UNSENT, mine)).scalars()),
    )


async def note_view(connection: AsyncConnection, staff: Staff, conversation: uuid.UUID, by_itself: bool) -> None:
    """Writes into the log who looked. by_itself: an open page that keeps itself current is one look in half an hour."""
    about = f"conversation:{conversation}"
    seen = select(AuditEntry.id).where(
        AuditEntry.staff_id == staff.id,
        AuditEntry.object == about,
        AuditEntry.act == "desk.view",
        AuditEntry.at > NOTED_FOR,
    )
    if by_itself and (await connection.execute(seen.limit(1))).first() is not None:
        return
    await note(connection, staff, "desk.view", about)


async def held_chats(connection: AsyncConnection, staff: Staff) -> list[Row[Any]]:
    """The chats that he holds: which, since when, where, what was said, newest first, whether the person waits."""
    mine = text("""
        SELECT v.conversation_id AS id, v.taken_at, c.channel, c.state->'region'->>'name' AS place,
            last.words, last.speakers[1] = 'person' AS awaits,
            EXISTS (SELECT FROM person_request r WHERE r.conversation_id = c.id AND r.reason = 'distress'
                AND r.cancelled_at IS NULL AND r.closed_at IS NULL) AS is_distress
        FROM desk_visit v JOIN conversation c ON c.id = v.conversation_id
        LEFT JOIN LATERAL (
            SELECT string_agg(said.text, ' / ' ORDER BY said.id DESC) AS words,
                array_agg(said.speaker ORDER BY said.id DESC) AS speakers
            FROM (SELECT t.id, t.text, t.speaker FROM transcript t WHERE t.conversation_id = c.id
                AND t.speaker IN ('person', 'counselor') ORDER BY t.id DESC LIMIT 2) said
        ) last ON true
        WHERE v.staff_id = :staff AND v.left_at IS NULL AND c.owner = 'counselor' ORDER BY v.id
    """)
    return list((await connection.execute(mine, {"staff": staff.id})).all())
