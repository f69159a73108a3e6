"""Errors as RFC 9457 problem details: the title in Chinese for whoever reads it, the detail in English, no echo."""

from __future__ import annotations

from http import HTTPStatus

import psycopg
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy import exc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.conversations.intake import AnotherSession, Flooded
from api.http.actions import PATH as ACTION_PATH
from api.http.actions import failed_action
from api.http.bodies import TooLarge, TooSlow
from bot.channels.channel import Unauthorised, Unusable
from bot.wording import Wording

log = structlog.get_logger()

RETRY_SECONDS = 5
DATABASE_AWAY = (
    exc.OperationalError,
    exc.InterfaceError,
    exc.TimeoutError,
    psycopg.OperationalError,
)
TITLES = {
    HTTPStatus.UNAUTHORIZED: "unauthorised",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "not_allowed",
    HTTPStatus.REQUEST_TIMEOUT: "too_slow",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "unusable",
    HTTPStatus.TOO_MANY_REQUESTS: "too_many",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}


class Problems:
    """Turns exceptions into problem details, for the whole app."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def install(self, app: FastAPI) -> None:
        """Lets the app answer its errors in this form."""
        known = {
            Unauthorised: (HTTPStatus.UNAUTHORIZED, None),
            Unusable: (HTTPStatus.UNPROCESSABLE_ENTITY, None),
            AnotherSession: (HTTPStatus.UNPROCESSABLE_ENTITY, "message_id belongs to another session"),
            RequestValidationError: (HTTPStatus.UNPROCESSABLE_ENTITY, "the request is not what was expected"),
            TooLarge: (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body is over 256 KiB"),
            TooSlow: (HTTPStatus.REQUEST_TIMEOUT, "body did not arrive in time"),
            Flooded: (HTTPStatus.TOO_MANY_REQUESTS, "too many messages of this session are not handled yet"),
            **dict.fromkeys(DATABASE_AWAY, (HTTPStatus.SERVICE_UNAVAILABLE, "the database is away")),
        }
        for kind, (status, detail) in known.items():
            app.add_exception_handler(kind, self._handler(status, detail))
        app.add_exception_handler(HTTPException, self._http_error)  # type: ignore[arg-type]
        app.add_exception_handler(Exception, self._unexpected)

    def answer(self, status: int, detail: str) -> Response:
        """One problem."""
        title = self._wording.say(f"title.{TITLES.get(HTTPStatus(status), 'other')}")
        retry = status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse(
            {"type": "about:blank", "title": title, "status": int(status), "detail": detail},
            status_code=status,
            headers={"retry-after": str(RETRY_SECONDS)} if retry else None,
            media_type="application/problem+json",
        )

    def _handler(self, status: HTTPStatus, detail: str | None):  # type: ignore[no-untyped-def]
        async def handle(request: Request, error: Exception) -> Response:
            return self._respond(request, status, detail or str(error))

        return handle

    async def _http_error(self, _: Request, error: HTTPException) -> Response:
        response = self.answer(error.status_code, HTTPStatus(error.status_code).phrase)
        response.headers.update(error.headers or {})
        return response

    async def _unexpected(self, request: Request, error: Exception) -> Response:
        log.error("request_failed", error=type(error).__name__)
        return self._respond(request, HTTPStatus.INTERNAL_SERVER_ERROR, "the request failed; the log has the reason")

    def _respond(self, request: Request, status: HTTPStatus, detail: str) -> Response:
        if request.url.path == ACTION_PATH:
            # Rasa would swallow an error and hand on what other actions of the turn said, as if that were all.
            return JSONResponse(failed_action(detail))
        return self.answer(status, detail)
