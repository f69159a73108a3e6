"""Makes news of what a department reported. Called in the transaction that stores the report."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.replies import citations
from api.cases.projection import UNRECOGNISED
from api.conversations.desk_hours import LOCAL
from api.db.models import CaseEvent
from api.news.case_facts import case_of, items_of, progress_data, statuses_that_end
from api.news.planned import FORENOON, MORNING, Draft, local_moment, plan, who_agreed
from api.news.wanted import drop_unwanted
from bot.masking import mask
from bot.message import Reply
from knowledge.library import Library
from knowledge.news import News, news_for

WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Report:
    """A report that is worth telling, its case, and who wants to be told. now: when it came."""

    event: Row[Any]
    case: Row[Any]
    items: dict[str, Row[Any]]
    agreed: Sequence[uuid.UUID]
    library: Library
    now: datetime


async def plan_news(
    connection: AsyncConnection,
    case_id: int,
    event_id: int,
    item: str,
    library: Library,
    now: datetime,
) -> None:
    """Plans what those are told who agreed to it, reminders of their own steps, and the question how it was.

    event_id: the row of `case_event`, stored already; the items of the case are already as it leaves them. The case's
    row must be locked, so that of two reports of an item each sees the other. A report that came late, so that a newer
    one of its item is known, is not told, nor one that says again what the one before it said.
    """
    await drop_unwanted(connection, case_id, library, now)
    agreed = await who_agreed(connection, case_id)
    event = await _new_event(connection, case_id, event_id, item) if agreed else None
    items = await items_of(connection, case_id)
    if event is None or item not in items:
        return
    report = Report(event, await case_of(connection, case_id), items, agreed, library, now)
    for draft in _drafts(report):
        await plan(connection, agreed, draft)
    statuses = {row.status for row in items.values()}
    if statuses <= statuses_that_end(library) and statuses != {WITHDRAWN}:
        await plan(connection, agreed, _rating(report), again=True)


def _drafts(report: Report) -> Iterator[Draft]:
    """The messages about one report: what it means, and later reminders of what he does himself."""
    event, library, now = report.event, report.library, report.now
    if event.status == UNRECOGNISED:
        # What it means is not guessed; the department's own word may still mean something to him.
        said = News("status", mask(event.reported).text, source=(), knowledge_ids=())
        yield Draft("news", f"event:{event.id}", event.case_id, event.item, _reply(report, said), now, now)
    province = library.province_for(report.case.region)
    for number, news in enumerate(news_for(library, province, event.item, event.status)):
        reply = _reply(report, news)
        key = f"event:{event.id}:{news.key}" if number else f"event:{event.id}"
        yield Draft("news", key, event.case_id, event.item, reply, now, now, news.is_urgent)
        if news.remind is None:
            continue
        due_at = local_moment(news.remind.due(event.at, library.calendar), MORNING)
        if due_at > now:
            reminding = reply.model_copy(update={"text": news.remind.say})
            key = f"reminder:{event.id}:{news.key}"
            yield Draft("reminder", key, event.case_id, event.item, reminding, now, due_at)


def _reply(report: Report, news: News) -> Reply:
    province = report.library.province_for(report.case.region)
    item = report.items[report.event.item]
    data = progress_data(report.library, report.case, [item], report.now)
    cited = citations(province, news.source) if province else ()
    return Reply(kind="progress", text=news.text, citations=cited, data=data)


def _rating(report: Report) -> Draft:
    """Everything is finished: he is asked the next day. The words are found then, because choices go with them."""
    tomorrow = report.now.astimezone(LOCAL).date() + timedelta(days=1)
    reply = Reply(kind="clarify", text=report.case.case_no)
    key = f"rating:{report.case.id}"
    return Draft("rating", key, report.case.id, None, reply, report.now, local_moment(tomorrow, FORENOON))


async def _new_event(connection: AsyncConnection, case_id: int, event_id: int, item: str) -> Row[Any] | None:
    """The report when it is the newest of its item and says something else than the one before it."""
    reports = (
        select(CaseEvent)
        .where(CaseEvent.case_id == case_id, CaseEvent.item == item)
        .order_by(CaseEvent.at.desc(), CaseEvent.event_id.desc())
        .limit(2)
    )
    newest, *before = (await connection.execute(reports)).all()
    if newest.id != event_id:
        return None
    if not before or newest.status != before[0].status:
        return newest
    says_more = newest.note is not None and newest.note != before[0].note
    says_otherwise = newest.status == UNRECOGNISED and newest.reported != before[0].reported
    return newest if says_more or says_otherwise else None
