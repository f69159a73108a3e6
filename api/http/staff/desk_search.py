"""For somebody at the window or on the telephone: what the guides say, and how far a case has come, without a chat."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from actions.ports import CaseProgress
from api.cases.projection import status_said
from api.desk.case_looks import CaseLooks, NotShown
from api.desk.suggestions import Suggestion, Suggestions
from api.desk.unmasking import LEAST_REASON, MOST_REASON
from api.http.staff.door import needs
from api.http.staff.screens import Screens
from api.staff.sessions import Signed
from knowledge.library import Library

SEARCH = "/desk/search"
MOST_CHARACTERS = 200
EVERYWHERE = ""
Words = Annotated[str, Query(max_length=MOST_CHARACTERS, pattern=r"^[^\x00]*$")]


class DeskSearchRoutes:
    """One page with two forms."""

    def __init__(
        self, screens: Screens, suggestions: Suggestions, looks: CaseLooks, library: Callable[[], Library]
    ) -> None:
        self._screens = screens
        self._suggestions = suggestions
        self._looks = looks
        self._library = library

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(SEARCH, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{SEARCH}/case", self.case, methods=["POST"])
        return router

    async def show(
        self,
        request: Request,
        signed: Annotated[Signed, needs("desk.work")],
        q: Words = "",
        place: Annotated[str, Query(max_length=6)] = EVERYWHERE,
    ) -> Response:
        """q: a question in everyday words; place: adcode of the province whose guide is asked, none for all."""
        question = q.strip()
        answers = await self._answers(question, place) if question else []
        return self._page(request, signed, q=question, place=place, answers=answers, is_asked=bool(question))

    async def case(self, request: Request, signed: Annotated[Signed, needs("desk.work")]) -> Response:
        """A case by its number and the proof; or, with the right to see what is hidden, by its number and a reason."""
        form = await request.form()
        given = {name: str(form.get(name, "")).strip() for name in ("number", "last_four", "reason")}
        try:
            if given["last_four"] or not signed.may("desk.unmask"):
                found = await self._looks.by_proof(signed.staff, given["number"], given["last_four"])
            else:
                found = await self._looks.by_right(signed.staff, given["number"], given["reason"])
        except NotShown as error:
            sentence = self._screens.words.say(error.key, least=LEAST_REASON, most=MOST_REASON)
            field = {"search.no_proof": "last_four", "search.no_reason": "reason"}.get(error.key, "number")
            kept = given | {"last_four": ""}
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return self._page(request, signed, status, given=kept, faults={field: sentence})
        return self._page(request, signed, case=self._shown(found))

    async def _answers(self, question: str, place: str) -> list[tuple[str, list[Suggestion]]]:
        """The answers by the name of the province. A place that the question names itself goes before."""
        library = self._library()
        provinces = [library.region_of(one) for one in library.provinces.values()]
        asked = [one for one in provinces if place in (EVERYWHERE, one.code)]
        return [(one.short_name, await self._suggestions.at(one, question)) for one in asked]

    def _shown(self, case: CaseProgress) -> dict[str, Any]:
        library = self._library()
        region = library.regions.by_code(case.region)
        rows = [
            {
                "item": library.name_of("item", one.item),
                "department": library.name_of("department", one.department),
                "status": status_said(library, one.status, one.reported),
                "since": one.since,
                "due": one.due,
                "is_late": one.overdue,
                "note": one.note,
            }
            for one in case.items
        ]
        history = [
            (one.at, library.name_of("item", one.item), status_said(library, one.status, one.reported), one.note)
            for one in reversed(case.history)
        ]
        place = library.regions.describe(region) if region else case.region
        return {"case": case, "place": place, "rows": rows, "history": history}

    def _page(self, request: Request, signed: Signed, status: int = HTTPStatus.OK, **values: Any) -> Response:
        library = self._library()
        provinces = [library.region_of(one) for one in library.provinces.values()]
        nothing = {"q": "", "place": "", "answers": [], "is_asked": False, "case": None}
        given = {"number": "", "last_four": "", "reason": ""}
        shown = {**nothing, "given": given, "provinces": [(one.code, one.short_name) for one in provinces], **values}
        return self._screens.show(request, "desk/search.html", signed, status, most=MOST_CHARACTERS, **shown)
