"""The list of the desk's tasks, and marking one as done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.http.staff.door import needs
from api.http.staff.paths import LARGEST_ID, Number, number_of
from api.http.staff.place_names import place_names
from api.http.staff.screens import Screens
from api.office.tasks import KINDS, LONGEST_OUTCOME, ON_A_PAGE, finish, open_tasks, tasks
from api.staff.sessions import Signed
from knowledge.library import Library

TASKS = "/desk/tasks"


class TaskRoutes:
    """The routes of the tasks."""

    def __init__(self, engine: AsyncEngine, screens: Screens, library: Callable[[], Library]) -> None:
        self._engine = engine
        self._screens = screens
        self._library = library

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(TASKS, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{TASKS}/{{number}}/done", self.done, methods=["POST"])
        return router

    async def show(
        self,
        request: Request,
        signed: Annotated[Signed, needs("desk.work")],
        state: Literal["open", "done"] = "open",
        kind: Annotated[str, Query(max_length=40)] = "",
        after: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
    ) -> Response:
        """One page of those that wait, or of those that are done."""
        kind = kind if kind in KINDS else ""
        async with self._engine.connect() as connection:
            found = await tasks(connection, signed.staff, are_done=state == "done", kind=kind, after=after)
            waiting = await open_tasks(connection, signed.staff)
        library = self._library()
        return self._screens.show(
            request,
            "office/tasks.html",
            signed,
            tasks=found[:ON_A_PAGE],
            has_more=len(found) > ON_A_PAGE,
            waiting=waiting,
            kinds=KINDS,
            kind=kind,
            state=state,
            places=place_names((one.region for one in found), library.regions),
            items={one.id: one.name for one in library.catalogue.items},
            most=LONGEST_OUTCOME,
        )

    async def done(
        self,
        request: Request,
        number: Number,
        signed: Annotated[Signed, needs("desk.work")],
    ) -> Response:
        """Somebody has seen to it."""
        key = number_of(number)
        outcome = " ".join(str((await request.form()).get("outcome", "")).split())
        if not outcome or len(outcome) > LONGEST_OUTCOME:
            return self._screens.go(TASKS, "office.task.outcome", most=LONGEST_OUTCOME)
        async with self._engine.begin() as connection:
            is_done = await finish(connection, signed.staff, key, outcome)
        return self._screens.go(TASKS, "office.task.done" if is_done else "office.task.was_done")
