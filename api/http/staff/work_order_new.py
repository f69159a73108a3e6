"""A new work order: out of a chat, filled with what is known and masked, or for somebody at the counter."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.desk_hours import DeskHours
from api.desk.brief import brief_of
from api.desk.chat import read_chat, region_of
from api.http.staff.desk_chat import look_up_own
from api.http.staff.door import needs
from api.http.staff.paths import uuid_of
from api.http.staff.screens import Screens
from api.http.staff.work_orders import ORDERS
from api.office.work_orders import (
    CATEGORIES,
    LIMITS,
    LONGEST,
    LONGEST_TITLE,
    MOST_DAYS,
    URGENCIES,
    Given,
    days_of,
    make,
)
from api.staff.sessions import Signed
from knowledge.library import Library

SHORTEST = 4
"""What is not longer (人工, 不用了) says nothing about the matter."""
FIELDS = ("category", "urgency", "topic", "case_no", "title", "content", "place", "department", "dispatch_note", "days")


class NewWorkOrderRoutes:
    """The form and what it makes. Comes before the routes of one order, for which `new` would be a number."""

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
        router.add_api_route(f"{ORDERS}/new", self.new, methods=["GET", "HEAD"])
        router.add_api_route(ORDERS, self.make, methods=["POST"])
        return router

    async def new(
        self, request: Request, signed: Annotated[Signed, needs("desk.work")], conversation: uuid.UUID | None = None
    ) -> Response:
        """The form; out of a chat it is filled with what is known, masked."""
        given = dict.fromkeys(FIELDS, "") | {"category": "help", "urgency": "normal", "days": str(LIMITS["help"])}
        if conversation is not None:
            async with self._engine.connect() as connection:
                row = await look_up_own(connection, conversation, signed, self._library())
                chat = await read_chat(connection, row)
            brief = brief_of(chat, self._library())
            is_complaint = any(one.reason == "complaint" for one in chat.requests)
            category = "complaint" if is_complaint else "help"
            region = self._library().regions.by_code(region_of(row) or "")
            said = [one.text for one in chat.said if one.speaker == "person" and len(one.text) > SHORTEST][-8:]
            given |= {
                "category": category,
                "days": str(LIMITS[category]),
                "place": self._library().regions.describe(region) if region else "",
                "case_no": brief.cases[0].number if brief.cases else "",
                "title": said[0][:LONGEST_TITLE] if said else "",
                "content": "\n".join(said)[:LONGEST],
            }
        return self._form(request, signed, given, {}, uuid.uuid4(), conversation, is_confidential=False, wants=True)

    async def make(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """Makes it and leads there; all faults are told at once."""
        form = await request.form()
        given = {name: str(form.get(name, "")).strip() for name in FIELDS}
        conversation, sent_by = uuid_of(form.get("conversation")), uuid_of(form.get("form")) or uuid.uuid4()
        regions = self._library().regions
        region = regions.lookup(given["place"])
        days = days_of(given["days"])
        faults = {
            "category": given["category"] not in CATEGORIES,
            "urgency": given["urgency"] not in URGENCIES,
            "title": not given["title"] or len(given["title"]) > LONGEST_TITLE,
            "content": not given["content"] or len(given["content"]) > LONGEST,
            "place": bool(given["place"]) and not (region and signed.staff.covers(region.code, regions)),
            "department": not given["department"] or len(given["department"]) > LONGEST_TITLE,
            "dispatch_note": len(given["dispatch_note"]) > LONGEST,
            "case_no": len(given["case_no"]) > 40,
            "days": not days,
        }
        confidential, wants = form.get("is_confidential") == "yes", form.get("wants_reply") == "yes"
        most = {"most": LONGEST, "most_title": LONGEST_TITLE, "most_days": MOST_DAYS}
        say = self._screens.words.say
        wrong = {name: say(f"order.fault.{name}", **most) for name, is_wrong in faults.items() if is_wrong}
        if wrong:
            return self._form(request, signed, given, wrong, sent_by, conversation, confidential, wants)
        items = {one.id for one in self._library().catalogue.items}
        async with self._engine.begin() as connection:
            channel, asker = "counter", "self"
            if conversation is not None:
                row = await look_up_own(connection, conversation, signed, self._library())
                channel, asker = row.channel, row.speaker
            number = await make(
                connection,
                signed.staff,
                Given(
                    form=sent_by,
                    conversation=conversation,
                    channel=channel,
                    asker=asker,
                    region=region.code if region else None,
                    category=given["category"],
                    urgency=given["urgency"],
                    topic=given["topic"] if given["topic"] in items else None,
                    case_no=given["case_no"] or None,
                    title=given["title"],
                    content=given["content"],
                    department=given["department"],
                    dispatch_note=given["dispatch_note"],
                    is_confidential=confidential,
                    wants_reply=wants,
                    working_days=days,
                ),
                self._hours(),
                self._clock(),
            )
        return self._screens.go(f"{ORDERS}/{number}", "order.made")

    def _form(
        self,
        request: Request,
        signed: Signed,
        given: dict[str, str],
        faults: dict[str, str],
        form: uuid.UUID,
        conversation: uuid.UUID | None,
        is_confidential: bool,
        wants: bool,
    ) -> Response:
        catalogue = self._library().catalogue
        values: dict[str, Any] = {
            "given": given,
            "faults": faults,
            "form": form,
            "conversation": conversation,
            "is_confidential": is_confidential,
            "wants": wants,
            "categories": CATEGORIES,
            "limits": LIMITS,
            "urgencies": URGENCIES,
            "items": [(one.id, one.name) for one in catalogue.items],
            "departments": [one.name for one in catalogue.departments],
            "most": LONGEST,
            "most_title": LONGEST_TITLE,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return self._screens.show(request, "office/work_order_new.html", signed, status, **values)
