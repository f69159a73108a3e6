"""What the consoles say when something is refused or fails: a page to people, problem details to scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.desk.ownership import NotThere
from api.http.bodies import TooLarge, TooSlow
from api.http.problems import DATABASE_AWAY, RETRY_SECONDS, Problems
from api.http.staff.door import HARMLESS, Forged, NoRight, NotSignedIn
from api.http.staff.headers import CONSOLES
from api.http.staff.paths import PASSWORD, sign_in_path
from api.http.staff.screens import Screens

Handler = Callable[[Request, Exception], Awaitable[Response]]
SAID = {
    HTTPStatus.FORBIDDEN: "refused.forged",
    HTTPStatus.NOT_FOUND: "refused.not_found",
    HTTPStatus.CONFLICT: "refused.conflict",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "refused.too_large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "refused.unusable",
    HTTPStatus.SERVICE_UNAVAILABLE: "refused.away",
}


class Refusals:
    """Answers the errors of the consoles' routes."""

    def __init__(self, screens: Screens, problems: Problems) -> None:
        self._screens = screens
        self._problems = problems

    def install(self, app: FastAPI) -> None:
        """Lets the app answer so; what fails elsewhere is answered as before. After `Problems.install`."""
        app.add_exception_handler(NotSignedIn, self._not_signed_in)
        app.add_exception_handler(NoRight, self._no_right)  # type: ignore[arg-type]
        app.add_exception_handler(Forged, self._failed(HTTPStatus.FORBIDDEN))
        app.add_exception_handler(NotThere, self._failed(HTTPStatus.NOT_FOUND))
        statuses: dict[type[Exception], HTTPStatus] = {
            RequestValidationError: HTTPStatus.UNPROCESSABLE_ENTITY,
            TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            TooSlow: HTTPStatus.REQUEST_TIMEOUT,
            **dict.fromkeys(DATABASE_AWAY, HTTPStatus.SERVICE_UNAVAILABLE),
        }
        for kind, status in statuses.items():
            app.add_exception_handler(kind, self._page_or(self._failed(status), app.exception_handlers[kind]))
        app.add_exception_handler(HTTPException, self._page_or(self._http_error, app.exception_handlers[HTTPException]))
        app.add_exception_handler(Exception, self._page_after(app.exception_handlers[Exception]))

    async def _not_signed_in(self, request: Request, _: Exception) -> Response:
        if not _by_person(request):
            return self._problems.answer(HTTPStatus.UNAUTHORIZED, "sign in first")
        if request.method in HARMLESS:
            return self._screens.go(sign_in_path(_asked_for(request)))
        # Nothing of what was posted is kept here; the browser still has it behind its back button.
        return self._screens.show(
            request,
            "sign_in.html",
            None,
            HTTPStatus.UNAUTHORIZED,
            wrong="sign_in.too_late",
            login="",
            next=_from(request),
        )

    async def _no_right(self, request: Request, error: NoRight) -> Response:
        if not _by_person(request):
            return self._problems.answer(HTTPStatus.FORBIDDEN, str(error))
        if error.signed.staff.must_change:
            return self._screens.go(PASSWORD, "password.choose_first")
        values = {"said_why": "refused.no_right", "right": error.right}
        return self._screens.show(request, "refused.html", error.signed, HTTPStatus.FORBIDDEN, **values)

    async def _http_error(self, request: Request, error: Exception) -> Response:
        status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
        return await self._failed(status)(request, error)

    def _failed(self, status: HTTPStatus) -> Handler:
        async def answer(request: Request, _: Exception) -> Response:
            if not _by_person(request):
                return self._problems.answer(status, status.phrase)
            said = SAID.get(status, "refused.other")
            response = self._screens.show(request, "refused.html", None, status, said_why=said, right="")
            if status == HTTPStatus.SERVICE_UNAVAILABLE:
                response.headers["retry-after"] = str(RETRY_SECONDS)
            return response

        return answer

    def _page_or(self, ours: Handler, before: Any) -> Handler:
        async def answer(request: Request, error: Exception) -> Response:
            if CONSOLES.match(request.url.path):
                return await ours(request, error)
            response: Response = await before(request, error)
            return response

        return answer

    def _page_after(self, before: Any) -> Handler:
        """Lets the others do what they do, such as to note it in the log, and shows a page where one is wanted."""

        async def answer(request: Request, error: Exception) -> Response:
            response: Response = await before(request, error)
            if not CONSOLES.match(request.url.path):
                return response
            return await self._failed(HTTPStatus(response.status_code))(request, error)

        return answer


def _by_person(request: Request) -> bool:
    """Whether a browser asks for a page, and not a script for a part of one or an event."""
    return "text/html" in request.headers.get("accept", "") and "x-unattended" not in request.headers


def _asked_for(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"


def _from(request: Request) -> str:
    """The page on which the form stood."""
    return urlsplit(request.headers.get("referer", "")).path
