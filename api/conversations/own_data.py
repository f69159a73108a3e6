"""What is kept of a conversation: shown to whoever it is about, and deleted when he wants it."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import cast, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from api.conversations.desk_hours import LOCAL
from api.conversations.linking import leave
from api.db.models import (
    CallBack,
    CaseBinding,
    CaseFile,
    CaseRating,
    Consent,
    Conversation,
    DeskLabel,
    DeskNote,
    DeskReferral,
    DeskTask,
    HeldReply,
    Inbox,
    LinkCode,
    Outbox,
    PersonLink,
    PersonRequest,
    PlannedMessage,
    ResumeCode,
    Slip,
    Transcript,
    Vault,
    WorkOrder,
)
from api.quality.marks import forget_judgements
from bot.message import Memory, Owner, Reply
from bot.wording import Wording

EMPTY_ANSWER = {"replies": [], "state": {"owner": "bot"}}
"""What a repeated message gets whose answer is gone; its id stays, so that it does nothing twice."""
GOES_WHOLE = (
    *(Transcript, Outbox, Vault, ResumeCode, Slip, Consent, PlannedMessage, CaseRating, LinkCode),
    *(CallBack, DeskReferral, DeskNote, DeskLabel, HeldReply),
)
FORGET_TRACKERS = text("DELETE FROM rasa.events WHERE sender_id LIKE :mine")


async def delete_all(connection: AsyncConnection, conversation: uuid.UUID, inbox_id: int) -> None:
    """Deletes all that is kept of a conversation but its name, in the transaction of the message that asks for it.

    What stays: wrong proofs and codes, because else who guesses would begin anew; the call for help of somebody in
    danger, without his words; and cases and work orders, which are files of the office.
    """
    await leave(connection, conversation)
    await forget_judgements(connection, conversation)
    for table in (*GOES_WHOLE, CaseBinding):
        await connection.execute(delete(table).where(table.conversation_id == conversation))
    requests = delete(PersonRequest).where(
        PersonRequest.conversation_id == conversation,
        or_(PersonRequest.reason != "distress", PersonRequest.closed_at.is_not(None)),
    )
    await connection.execute(requests)
    await connection.execute(delete(DeskTask).where(DeskTask.conversation_id == conversation))
    handled = update(Inbox).where(
        Inbox.conversation_id == conversation, Inbox.handled_at.is_not(None), Inbox.id != inbox_id
    )
    await connection.execute(handled.values(answer=cast(EMPTY_ANSWER, JSONB)))
    row = update(Conversation).where(Conversation.id == conversation)
    anew = row.values(speaker="self", relation=None, outage_told_at=None, parked_at=None, desk_region=None)
    await connection.execute(anew.values(created_at=func.now()))
    if await connection.scalar(select(func.to_regclass("rasa.events"))) is not None:
        await connection.execute(FORGET_TRACKERS, {"mine": f"{conversation}.%"})


async def own_record(connection: AsyncConnection, conversation: uuid.UUID) -> dict[str, Any]:
    """All that is kept of a conversation, as plain data, for the person it is about. Times are local."""
    held = (await connection.execute(select(Conversation).where(Conversation.id == conversation))).one()
    memory = Memory.model_validate(held.state)
    said = await _rows(
        connection,
        select(Transcript.at, Transcript.speaker, Transcript.text)
        .where(Transcript.conversation_id == conversation)
        .order_by(Transcript.id),
    )
    cases = await _rows(
        connection,
        select(CaseFile.case_no, CaseBinding.bound_at, CaseBinding.news)
        .join_from(CaseBinding, CaseFile, CaseFile.id == CaseBinding.case_id)
        .where(CaseBinding.conversation_id == conversation),
    )
    consents = select(Consent.version, Consent.at, Consent.withdrawn_at)
    slips = select(Slip.created_at, Slip.expires_at)
    codes = select(ResumeCode.created_at, ResumeCode.expires_at, ResumeCode.used_at)
    requests = select(PersonRequest.reason, PersonRequest.requested_at)
    links = select(PersonLink.linked_at)
    ratings = (
        select(CaseFile.case_no, CaseRating.stars, CaseRating.reason, CaseRating.at)
        .join_from(CaseRating, CaseFile, CaseFile.id == CaseRating.case_id)
        .where(CaseRating.conversation_id == conversation)
    )
    planned = (
        select(PlannedMessage.due_at, PlannedMessage.kind, PlannedMessage.reply["text"].astext.label("text"))
        .where(PlannedMessage.conversation_id == conversation)
        .where(PlannedMessage.sent_at.is_(None), PlannedMessage.cancelled_at.is_(None))
    )
    calls = select(CallBack.asked_at, CallBack.due_at, CallBack.outcome)
    notes = select(DeskNote.at, DeskNote.text)
    labels = select(DeskLabel.at, DeskLabel.name)
    orders = select(WorkOrder.made_at, WorkOrder.title, WorkOrder.department, WorkOrder.status)
    return {
        "channel": held.channel,
        "since": _plain(held.created_at),
        "owner": Owner(held.owner).value,
        "region": memory.region.name if memory.region else None,
        "situation": memory.private,
        "speaker": held.speaker,
        "relation": held.relation,
        "messages": said,
        "cases": cases,
        "consents": await _rows(connection, consents.where(Consent.conversation_id == conversation)),
        "printed_lists": await _rows(connection, slips.where(Slip.conversation_id == conversation)),
        "resume_codes": await _rows(connection, codes.where(ResumeCode.conversation_id == conversation)),
        "person_requests": await _rows(connection, requests.where(PersonRequest.conversation_id == conversation)),
        "calls": await _rows(connection, calls.where(CallBack.conversation_id == conversation)),
        "work_orders": await _rows(connection, orders.where(WorkOrder.conversation_id == conversation)),
        "counselors_notes": await _rows(connection, notes.where(DeskNote.conversation_id == conversation)),
        "counselors_labels": await _rows(connection, labels.where(DeskLabel.conversation_id == conversation)),
        "ratings": await _rows(connection, ratings),
        "planned_news": await _rows(connection, planned),
        "linked": await _rows(connection, links.where(PersonLink.conversation_id == conversation)),
    }


async def told_record(connection: AsyncConnection, conversation: uuid.UUID, wording: Wording) -> Reply:
    """The same in a few sentences, for any channel."""
    record = await own_record(connection, conversation)
    parts = [wording.say("own.kept_talk", count=len(record["messages"]))]
    if record["region"]:
        parts.append(wording.say("own.kept_region", region=record["region"]))
    counted = {"consents": "situation", "cases": "cases", "printed_lists": "lists", "linked": "linked"}
    counted |= {"ratings": "ratings", "planned_news": "planned", "counselors_notes": "notes"}
    parts += [wording.say(f"own.kept_{key}", count=len(record[name])) for name, key in counted.items() if record[name]]
    if waiting := [one for one in record["calls"] if one["outcome"] is None]:
        parts.append(wording.say("own.kept_call", count=len(waiting)))
    return Reply(kind="notice", text=wording.say("own.kept", parts="；".join(parts)))


async def _rows(connection: AsyncConnection, wanted: Any) -> list[dict[str, Any]]:
    rows = (await connection.execute(wanted)).mappings().all()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return value.astimezone(LOCAL).isoformat(timespec="seconds") if hasattr(value, "astimezone") else value
