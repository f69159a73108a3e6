"""The page on which an administrator makes, changes, closes and opens accounts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.sealing import Sealer
from api.http.staff.door import needs
from api.http.staff.missing import not_found
from api.http.staff.screens import Screens
from api.staff.accounts import (
    LONGEST_NAME,
    StaffUnusable,
    add_staff,
    all_staff,
    change_account,
    close_account,
    one_time_password,
    reopen_account,
    set_password,
)
from api.staff.audit import note
from api.staff.rights import ROLES
from api.staff.sessions import Signed
from api.staff.sign_in import forget_tries
from knowledge.regions import Regions

PEOPLE = "/staff/people"
ONE = f"{PEOPLE}/{{login}}"
MOST_PLACES = 40
Login = Annotated[str, Path(max_length=40)]
FIELD = {"people.login": "login", "people.taken": "login", "people.name": "name", "people.roles": "roles"}


class PeopleRoutes:
    """The list, and a page for each account."""

    def __init__(
        self,
        engine: AsyncEngine,
        screens: Screens,
        sealer: Sealer,
        regions: Callable[[], Regions],
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._sealer = sealer
        self._regions = regions
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(PEOPLE, self.show, methods=["GET", "HEAD"])
        router.add_api_route(PEOPLE, self.add, methods=["POST"])
        router.add_api_route(ONE, self.one, methods=["GET", "HEAD"])
        for name, act in (
            ("change", self.change),
            ("password", self.password),
            ("unlock", self.unlock),
            ("close", self.close),
            ("reopen", self.reopen),
        ):
            router.add_api_route(f"{ONE}/{name}", act, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("staff.manage")]) -> Response:
        """Everybody who has or had an account."""
        return await self._list(request, signed, {"login": "", "name": "", "roles": [], "places": ""}, {})

    async def add(self, request: Request, signed: Annotated[Signed, needs("staff.manage")]) -> Response:
        """One more, whose password is shown this once."""
        form = await request.form()
        given, codes, faults = self._read(form)
        given["login"] = login = str(form.get("login", "")).strip().lower()
        if not faults:
            password = one_time_password(login)
            try:
                async with self._engine.begin() as connection:
                    await add_staff(connection, login, given["name"], password, given["roles"], codes, True)
                    detail = {"roles": given["roles"], "regions": codes}
                    await note(connection, signed.staff, "staff.add", f"staff:{login}", **detail)
                return await self._made(request, signed, login, password)
            except StaffUnusable as error:
                faults = self._fault(error)
        return await self._list(request, signed, given, faults)

    async def one(self, request: Request, login: Login, signed: Annotated[Signed, needs("staff.manage")]) -> Response:
        """One account."""
        return await self._one(request, signed, login)

    async def change(
        self, request: Request, login: Login, signed: Annotated[Signed, needs("staff.manage")]
    ) -> Response:
        """Another name, other roles and places."""
        given, codes, faults = self._read(await request.form())
        if login == signed.staff.login and "admin" not in given["roles"]:
            faults["roles"] = self._screens.words.say("people.own")
        if not faults:
            try:
                async with self._engine.begin() as connection:
                    await change_account(connection, login, given["name"], given["roles"], codes)
                    detail = {"roles": given["roles"], "regions": codes}
                    await note(connection, signed.staff, "staff.change", f"staff:{login}", **detail)
                return self._screens.go(f"{PEOPLE}/{login}", "people.changed")
            except StaffUnusable as error:
                faults = self._fault(error)
        return await self._one(request, signed, login, given, faults)

    async def password(
        self, request: Request, login: Login, signed: Annotated[Signed, needs("staff.manage")]
    ) -> Response:
        """A password for one use, shown this once. It ends all of his sessions, and opens a locked door."""
        password = one_time_password(login)

        async def work(connection: AsyncConnection) -> None:
            await set_password(connection, login, password, self._clock(), must_change=True)
            await forget_tries(connection, self._sealer, login)

        refused = await self._do(signed, login, "staff.one_time", work)
        return refused or await self._made(request, signed, login, password)

    async def unlock(
        self, request: Request, login: Login, signed: Annotated[Signed, needs("staff.manage")]
    ) -> Response:
        """Forgets wrong tries, so that he need not wait for a quarter of an hour."""
        refused = await self._do(
            signed, login, "staff.unlock", lambda connection: forget_tries(connection, self._sealer, login)
        )
        return refused or self._screens.go(f"{PEOPLE}/{login}", "people.unlocked")

    async def close(self, request: Request, login: Login, signed: Annotated[Signed, needs("staff.manage")]) -> Response:
        """Lets him in no more."""
        if login == signed.staff.login:
            return self._screens.go(f"{PEOPLE}/{login}", "people.own")
        refused = await self._do(
            signed, login, "staff.disable", lambda connection: close_account(connection, login, self._clock())
        )
        return refused or self._screens.go(f"{PEOPLE}/{login}", "people.was_closed")

    async def reopen(
        self, request: Request, login: Login, signed: Annotated[Signed, needs("staff.manage")]
    ) -> Response:
        """Lets him in again, with a password for one use: who knew the old one is not known any more."""
        password = one_time_password(login)

        async def work(connection: AsyncConnection) -> None:
            await reopen_account(connection, login)
            await set_password(connection, login, password, self._clock(), must_change=True)

        refused = await self._do(signed, login, "staff.reopen", work)
        return refused or await self._made(request, signed, login, password)

    async def _do(
        self, signed: Signed, login: str, act: str, work: Callable[[AsyncConnection], Awaitable[None]]
    ) -> Response | None:
        """Does it and notes it; where to go when it cannot be done."""
        await self._row(login)
        try:
            async with self._engine.begin() as connection:
                await work(connection)
                await note(connection, signed.staff, act, f"staff:{login}")
        except StaffUnusable as error:
            return self._screens.go(f"{PEOPLE}/{login}", error.key)
        return None

    def _read(self, form: FormData) -> tuple[dict[str, Any], list[str], dict[str, str]]:
        """What was filled in, the adcodes of the places, and what is wrong with it."""
        roles = [one for one in ROLES if one in form.getlist("roles")]
        places = str(form.get("places", "")).strip()
        named = [one for one in places.replace("，", "、").replace(",", "、").replace(" ", "、").split("、") if one]
        found = [self._regions().lookup(one) or self._regions().by_code(one) for one in named[:MOST_PLACES]]
        given = {"name": str(form.get("name", "")).strip(), "roles": roles, "places": places}
        unknown = "、".join(one for one, region in zip(named, found, strict=False) if region is None)
        faults = {"places": self._screens.words.say("people.places", unknown=unknown)} if unknown else {}
        if len(named) > MOST_PLACES:  # Whoever has fewer places than were written finds out from those he misses.
            faults["places"] = self._screens.words.say("people.too_many_places", most=MOST_PLACES)
        return given, list(dict.fromkeys(one.code for one in found if one)), faults

    def _fault(self, error: StaffUnusable) -> dict[str, str]:
        return {FIELD.get(error.key, "name"): self._screens.words.say(error.key)}

    async def _rows(self) -> list[Any]:
        async with self._engine.connect() as connection:
            return list(await all_staff(connection))

    async def _row(self, login: str) -> Any:
        found = next((one for one in await self._rows() if one.login == login), None)
        if found is None:
            raise not_found()
        return found

    def _places(self, row: Any) -> str:
        regions = self._regions()
        known = [(code, regions.by_code(code)) for code in row.regions]
        return "、".join(regions.describe(region) if region else code for code, region in known)

    async def _list(self, request: Request, signed: Signed, given: dict[str, Any], faults: dict[str, str]) -> Response:
        people = [(row, self._places(row)) for row in await self._rows()]
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        values = {"people": people, "given": given, "faults": faults, "all_roles": ROLES, "most": LONGEST_NAME}
        return self._screens.show(request, "people/list.html", signed, status, **values)

    async def _one(
        self,
        request: Request,
        signed: Signed,
        login: str,
        given: dict[str, Any] | None = None,
        faults: dict[str, str] | None = None,
    ) -> Response:
        row = await self._row(login)
        kept = {"name": row.name, "roles": row.roles, "places": "、".join(self._names(row))}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        values = {"person": row, "given": given or kept, "faults": faults or {}, "all_roles": ROLES}
        return self._screens.show(request, "people/one.html", signed, status, most=LONGEST_NAME, **values)

    def _names(self, row: Any) -> list[str]:
        """Names that `_read` understands again; an adcode where a name stands for several places."""
        regions = self._regions()
        names = [(code, regions.by_code(code)) for code in row.regions]
        shown = []
        for code, region in names:
            again = regions.lookup(region.name) if region else None
            shown.append(region.name if region and again and again.code == code else code)
        return shown

    async def _made(self, request: Request, signed: Signed, login: str, password: str) -> Response:
        row = await self._row(login)
        return self._screens.show(request, "people/password.html", signed, person=row, password=password)
