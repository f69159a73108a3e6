"""Everybody's own page: who he is here, what he may do, and his password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.http.staff.door import needs
from api.http.staff.paths import HOME, PASSWORD, SIGN_IN
from api.http.staff.screens import Screens
from api.staff.accounts import StaffUnusable, set_password
from api.staff.audit import note
from api.staff.passwords import PasswordUnusable
from api.staff.rights import ROLES, rights_of
from api.staff.sessions import Signed
from api.staff.sign_in import NotLetIn, SignIn
from knowledge.regions import Regions


class AccountRoutes:
    """The routes of the own page."""

    def __init__(
        self,
        door: SignIn,
        engine: AsyncEngine,
        screens: Screens,
        regions: Callable[[], Regions],
        clock: Callable[[], datetime],
    ) -> None:
        self._door = door
        self._engine = engine
        self._screens = screens
        self._regions = regions
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(HOME, self.show, methods=["GET", "HEAD"])
        router.add_api_route(PASSWORD, self.ask, methods=["GET", "HEAD"])
        router.add_api_route(PASSWORD, self.change, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("staff.self")]) -> Response:
        """Name, roles, places and rights."""
        regions = self._regions()
        found = [regions.by_code(code) for code in signed.staff.regions]
        places = [regions.describe(one) for one in found if one]
        roles = [one for one in ROLES if one in signed.staff.roles]
        rights = sorted(rights_of(signed.staff.roles) - {"staff.self"})
        return self._screens.show(request, "home.html", signed, places=places, roles=roles, rights=rights)

    async def ask(self, request: Request, signed: Annotated[Signed, needs("staff.self")]) -> Response:
        """The form for another password."""
        return self._screens.show(request, "password.html", signed)

    async def change(self, request: Request, signed: Annotated[Signed, needs("staff.self")]) -> Response:
        """Sets it, which ends all sessions of this person."""
        form = await request.form()
        old, new, again = (str(form.get(name, "")) for name in ("old", "new", "again"))
        say = self._screens.words.say
        faults = {} if new == again else {"again": say("password.not_the_same")}
        try:
            await self._door.confirm(signed.staff, old)
        except NotLetIn as error:
            is_wrong = type(error) is NotLetIn
            faults = {"old": say("password.wrong" if is_wrong else error.key), **faults}
        if not faults and new == old:
            faults["new"] = say("password.the_old_one")
        if not faults:
            try:
                async with self._engine.begin() as connection:
                    await set_password(connection, signed.staff.login, new, self._clock())
                    await note(connection, signed.staff, "staff.password", f"staff:{signed.staff.login}")
                return self._screens.go(SIGN_IN, "password.changed")
            except PasswordUnusable as error:
                faults["new"] = say(error.key)
            except StaffUnusable:  # Closed in this very moment, which has ended his sessions too.
                return self._screens.go(SIGN_IN)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return self._screens.show(request, "password.html", signed, status, faults=faults)
