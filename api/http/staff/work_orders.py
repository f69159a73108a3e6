"""The pages of work orders: the list, a sheet for a spreadsheet, and one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.desk_hours import LOCAL, DeskHours
from api.desk.deadlines import tone_of
from api.desk.ownership import NotThere, Refused
from api.desk.saying import LONGEST as LONGEST_REPLY
from api.desk.saying import Unsayable
from api.http.staff.door import needs
from api.http.staff.paths import DESK, Number, number_of
from api.http.staff.place_names import place_names
from api.http.staff.screens import Screens
from api.office.sheets import sheet
from api.office.work_order_acts import ACTS, ALLOWED, NEEDS_DAYS, NEEDS_WORDS, Act, Work, do
from api.office.work_orders import (
    LONGEST,
    LONGEST_TITLE,
    MOST_DAYS,
    ON_A_PAGE,
    STATES,
    State,
    days_of,
    history,
    name_of,
    order,
    orders,
)
from api.staff.audit import note
from api.staff.sessions import Signed
from knowledge.library import Library

ORDERS = f"{DESK}/work-orders"
MOST_EXPORTED = 10_000
After = Annotated[int, Query(ge=0, le=1_000_000)]
"""How many come before the page."""
AS_THEY_ARE = ("case_no", "title", "content", "department", "dispatch_note", "result")
COLUMNS = (
    *("number", "status", "channel", "asker", "category", "urgency", "topic", "case_no", "title", "content", "place"),
    *("is_confidential", "wants_reply", "made_by", "made_at", "department", "dispatch_note", "limit", "due_on"),
    *("result", "told_at", "closed_at"),
)
"""Of the sheet, as a 12345 line has them."""
GIVEN = ("act", "words", "days", "department")
"""The fields of the form in which something is noted."""
CSV = {"content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="work-orders.csv"'}


class WorkOrderRoutes:
    """The routes of work orders."""

    def __init__(
        self,
        engine: AsyncEngine,
        screens: Screens,
        library: Callable[[], Library],
        hours: Callable[[], DeskHours],
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._library = library
        self._hours = hours
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(ORDERS, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{ORDERS}/part", self.part, methods=["GET"])
        router.add_api_route(f"{ORDERS}/export.csv", self.export, methods=["GET"])
        router.add_api_route(f"{ORDERS}/{{number}}", self.one, methods=["GET", "HEAD"])
        router.add_api_route(f"{ORDERS}/{{number}}/act", self.act, methods=["POST"])
        return router

    async def show(
        self,
        request: Request,
        signed: Annotated[Signed, needs("desk.work")],
        state: State = "open",
        after: After = 0,
    ) -> Response:
        """One page of them."""
        values = await self._values(signed, state, after)
        return self._screens.show(request, "office/work_orders.html", signed, **values)

    async def part(
        self,
        request: Request,
        signed: Annotated[Signed, needs("desk.work")],
        state: State = "open",
        after: After = 0,
    ) -> Response:
        """What of the page keeps itself current."""
        values = await self._values(signed, state, after)
        return self._screens.part(request, "office/work_orders_list.html", signed, **values)

    async def _values(self, signed: Signed, state: State, after: int) -> dict[str, Any]:
        now, hours = self._clock(), self._hours()
        async with self._engine.connect() as connection:
            found = await orders(connection, signed.staff, state, now, after)
        shown = [(one, tone_of(hours, one.due_at, now, "order")) for one in found[:ON_A_PAGE]]
        further = after + ON_A_PAGE if len(found) > ON_A_PAGE else 0
        return {
            "orders": shown,
            "state": state,
            "states": STATES,
            "after": after,
            "further": further,
            "places": self._places(found),
            "alarms": [f"order:{one.id}" for one, tone in shown if tone == "late" and one.closed_at is None],
            "name_of": name_of,
        }

    async def export(
        self, request: Request, signed: Annotated[Signed, needs("desk.work")], state: State = "all"
    ) -> Response:
        """The same for a spreadsheet; noted."""
        async with self._engine.begin() as connection:
            found = await orders(connection, signed.staff, state, self._clock(), most=MOST_EXPORTED)
            await note(connection, signed.staff, "order.export", f"state:{state}", rows=len(found))
        places, items = self._places(found), self._items()
        head = [self._screens.words.say(f"order.field.{name}") for name in COLUMNS]
        rows = [self._cells(one, places, items) for one in found]
        return Response(sheet([head, *rows]), headers=CSV)

    async def one(self, request: Request, number: Number, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """One with its history; it prints on a page."""
        return await self._show_one(request, number_of(number), signed, {}, dict.fromkeys(GIVEN, ""))

    async def act(self, request: Request, number: Number, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """Something was done about it."""
        form = await request.form()
        key, given = number_of(number), {name: str(form.get(name, "")).strip() for name in GIVEN}
        act, written = given["act"], given["words"].replace("\r\n", "\n")
        days, department = days_of(given["days"]), given["department"]
        wrong = {
            "act": act not in ACTS,
            "words": len(written) > LONGEST or (act in NEEDS_WORDS and not written),
            "days": act in NEEDS_DAYS and not days,
            "department": len(department) > LONGEST_TITLE,
        }
        say = partial(self._screens.words.say, most=LONGEST, most_title=LONGEST_TITLE, most_days=MOST_DAYS)
        faults = {name: say(f"order.wrong.{name}") for name, is_wrong in wrong.items() if is_wrong}
        if faults:
            return await self._show_one(request, key, signed, faults, given)
        try:
            async with self._engine.begin() as connection:
                work = Work(cast(Act, act), written, days, department)
                await do(connection, signed.staff, self._hours(), self._screens.words, key, work, self._clock())
        except Unsayable as error:
            sentence = self._screens.words.say(error.key, most=LONGEST_REPLY)
            return await self._show_one(request, key, signed, {"words": sentence}, given)
        except Refused as error:
            return self._screens.go(f"{ORDERS}/{key}", error.key)
        return self._screens.go(f"{ORDERS}/{key}", "order.noted")

    async def _show_one(
        self, request: Request, number: int, signed: Signed, faults: dict[str, str], given: dict[str, str]
    ) -> Response:
        async with self._engine.begin() as connection:
            found = await order(connection, signed.staff, number)
            if found is None:
                raise NotThere
            lines = await history(connection, number)
            await note(connection, signed.staff, "order.view", f"work_order:{number}")
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        values: dict[str, Any] = {
            "one": found,
            "number": name_of(found.id, found.made_at),
            "history": lines,
            "tone": tone_of(self._hours(), found.due_at, self._clock(), "order"),
            "acts": [act for act in ACTS if found.status in ALLOWED[act]],
            "items": self._items(),
            "places": self._places([found]),
            "given": given,
            "faults": faults,
            "most": LONGEST,
            "most_title": LONGEST_TITLE,
        }
        return self._screens.show(request, "office/work_order.html", signed, status, **values)

    def _cells(self, one: Any, places: dict[str, str], items: dict[str, str]) -> list[str | int | None]:
        say = self._screens.words.say
        cells: dict[str, str | int | None] = {
            **{name: getattr(one, name) for name in AS_THEY_ARE},
            "number": name_of(one.id, one.made_at),
            "status": say(f"order.status.{one.status}"),
            "channel": say(f"office.channel.{one.channel}"),
            "asker": say(f"desk.asks_for.{one.asker}"),
            "category": say(f"order.category.{one.category}"),
            "urgency": say(f"order.urgency.{one.urgency}"),
            "topic": items.get(one.topic, ""),
            "place": places.get(one.region, ""),
            "is_confidential": say("order.holds" if one.is_confidential else "order.holds_not"),
            "wants_reply": say("order.holds" if one.wants_reply else "order.holds_not"),
            "made_by": one.name,
            "made_at": _minute(one.made_at),
            "limit": one.limit_working_days,
            "due_on": one.due_on.isoformat(),
            "told_at": _minute(one.told_at),
            "closed_at": _minute(one.closed_at),
        }
        return [cells[name] for name in COLUMNS]

    def _items(self) -> dict[str, str]:
        return {one.id: one.name for one in self._library().catalogue.items}

    def _places(self, found: Any) -> dict[str, str]:
        return place_names((one.region for one in found), self._library().regions)


def _minute(at: datetime | None) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if at else ""
