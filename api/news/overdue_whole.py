"""Finds cases that are late as a whole, and tells those who agreed to it, once for a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select, true
from sqlalchemy.dialects.postgresql import array, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.replies import citations
from api.conversations.desk_hours import LOCAL
from api.db.models import CaseFile, CaseItem, DeskTask
from api.news.case_facts import progress_data, statuses_of_no_office
from api.news.planned import Draft, plan, who_agreed
from api.news.whole import LateWhole, late_whole
from bot.message import Reply
from bot.wording import Wording
from knowledge.case_clock import ItemDeadline, whole_deadline
from knowledge.library import Library, ProvinceKnowledge

MOST_AT_ONCE = 200
LOOKED_BACK = timedelta(days=365)
"""A case that was accepted longer ago is not found late any more."""
KEY = func.concat("overdue:", CaseFile.id, ":whole")


@dataclass(frozen=True)
class OverdueWhole:
    """Looks for them within the transaction of a job."""

    wording: Wording
    library: Library
    now: datetime

    async def find(self, connection: AsyncConnection) -> int:
        """Deals with those that nobody has dealt with yet, some at a time. Returns how many it found."""
        found = 0
        for province, whole, accepted_before in self._provinces():
            is_not_counted = func.coalesce(CaseItem.deadline["excludes"].has_any(array(whole.excludes)), False)
            with_office = exists().where(
                CaseItem.case_id == CaseFile.id,
                CaseItem.status.not_in(statuses_of_no_office(self.library)),
                CaseItem.deadline["figure"].astext.is_(None),
                ~is_not_counted if whole.excludes else true(),
            )
            late = (
                select(CaseFile.id)
                .where(
                    CaseFile.region.startswith(province.head.region[:2]),
                    CaseFile.accepted_at < accepted_before,
                    CaseFile.accepted_at > accepted_before - LOOKED_BACK,
                    with_office,
                    ~exists().where(DeskTask.key == KEY),
                )
                .order_by(CaseFile.id)
                .limit(MOST_AT_ONCE)
            )
            for case_id in (await connection.execute(late)).scalars().all():
                case = await late_whole(connection, case_id, self.library, self.now)
                found += await self._deal_with(connection, case) if case else 0
        return found

    def _provinces(self) -> Iterator[tuple[ProvinceKnowledge, ItemDeadline, datetime]]:
        """Those whose guides have such a limit, one that is over, and where the first day begins that is not."""
        today = self.now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
        for province in self.library.provinces.values():
            for days in range(LOOKED_BACK.days):
                whole = whole_deadline(self.library, province, today - timedelta(days=days))
                if whole is None or whole.office_day is None:
                    break
                if whole.is_over(self.now):
                    yield province, whole, today - timedelta(days=days - 1)
                    break

    async def _deal_with(self, connection: AsyncConnection, late: LateWhole) -> int:
        case, day = late.case, late.limit.office_day
        key = f"overdue:{case.id}:whole"
        task = insert(DeskTask).values(
            kind="overdue_item",
            key=key,
            region=case.region,
            case_id=case.id,
            detail={
                "item": None,
                "items": [row.item for row in late.items],
                "due": day.isoformat() if day else None,
                "is_demo": case.is_demo,
            },
        )
        opened = await connection.scalar(task.on_conflict_do_nothing().returning(DeskTask.id))
        if opened is None:  # Another process was quicker.
            return 0
        draft = Draft("overdue", key, case.id, None, self._reply(late), self.now, self.now)
        await plan(connection, await who_agreed(connection, case.id), draft)
        return 1

    def _reply(self, late: LateWhole) -> Reply:
        case, limit = late.case, late.limit
        province, fact = self.library.province_for(case.region), self.library.facts.get(limit.fact)
        say, day = self.wording.say, limit.office_day or self.now.date()
        text = say(
            "news.whole_overdue",
            month=day.month,
            day=day.day,
            spans=say("news.not_counted", spans="、".join(limit.excludes)) if limit.excludes else "",
            count=len(late.items),
            whom=province.head.ask_whom if province else say("news.anybody"),
        )
        return Reply(
            kind="progress",
            text=text,
            citations=citations(province, fact.source) if province and fact else (),
            data=progress_data(self.library, case, late.items, self.now),
        )
