"""What a turn changes beside its answer and its owner: one function for each kind of effect."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.rating import give_reason, rate_case
from api.conversations.linking import Linking, keep_news_here, share_bindings
from api.conversations.own_data import told_record
from api.conversations.owner import request_person
from api.conversations.resumes import keep_code, use_code
from api.conversations.sealing import Sealer
from api.conversations.slips import keep_slip
from api.db.models import CaseBinding, CaseFile, Consent, Conversation, ResumeCode, WrongCode, WrongProof
from api.news.choice import choose_news, stop_news
from api.quality.marks import judge
from bot.message import Effect, Reply
from bot.wording import Wording


async def carry_out(
    connection: AsyncConnection, conversation: uuid.UUID, effect: Effect, sealer: Sealer, now: datetime
) -> None:
    """Does what one effect wants, in the transaction that records the turn. Raises TryAgain."""
    data = effect.data
    match effect.kind:
        case "bind_case":
            proved = select(literal(conversation), CaseFile.id).where(CaseFile.case_no == str(data["case_no"]))
            bound = upsert(CaseBinding).from_select(["conversation_id", "case_id"], proved)
            await connection.execute(bound.on_conflict_do_nothing())
            await share_bindings(connection, conversation)
        case "count_wrong_proof":
            index = sealer.index(str(data["case_no"]), "case_no")
            await connection.execute(insert(WrongProof).values(conversation_id=conversation, case_no_index=index))
        case "report_complaint":
            await request_person(connection, conversation, "complaint")
        case "give_consent":
            version = str(data["version"])
            await connection.execute(insert(Consent).values(conversation_id=conversation, version=version))
        case "withdraw_consent":
            given = update(Consent).where(Consent.conversation_id == conversation, Consent.withdrawn_at.is_(None))
            await connection.execute(given.values(withdrawn_at=now))
            await connection.execute(delete(ResumeCode).where(ResumeCode.conversation_id == conversation))
        case "keep_resume_code":
            await keep_code(connection, conversation, data, sealer, now)
        case "use_resume_code":
            await use_code(connection, str(data["code"]), sealer, now)
        case "keep_slip":
            await keep_slip(connection, conversation, data, sealer)
        case "count_wrong_code":
            await connection.execute(insert(WrongCode).values(conversation_id=conversation))
        case "choose_news":
            await choose_news(connection, conversation, str(data["case_no"]), str(data["news"]), now)
            await keep_news_here(connection, conversation, now)
        case "stop_news":
            await stop_news(connection, conversation, now)
        case "rate_case":
            await rate_case(connection, conversation, str(data["case_no"]), int(data["stars"]))
        case "give_rating_reason":
            await give_reason(connection, conversation, str(data["case_no"]), str(data["reason"]))
        case "judge_answer":
            await judge(connection, int(data["reply"]), "up" if data["verdict"] == "up" else "down", data["reason"])
        case "note_speaker":
            row = update(Conversation).where(Conversation.id == conversation)
            await connection.execute(row.values(speaker=str(data["kind"]), relation=data["relation"]))


async def see_to(
    connection: AsyncConnection,
    conversation: uuid.UUID,
    effect: Effect,
    sealer: Sealer,
    wording: Wording,
    now: datetime,
) -> Reply | None:
    """Does what one effect wants whose answer is only known when it is done; None for any other effect."""
    linking = Linking(connection, conversation, sealer, wording, now)
    match effect.kind:
        case "tell_my_data":
            return await told_record(connection, conversation, wording)
        case "give_link_code":
            return await linking.give_code()
        case "try_link_code":
            return await linking.try_code(str(effect.data["code"]))
        case "unlink":
            return await linking.unlink()
        case "news_here":
            return await linking.news_here()
        case _:
            return None
