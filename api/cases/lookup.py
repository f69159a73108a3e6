"""Reads cases for the assistant: implements `actions.ports.Cases`."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions import ports
from api.cases.projection import status_now
from api.cases.proof import Proof, locked_until, proved_case
from api.cases.stored import events_of
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.models import CaseBinding, CaseFile, CaseItem, CaseRating
from knowledge.case_clock import ItemDeadline, whole_deadline, whole_is_late
from knowledge.deadlines import is_past
from knowledge.library import Library
from knowledge.statuses import status_of


class PostgresCases:
    """Cases in our own database, as departments fed them."""

    def __init__(
        self, engine: AsyncEngine, sealer: Sealer, knowledge: Callable[[], Library], clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._sealer = sealer
        self._knowledge = knowledge
        self._clock = clock

    async def bound_to(self, conversation: str) -> list[ports.CaseProgress]:
        """The cases that this conversation has proved, newest first."""
        number = uuid.UUID(conversation)
        rated = exists().where(CaseRating.conversation_id == number, CaseRating.case_id == CaseFile.id)
        wanted = (
            select(CaseFile, CaseBinding.news, rated.label("is_rated"))
            .join(CaseBinding, CaseBinding.case_id == CaseFile.id)
            .where(CaseBinding.conversation_id == number)
            .order_by(CaseFile.accepted_at.desc(), CaseFile.id.desc())
        )
        async with self._engine.connect() as connection:
            cases: Sequence[Any] = (await connection.execute(wanted)).all()
            return [await self._progress(connection, case, case.news, case.is_rated) for case in cases]

    async def prove(self, conversation: str, case_no: str, last_four: str) -> ports.CaseProgress | ports.Locked | None:
        """The case for a right proof; Locked after too many wrong ones; None for a wrong proof or an unknown case."""
        proof = Proof(uuid.UUID(conversation), case_no, last_four)
        async with self._engine.connect() as connection:
            until = await locked_until(connection, proof, self._sealer, self._clock())
            if until is not None:
                return ports.Locked(until.astimezone(LOCAL))
            found = await proved_case(connection, proof, self._sealer)
            if found is None:
                return None
            case = (await connection.execute(select(CaseFile).where(CaseFile.id == found))).one()
            return await self._progress(connection, case)

    async def of_number(self, case_no: str) -> ports.CaseProgress | None:
        """The case for staff, who need no proof and say why they look; None when it is not kept here."""
        async with self._engine.connect() as connection:
            case = (await connection.execute(select(CaseFile).where(CaseFile.case_no == case_no))).one_or_none()
            return await self._progress(connection, case) if case else None

    async def _progress(
        self, connection: AsyncConnection, case: Row[Any], news: str = "unasked", is_rated: bool = False
    ) -> ports.CaseProgress:
        library, now = self._knowledge(), self._clock()
        wanted = select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.since, CaseItem.item)
        rows = (await connection.execute(wanted)).all()
        province = library.province_for(case.region)
        items = tuple(_item(library, row, now) for row in rows)
        departments = {row.item: row.department for row in rows}
        history = tuple(
            ports.CaseReport(
                item=row.item,
                department=departments.get(row.item, ""),
                status=status_now(library, row.status, row.reported),
                reported=row.reported,
                at=row.at.astimezone(LOCAL),
                note=row.note,
            )
            for row in await events_of(connection, case.id)
        )
        whole = whole_deadline(library, province, case.accepted_at) if province else None
        limits = [(item.status, item.deadline) for item in items]
        return ports.CaseProgress(
            case_no=case.case_no,
            region=case.region,
            is_demo=case.is_demo,
            accepted_at=case.accepted_at.astimezone(LOCAL),
            items=items,
            due=whole.office_day if whole else None,
            whole=whole,
            overdue=whole is not None and whole_is_late(library, whole, limits, now),
            history=history,
            news=cast(ports.News, news),
            is_rated=is_rated,
        )


def _item(library: Library, row: Row[Any], now: datetime) -> ports.CaseItem:
    deadline = ItemDeadline.from_json(row.deadline) if row.deadline else None
    status = status_now(library, row.status, row.reported)
    hour = deadline.hour if deadline else None
    return ports.CaseItem(
        item=row.item,
        department=row.department,
        status=status,
        since=row.since.astimezone(LOCAL),
        due=row.due,
        overdue=is_past(row.due, hour, now) and not _is_final(library, status),
        reported=row.reported,
        note=row.note,
        due_hour=hour,
        is_expected=deadline.is_expected if deadline else False,
        waits_for=deadline.waits_for if deadline else None,
        deadline=deadline,
    )


def _is_final(library: Library, status: str) -> bool:
    known = status_of(library, status)
    return known is not None and known.is_final
