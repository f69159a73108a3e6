"""Reads cases for the assistant: implements `actions.ports.Cases`."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions import ports
from api.cases.proof import Proof, locked_until, proved_case
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.models import CaseBinding, CaseFile, CaseItem


class PostgresCases:
    """Cases in our own database, as departments fed them."""

    def __init__(
        self, engine: AsyncEngine, sealer: Sealer, is_final: Callable[[str], bool], clock: Callable[[], datetime]
    ):
        """is_final: whether nothing follows a status, so that it cannot be overdue."""
        self._engine = engine
        self._sealer = sealer
        self._is_final = is_final
        self._clock = clock

    async def bound_to(self, conversation: str) -> list[ports.CaseProgress]:
        """The cases that this conversation has proved, newest first."""
        wanted = (
            select(CaseFile)
            .join(CaseBinding, CaseBinding.case_id == CaseFile.id)
            .where(CaseBinding.conversation_id == uuid.UUID(conversation))
            .order_by(CaseFile.accepted_at.desc())
        )
        async with self._engine.connect() as connection:
            cases = (await connection.execute(wanted)).all()
            return [await self._progress(connection, case) for case in cases]

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

    async def _progress(self, connection: AsyncConnection, case: Row[Any]) -> ports.CaseProgress:
        rows = await connection.execute(
            select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.since, CaseItem.item)
        )
        today = self._clock().astimezone(LOCAL).date()
        items = tuple(
            ports.CaseItem(
                item=row.item,
                department=row.department,
                status=row.status,
                since=row.since.astimezone(LOCAL),
                due=row.due,
                overdue=row.due is not None and row.due < today and not self._is_final(row.status),
            )
            for row in rows
        )
        return ports.CaseProgress(
            case_no=case.case_no,
            region=case.region,
            is_demo=case.is_demo,
            accepted_at=case.accepted_at.astimezone(LOCAL),
            items=items,
        )
