"""Marks on replies of the bot: thumbs of those who were answered, and 「这条答错了」 of staff for the editors."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Row, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import NOW, AnswerMark, Conversation, StaffMember, Transcript
from api.office.tasks import within
from api.staff.accounts import Staff
from api.staff.audit import note
from bot.masking import mask
from bot.thumbs import JUDGED_KINDS

Verdict = Literal["up", "down", "wrong"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LONGEST = 1000
LONGEST_NOTE = 300
QUESTION = text("""
    SELECT asked.text FROM transcript asked
    WHERE asked.conversation_id = :conversation AND asked.speaker = 'person' AND asked.id < :reply
    ORDER BY asked.id DESC LIMIT 1
""")


@dataclass(frozen=True)
class Mark:
    """A mark in a chat. by: the name of whoever of the staff made it; none for the person who was answered."""

    verdict: str
    by: str | None
    note: str | None


async def judge(connection: AsyncConnection, reply: int, verdict: Verdict, reason: str | None) -> None:
    """Keeps what the person thinks of a reply; said again, the later word counts. reason: masked."""
    values = await _about(connection, reply)
    if values is None:
        return
    mine = insert(AnswerMark).values(transcript_id=reply, verdict=verdict, note=reason, **values)
    again = mine.on_conflict_do_update(
        index_elements=["transcript_id"],
        index_where=text("staff_id IS NULL"),
        set_={"verdict": verdict, "note": func.coalesce(mine.excluded.note, AnswerMark.note), "at": NOW},
    )
    await connection.execute(again)


async def mark_wrong(
    connection: AsyncConnection, staff: Staff, reply: int, right_text: str | None, remark: str | None
) -> None:
    """Puts a reply before the editors, with what it should have said; written again, the later words count."""
    values = await _about(connection, reply)
    if values is None:
        return
    words = {"right_text": _masked(right_text), "note": _masked(remark)}
    mine = insert(AnswerMark).values(transcript_id=reply, staff_id=staff.id, verdict="wrong", **words, **values)
    again = mine.on_conflict_do_update(
        index_elements=["transcript_id", "staff_id"],
        set_={**words, "at": NOW, "settled_at": None, "settled_by": None, "settled_as": None},
    )
    number = (await connection.execute(again.returning(AnswerMark.id))).scalar_one()
    await note(connection, staff, "answer.wrong", f"mark:{number}", reply=reply)


def is_answer(reply: dict[str, Any] | None) -> bool:
    """Whether a reply, as it is kept, says something that can be right or wrong: no notice, question or courtesy."""
    return (reply or {}).get("kind") in JUDGED_KINDS


async def reply_of(connection: AsyncConnection, conversation: uuid.UUID, reply: int) -> tuple[Row[Any], str] | None:
    """An answer of the bot in a conversation, and the question that it answered; None when it is none."""
    wanted = select(Transcript.id, Transcript.text, Transcript.reply, Transcript.at).where(
        Transcript.id == reply, Transcript.conversation_id == conversation, Transcript.speaker == "bot"
    )
    row = (await connection.execute(wanted)).one_or_none()
    if row is None or not is_answer(row.reply):
        return None
    names = {"conversation": conversation, "reply": reply}
    return row, (await connection.execute(QUESTION, names)).scalar_one_or_none() or ""


async def marks_of(connection: AsyncConnection, conversation: uuid.UUID) -> dict[int, list[Mark]]:
    """The marks in a conversation by the row of the transcript."""
    wanted = (
        select(AnswerMark.transcript_id, AnswerMark.verdict, AnswerMark.note, StaffMember.name)
        .join(Transcript, Transcript.id == AnswerMark.transcript_id)
        .outerjoin(StaffMember, StaffMember.id == AnswerMark.staff_id)
        .where(Transcript.conversation_id == conversation)
        .order_by(AnswerMark.id)
    )
    found: dict[int, list[Mark]] = defaultdict(list)
    for row in await connection.execute(wanted):
        found[row.transcript_id].append(Mark(row.verdict, row.name, row.note))
    return dict(found)


async def settle(connection: AsyncConnection, staff: Staff, number: int, settled_as: str) -> bool:
    """Notes what the editors made of a mark; False when somebody else did, or it is not this person's business."""
    m = AnswerMark
    mine = update(m).where(m.id == number, m.settled_at.is_(None), within(staff, m.region))
    values = {"settled_at": NOW, "settled_by": staff.id, "settled_as": _masked(settled_as)}
    is_done = (await connection.execute(mine.values(**values).returning(m.id))).first() is not None
    if is_done:
        await note(connection, staff, "answer.settle", f"mark:{number}")
    return is_done


async def forget_judgements(connection: AsyncConnection, conversation: uuid.UUID) -> None:
    """Deletes what the person thought of his answers. What staff wrote stays with the editors, without his words."""
    said = select(Transcript.id).where(Transcript.conversation_id == conversation)
    his = delete(AnswerMark).where(AnswerMark.transcript_id.in_(said), AnswerMark.staff_id.is_(None))
    await connection.execute(his)


async def _about(connection: AsyncConnection, reply: int) -> dict[str, Any] | None:
    """What of a reply is kept with a mark even after the reply is gone."""
    wanted = (
        select(
            Transcript.reply,
            Transcript.knowledge_release,
            Conversation.state["region"]["code"].astext.label("region"),
        )
        .join(Conversation, Conversation.id == Transcript.conversation_id)
        .where(Transcript.id == reply)
    )
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        return None
    data = (row.reply or {}).get("data") or {}
    ids = [str(one) for one in data.get("knowledge_ids", ())]
    return {"region": row.region, "knowledge_ids": ids, "knowledge_release": row.knowledge_release}


def _masked(words: str | None) -> str | None:
    return mask(words.strip()).text if words and words.strip() else None
