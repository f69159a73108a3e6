"""Finds items whose department is late. Tells those who agreed to it, and opens a task for the desk, once for an
item and its day. An item that waits for the veteran himself is not late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions.replies import citations
from api.conversations.desk_hours import LOCAL
from api.db.models import CaseFile, CaseItem, DeskTask
from api.news.case_facts import item_name, progress_data, statuses_of_no_office
from api.news.overdue_whole import OverdueWhole
from api.news.planned import Draft, plan, who_agreed
from bot.message import Reply
from bot.wording import Wording
from knowledge.library import Library

MOST_AT_ONCE = 200
KEY = func.concat("overdue:", CaseItem.case_id, ":", CaseItem.item, ":", cast(CaseItem.due, String))
HOUR = CaseItem.deadline["hour"].astext
COLUMNS: list[Any] = [CaseItem, CaseFile.case_no, CaseFile.region, CaseFile.is_demo, KEY.label("key")]


@dataclass(frozen=True)
class OverdueItems:
    """Looks for them on behalf of all processes that share the database."""

    engine: AsyncEngine
    wording: Wording
    library: Callable[[], Library]
    clock: Callable[[], datetime]

    async def find(self) -> int:
        """Deals with those that nobody has dealt with yet, some at a time. Returns how many it found."""
        now, library = self.clock(), self.library()
        async with self.engine.begin() as connection:
            late = (
                select(*COLUMNS)
                .join(CaseFile, CaseFile.id == CaseItem.case_id)
                .where(
                    _is_over(now.astimezone(LOCAL)),
                    CaseItem.status.not_in(statuses_of_no_office(library)),
                    ~exists().where(DeskTask.key == KEY),
                )
                .order_by(CaseItem.due, CaseItem.case_id, CaseItem.item)
                .limit(MOST_AT_ONCE)
            )
            rows = (await connection.execute(late)).all()
            for row in rows:
                await self._deal_with(connection, row, library, now)
            wholes = await OverdueWhole(self.wording, library, now).find(connection)
        return len(rows) + wholes

    async def _deal_with(self, connection: AsyncConnection, row: Row[Any], library: Library, now: datetime) -> None:
        task = insert(DeskTask).values(
            kind="overdue_item",
            key=row.key,
            region=row.region,
            case_id=row.case_id,
            detail={
                "item": row.item,
                "department": row.department,
                "status": row.status,
                "due": row.due.isoformat(),
                "is_demo": row.is_demo,
            },
        )
        opened = await connection.scalar(task.on_conflict_do_nothing().returning(DeskTask.id))
        if opened is None:  # Another process was quicker.
            return
        draft = Draft("overdue", row.key, row.case_id, row.item, self._reply(row, library, now), now, now)
        await plan(connection, await who_agreed(connection, row.case_id), draft)

    def _reply(self, row: Row[Any], library: Library, now: datetime) -> Reply:
        province = library.province_for(row.region)
        name, due = item_name(library, row.region, row.item), row.due
        fact = library.facts.get((row.deadline or {}).get("fact", ""))
        whom = province.head.ask_whom if province else self.wording.say("news.anybody")
        return Reply(
            kind="progress",
            text=self.wording.say("news.overdue", item=name, month=due.month, day=due.day, whom=whom),
            citations=citations(province, fact.source) if province and fact else (),
            data=progress_data(library, row, [row], now),
        )


def _is_over(now: datetime) -> ColumnElement[bool]:
    """The day has passed, or the hour of the day where the guide names one."""
    today: date = now.date()
    clock: time = now.time()
    return or_(CaseItem.due < today, and_(CaseItem.due == today, HOUR.is_not(None), clock.isoformat("minutes") > HOUR))
