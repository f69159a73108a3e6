"""The pages of releases: who published what when and why, and back to an older one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.changes import refusals
from api.changes.acts import LONGEST_REASON
from api.changes.changes import Changes
from api.changes.records import Proposed
from api.http.staff.door import needs
from api.http.staff.paths import STUDIO, number_of
from api.http.staff.screens import Screens
from api.http.staff.studio_change_pages import ChangePages
from api.releases.store import NoRelease, Release, Releases
from api.staff.sessions import Signed
from api.studio.release_reason import plain_reason
from knowledge.entry_list import EntryList
from knowledge.regions import Regions

RELEASES = f"{STUDIO}/releases"
A_PAGE = 50
MOST_SHOWN = 100
"""Of the entries in which two releases differ; how many there are is said."""


class ReleaseRoutes:
    """Everybody in the studio reads them; approvers restore one."""

    def __init__(self, screens: Screens, changes: Changes, releases: Releases, regions: Callable[[], Regions]) -> None:
        self._screens = screens
        self._changes = changes
        self._releases = releases
        self._pages = ChangePages(screens, changes, regions)

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(RELEASES, self.show_all, methods=["GET", "HEAD"])
        router.add_api_route(f"{RELEASES}/{{number}}", self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{RELEASES}/{{number}}/restore", self.confirm, methods=["GET", "HEAD"])
        router.add_api_route(f"{RELEASES}/{{number}}/restore", self.restore, methods=["POST"])
        return router

    async def show_all(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The newest, or those before one."""
        before = request.query_params.get("before", "")
        found = await self._releases.list(A_PAGE + 1, number_of(before) if before else None)
        return self._screens.show(
            request,
            "studio/releases.html",
            signed,
            found=found[:A_PAGE],
            has_more=len(found) > A_PAGE,
            newest=None if before else found[0].number if found else None,
            names=await self._names(found),
            undoing=await self._changes.undone_by(one.number for one in found),
            reason_of=self._reason_of,
        )

    async def show(
        self,
        request: Request,
        number: Annotated[str, Path(max_length=40)],
        signed: Annotated[Signed, needs("studio.read")],
    ) -> Response:
        """One of them: what it changed in the one before."""
        release = await self._release(number)
        earlier = await self._releases.list(1, before=release.number)
        listed = await self._entries(release.number)
        edits = list(_differences(await self._entries(earlier[0].number), listed)) if earlier else []
        newest = await self._releases.current()
        return self._screens.show(
            request,
            "studio/release.html",
            signed,
            one=release,
            newest=newest.number,
            names=await self._names([release]),
            undoing=await self._changes.undone_by([release.number]),
            reason_of=self._reason_of,
            shown=await self._pages.shown(edits[:MOST_SHOWN], listed),
            count=len(edits),
            is_first=not earlier,
        )

    async def confirm(
        self,
        request: Request,
        number: Annotated[str, Path(max_length=40)],
        signed: Annotated[Signed, needs("studio.approve")],
    ) -> Response:
        """What would change if it were restored, and why it is to be."""
        return await self._asked(request, signed, number)

    async def restore(
        self,
        request: Request,
        number: Annotated[str, Path(max_length=40)],
        signed: Annotated[Signed, needs("studio.approve")],
    ) -> Response:
        """Makes it the newest."""
        reason = str((await request.form()).get("reason", ""))
        to = (await self._release(number)).number
        try:
            release = await self._changes.roll_back(signed.staff, to, reason)
        except refusals.ChangeRefused as error:
            return await self._asked(request, signed, number, reason, self._pages.say(error))
        return self._screens.go(RELEASES, "changes.said.rolled_back", to=to, release=release)

    async def _asked(
        self, request: Request, signed: Signed, number: str, reason: str = "", refused: str = ""
    ) -> Response:
        release = await self._release(number)
        _, _, present = await self._changes.workbench.base()
        listed = await self._entries(release.number)
        edits = list(_differences(present, listed))
        newest = await self._releases.current()
        return self._screens.show(
            request,
            "studio/restore.html",
            signed,
            HTTPStatus.CONFLICT if refused else HTTPStatus.OK,
            one=release,
            newest=newest.number,
            names=await self._names([release]),
            undoing=await self._changes.undone_by([release.number]),
            reason_of=self._reason_of,
            shown=await self._pages.shown(edits[:MOST_SHOWN], listed),
            count=len(edits),
            given=reason,
            refused=refused,
            longest_reason=LONGEST_REASON,
        )

    def _reason_of(self, release: Release) -> str:
        return plain_reason(release, self._screens.words)

    async def _release(self, number: str) -> Release:
        try:
            return await self._releases.release(number_of(number))
        except NoRelease as error:
            raise HTTPException(HTTPStatus.NOT_FOUND) from error

    async def _entries(self, number: int) -> EntryList:
        _, _, present = await self._changes.workbench.base()
        return EntryList(await self._releases.files(number), present)

    async def _names(self, found: list[Release]) -> dict[int, str]:
        return await self._changes.names(who for one in found for who in (one.made_by, one.approved_by))


def _differences(old: EntryList, new: EntryList) -> Iterator[Proposed]:
    """What was edited between two sets of entries."""
    before, after = ({one.name: one.text for one in listed.entries} for listed in (old, new))
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield Proposed(*name, before.get(name), after.get(name))
