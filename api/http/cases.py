"""The addresses at which departments and the provincial platform feed cases and read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.cases.answers import Answer, opened_case, taken_event, whole_case
from api.cases.bodies import Surrounding, read_case
from api.cases.case_number import as_stored
from api.cases.intake import CaseIntake, NoSuchCase
from api.cases.stored import events_of
from api.db.models import CaseFile, CaseItem
from api.http.bearer import Bearer, NotAllowed
from api.http.bodies import read_body
from knowledge.library import Library

CASES = "/api/v1/cases"
CASE = f"{CASES}/{{case_no}}"
EVENTS = f"{CASE}/events"


class CaseRoutes:
    """Takes cases and events, and shows a case."""

    def __init__(
        self,
        intake: CaseIntake,
        engine: AsyncEngine,
        bearer: Bearer,
        knowledge: Callable[[], Library],
        clock: Callable[[], datetime],
    ) -> None:
        self._intake = intake
        self._engine = engine
        self._bearer = bearer
        self._knowledge = knowledge
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(CASES, self.open_case, methods=["POST"])
        router.add_api_route(EVENTS, self.report, methods=["POST"])
        router.add_api_route(CASE, self.show, methods=["GET"])
        return router

    async def open_case(self, request: Request) -> Response:
        """A new case: 201. A number of the platform that is known with the same content: 200 and the same body."""
        body = await read_body(request)
        key = await self._bearer.admit(request, "cases:create")
        library = self._knowledge()
        case = read_case(body, Surrounding(library, self._clock()))
        if not key.covers(case.region, library.regions):
            raise NotAllowed("the key is not for cases of this region")
        opened = await self._intake.open_case(key, case)
        status = HTTPStatus.CREATED if opened.is_new else HTTPStatus.OK
        return _answer(opened_case(library, case.region, opened), status)

    async def report(self, request: Request, case_no: str) -> Response:
        """An event: 202, also when it is known with the same content."""
        body = await read_body(request)
        key = await self._bearer.admit(request, "cases:events")
        reported = await self._intake.report(key, _number(case_no), body)
        return _answer(taken_event(reported), HTTPStatus.ACCEPTED)

    async def show(self, request: Request, case_no: str) -> Response:
        """A case as it stands, with its history."""
        key = await self._bearer.admit(request, "cases:read")
        number = _number(case_no)
        await self._intake.expect(key, number)
        # The sealed numbers are not even read.
        columns = (CaseFile.id, CaseFile.case_no, CaseFile.platform_no, CaseFile.region, CaseFile.accepted_at)
        wanted = select(*columns, CaseFile.phone_index.is_not(None).label("has_phone"))
        async with self._engine.connect() as connection:
            case: Any = (await connection.execute(wanted.where(CaseFile.case_no == number))).one()
            items = select(CaseItem).where(CaseItem.case_id == case.id).order_by(CaseItem.since, CaseItem.item)
            rows = (await connection.execute(items)).all()
            told = whole_case(self._knowledge(), case, rows, await events_of(connection, case.id))
        return _answer(told, HTTPStatus.OK)


def _number(written: str) -> str:
    """The number as it is stored. Raises NoSuchCase."""
    number = as_stored(written)
    if number is None:
        raise NoSuchCase
    return number


def _answer(answer: Answer, status: HTTPStatus) -> Response:
    return JSONResponse(answer.model_dump(mode="json"), status_code=int(status))
