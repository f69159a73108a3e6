"""Errors as RFC 9457 problem details: the title in Chinese for whoever reads it, the detail in English, no echo."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import psycopg
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy import exc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.cases.faults import Faulty
from api.cases.intake import Conflict, NoSuchCase
from api.conversations.intake import AnotherSession, Flooded
from api.db.errors import kind_of
from api.http.actions import PATH as ACTION_PATH
from api.http.actions import failed_action
from api.http.bearer import NoKey, NotAllowed
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
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "not_allowed",
    HTTPStatus.REQUEST_TIMEOUT: "too_slow",
    HTTPStatus.CONFLICT: "conflict",
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
            NotAllowed: (HTTPStatus.FORBIDDEN, None),
            NoSuchCase: (HTTPStatus.NOT_FOUND, "there is no such case for this key"),
            Conflict: (HTTPStatus.CONFLICT, None),
            Flooded: (HTTPStatus.TOO_MANY_REQUESTS, "too many messages of this session are not handled yet"),
            **dict.fromkeys(DATABASE_AWAY, (HTTPStatus.SERVICE_UNAVAILABLE, "the database is away")),
        }
        for kind, (status, detail) in known.items():
            app.add_exception_handler(kind, self._handler(status, detail))
        app.add_exception_handler(NoKey, self._no_key)
        app.add_exception_handler(Faulty, self._faulty)  # type: ignore[arg-type]
        app.add_exception_handler(HTTPException, self._http_error)  # type: ignore[arg-type]
        app.add_exception_handler(Exception, self._unexpected)

    def answer(self, status: int, detail: str, title: str | None = None, **more: Any) -> Response:
        """One problem. title: the key of its wording, when it is not that of the status; more: further members."""
        named = self._wording.say(f"title.{title or TITLES.get(HTTPStatus(status), 'other')}")
        retry = status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse(
            {"type": "about:blank", "title": named, "status": int(status), "detail": detail, **more},
            status_code=status,
            headers={"retry-after": str(RETRY_SECONDS)} if retry else None,
            media_type="application/problem+json",
        )

    def _handler(self, status: HTTPStatus, detail: str | None):  # type: ignore[no-untyped-def]
        async def handle(request: Request, error: Exception) -> Response:
            return self._respond(request, status, detail or str(error))

        return handle

    async def _no_key(self, _: Request, __: Exception) -> Response:
        response = self.answer(HTTPStatus.UNAUTHORIZED, "a key that is in force is needed", title="no_key")
        response.headers["www-authenticate"] = 'Bearer realm="tuiyi", error="invalid_token"'
        return response

    async def _faulty(self, _: Request, error: Faulty) -> Response:
        detail = "the body cannot be used; errors names every fault, and nothing was stored"
        return self.answer(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=[asdict(one) for one in error.faults])

    async def _http_error(self, _: Request, error: HTTPException) -> Response:
        response = self.answer(error.status_code, HTTPStatus(error.status_code).phrase)
        response.headers.update(error.headers or {})
        return response

    async def _unexpected(self, request: Request, error: Exception) -> Response:
        log.error("request_failed", error=kind_of(error))
        return self._respond(request, HTTPStatus.INTERNAL_SERVER_ERROR, "the request failed; the log has the reason")

    def _respond(self, request: Request, status: HTTPStatus, detail: str) -> Response:
        if request.url.path == ACTION_PATH:
            # Rasa would swallow an error and hand on what other actions of the turn said, as if that were all.
            return JSONResponse(failed_action(detail))
        return self.answer(status, detail)
