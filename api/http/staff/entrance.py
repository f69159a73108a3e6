"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.http.bodies import read_body
from api.http.staff.door import COOKIE, Forged, needs
from api.http.staff.paths import DESK, HOME, PASSWORD, SIGN_IN, SIGN_OUT, STUDIO, is_ours
from api.http.staff.screens import Screens
from api.staff.accounts import Staff
from api.staff.audit import note
from api.staff.sessions import Signed, end_session
from api.staff.sign_in import Busy, Locked, NotLetIn, SignIn

STATUS = {Locked: HTTPStatus.TOO_MANY_REQUESTS, Busy: HTTPStatus.TOO_MANY_REQUESTS}


class Entrance:
    """The routes without which there is no session."""

    def __init__(
        self, door: SignIn, engine: AsyncEngine, screens: Screens, public_url: str, clock: Callable[[], datetime]
    ) -> None:
        """`public_url`: where people reach us from outside, which says whether a cookie must travel encrypted."""
        self._door = door
        self._engine = engine
        self._screens = screens
        self._public = urlsplit(public_url)
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(SIGN_IN, self.ask, methods=["GET", "HEAD"])
        router.add_api_route(SIGN_IN, self.enter, methods=["POST"])
        router.add_api_route(SIGN_OUT, self.leave, methods=["POST"])
        return router

    async def ask(self, request: Request, next: str = "") -> Response:
        """The form."""
        return self._screens.show(request, "sign_in.html", None, wrong="", login="", next=next if is_ours(next) else "")

    async def enter(self, request: Request) -> Response:
        """Signs in and leads to where the person wanted."""
        if not _comes_from_us(request):
            raise Forged
        form = dict(parse_qsl((await read_body(request)).decode("utf-8", "replace")))
        login, wanted = form.get("login", ""), form.get("next", "")
        wanted = wanted if is_ours(wanted) else ""
        try:
            staff, token = await self._door.enter(login, form.get("password", ""), request.cookies.get(COOKIE, ""))
        except NotLetIn as error:
            status = STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY)
            values = {"wrong": error.key, "login": login[:40], "next": wanted}
            return self._screens.show(request, "sign_in.html", None, status, **values)
        response = self._screens.go(PASSWORD if staff.must_change else wanted or first_page(staff))
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=self._is_encrypted(request))
        return response

    async def leave(self, request: Request, signed: Annotated[Signed, needs("staff.self")]) -> RedirectResponse:
        """Ends the session."""
        async with self._engine.begin() as connection:
            await end_session(connection, request.cookies.get(COOKIE, ""), self._clock())
            await note(connection, signed.staff, "staff.sign_out", f"staff:{signed.staff.login}")
        response = self._screens.go(SIGN_IN, "sign_in.left")
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return response

    def _is_encrypted(self, request: Request) -> bool:
        """Also behind a proxy that decrypts, which we know by its address only."""
        behind = self._public.scheme == "https" and request.headers.get("host", "") == self._public.netloc
        return behind or request.url.scheme == "https"


def first_page(staff: Staff) -> str:
    """Where somebody's work is."""
    if staff.may("desk.work"):
        return DESK
    return STUDIO if staff.may("studio.read") else HOME


def _comes_from_us(request: Request) -> bool:
    """Whether the form was our own page's. There is no session yet whose token it could carry."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    is_same = origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
    return is_same and site in ("same-origin", "none")
