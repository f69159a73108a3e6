"""The pages of change sets: which there are, what one changes, and every step on its way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from api.changes import refusals
from api.changes.changes import Changes
from api.conversations.desk_hours import LOCAL
from api.http.staff.door import needs
from api.http.staff.paths import STUDIO, number_of
from api.http.staff.screens import Screens
from api.http.staff.studio_change_pages import ChangePages
from api.staff.accounts import Staff
from api.staff.sessions import Signed
from knowledge.regions import Regions

CHANGES = f"{STUDIO}/changes"


class ChangeRoutes:
    """Editors make and submit sets; approvers decide on them."""

    def __init__(self, screens: Screens, changes: Changes, regions: Callable[[], Regions]) -> None:
        self._screens = screens
        self._changes = changes
        self._pages = ChangePages(screens, changes, regions)

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(CHANGES, self.show_all, methods=["GET", "HEAD"])
        router.add_api_route(CHANGES, self.begin, methods=["POST"])
        router.add_api_route(f"{CHANGES}/{{number}}", self.show, methods=["GET", "HEAD"])
        for name in ("rename", "take-back", "submit", "reopen", "withdraw", "take-up"):
            router.add_api_route(f"{CHANGES}/{{number}}/{name}", self._editing(name), methods=["POST"])
        for name in ("approve", "publish", "reject", "undo", "keep"):
            router.add_api_route(f"{CHANGES}/{{number}}/{name}", self._deciding(name), methods=["POST"])
        return router

    async def show_all(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The sets at one stage, or one's own."""
        return await self._pages.all(request, signed, {"title": "", "reason": ""}, {})

    async def begin(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """A new set."""
        form = await request.form()
        given = {name: str(form.get(name, "")) for name in ("title", "reason")}
        try:
            number = await self._changes.create(signed.staff, given["title"], given["reason"])
        except refusals.ChangeRefused as error:
            field = "reason" if isinstance(error, refusals.ReasonTooLong) else "title"
            return await self._pages.all(request, signed, given, {field: self._pages.say(error)})
        return self._screens.go(f"{CHANGES}/{number}", "changes.said.begun")

    async def show(
        self,
        request: Request,
        number: Annotated[str, Path(max_length=40)],
        signed: Annotated[Signed, needs("studio.read")],
    ) -> Response:
        """One set."""
        return await self._pages.one(request, signed, number_of(number))

    def _editing(self, name: str) -> Callable[..., Awaitable[Response]]:
        async def act(
            request: Request,
            number: Annotated[str, Path(max_length=40)],
            signed: Annotated[Signed, needs("studio.edit")],
        ) -> Response:
            return await self._act(request, signed, number_of(number), name)

        return act

    def _deciding(self, name: str) -> Callable[..., Awaitable[Response]]:
        async def act(
            request: Request,
            number: Annotated[str, Path(max_length=40)],
            signed: Annotated[Signed, needs("studio.approve")],
        ) -> Response:
            return await self._act(request, signed, number_of(number), name)

        return act

    async def _act(self, request: Request, signed: Signed, number: int, name: str) -> Response:
        """Does it and says so, or shows the page with why not."""
        form = await request.form()
        try:
            said, values = await self._done(signed.staff, number, name, form)
        except refusals.ChangeRefused as error:
            return await self._pages.one(request, signed, number, error, name, form)
        return self._screens.go(f"{CHANGES}/{number}", f"changes.said.{said}", **values)

    async def _done(self, staff: Staff, number: int, name: str, form: FormData) -> tuple[str, dict[str, str | int]]:
        """The key of what is said, with its values."""
        changes, version = self._changes, _whole(form, "version")
        text = {key: str(form.get(key, "")) for key in ("title", "reason", "path", "kind", "key", "override_reason")}
        if name == "rename":
            await changes.rename(staff, number, text["title"], text["reason"])
            return "renamed", {}
        if name == "take-back":
            await changes.take_back(staff, number, text["path"], text["kind"], text["key"])
            return "taken_back", {}
        if name == "submit":
            if text["reason"].strip():
                await changes.rename(staff, number, text["title"], text["reason"])
                version += 1
            await changes.submit(staff, number, version)
            return "submitted", {}
        if name == "approve":
            times = {key: _time(form, key) for key in ("publish_at", "expires_at")}
            override = text["override_reason"]
            release = await changes.approve(staff, number, version, **times, override_reason=override)
            return ("published", {"release": release}) if release else ("waits", {})
        if name == "reject":
            await changes.reject(staff, number, version, text["reason"])
            return "rejected", {}
        if name == "publish":
            return "published", {"release": await changes.publish_now(staff, number, text["override_reason"])}
        if name == "undo":
            return "undone", {"release": await changes.undo(staff, number, text["reason"])}
        plain: dict[str, tuple[Callable[[Staff, int], Awaitable[None]], str]] = {
            "reopen": (changes.reopen, "reopened"),
            "withdraw": (changes.withdraw, "withdrawn"),
            "take-up": (changes.take_up, "taken_up"),
            "keep": (changes.keep, "kept"),
        }
        do, said = plain[name]
        await do(staff, number)
        return said, {}


def _whole(form: FormData, name: str) -> int:
    given = str(form.get(name, ""))
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _time(form: FormData, name: str) -> datetime | None:
    """The local time that was chosen; none when the field is empty. Raises BadTime."""
    given = str(form.get(name, "")).strip()
    if not given:
        return None
    try:
        return datetime.fromisoformat(given).replace(tzinfo=LOCAL)
    except ValueError as error:
        raise refusals.BadTime from error
