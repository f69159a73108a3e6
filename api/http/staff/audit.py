"""The log of what staff did, for those who watch over it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.db.models import AuditEntry
from api.http.staff.door import needs
from api.http.staff.paths import AUDIT
from api.http.staff.screens import Screens
from api.staff.audit import verify
from api.staff.sessions import Signed

ON_A_PAGE = 50
LARGEST_ID = 2**63 - 1

Word = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]
EntryId = Annotated[int, Query(ge=0, le=LARGEST_ID)]


class AuditRoutes:
    """The log, newest first."""

    def __init__(self, engine: AsyncEngine, screens: Screens) -> None:
        self._engine = engine
        self._screens = screens

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(AUDIT, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{AUDIT}/verify", self.check, methods=["POST"])
        return router

    async def show(
        self,
        request: Request,
        signed: Annotated[Signed, needs("audit.read")],
        login: Word = "",
        about: Word = "",
        before: EntryId = LARGEST_ID,
    ) -> Response:
        """One page of it. login: whose acts; about: what was acted on; before: only what is older than this entry."""
        wanted = select(AuditEntry.__table__).where(AuditEntry.id < before)
        if login:
            wanted = wanted.where(AuditEntry.login == login.strip().lower())
        if about:
            wanted = wanted.where(AuditEntry.object == about.strip())
        async with self._engine.connect() as connection:
            rows = (await connection.execute(wanted.order_by(AuditEntry.id.desc()).limit(ON_A_PAGE + 1))).all()
        shown, has_more = rows[:ON_A_PAGE], len(rows) > ON_A_PAGE
        return self._screens.show(
            request, "audit.html", signed, entries=shown, has_more=has_more, login=login, about=about
        )

    async def check(self, request: Request, signed: Annotated[Signed, needs("audit.read")]) -> Response:
        """Reads the whole log again and says whether it is as it was written."""
        async with self._engine.connect() as connection:
            found = await verify(connection)
        if found.broken is not None:
            return self._screens.go(AUDIT, "audit.broken", entry=found.broken)
        return self._screens.go(AUDIT, "audit.whole", entries=found.entries, newest=found.newest.hex())
