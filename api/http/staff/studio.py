"""The studio's first page: what an editor or approver needs in the morning."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.changes.changes import Changes
from api.changes.records import OPEN, ChangeSet
from api.http.staff.door import needs
from api.http.staff.paths import STUDIO
from api.http.staff.screens import Screens
from api.releases.store import NoRelease
from api.staff.accounts import Staff
from api.staff.sessions import Signed
from api.studio.browsing import counts
from api.studio.kinds import KINDS
from knowledge.entry_list import EntryList


class StudioRoutes:
    """The route /studio."""

    def __init__(self, screens: Screens, changes: Changes, unanswered: Callable[[Staff], Awaitable[int]]) -> None:
        """unanswered: how many groups of questions wait for this person."""
        self._screens = screens
        self._unanswered = unanswered
        self._changes = changes

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(STUDIO, self.show, methods=["GET", "HEAD"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """His change sets, what waits for him, and the way to every entry."""
        try:
            release, _, entries = await self._changes.workbench.base()
        except NoRelease:
            # Before the first import there is nothing to look at yet.
            release, entries = None, EntryList({})
        open_sets = await self._changes.list(OPEN)
        me = signed.staff.id
        mine = [one for one in open_sets if me in one.authors]
        submitted = [one for one in open_sets if one.state == "submitted" and me not in one.authors]
        waiting = submitted if signed.may("studio.approve") else []
        others = [one for one in open_sets if one not in mine and one not in waiting]
        numbers = counts(entries)
        stuck = await self._changes.in_trouble()
        return self._screens.show(
            request,
            "studio/start.html",
            signed,
            release=release,
            mine=mine,
            unanswered=await self._unanswered(signed.staff),
            waiting=waiting,
            others=others,
            stuck=[(one, self._why(one)) for one in stuck],
            names=await self._changes.names(one.created_by for one in (*open_sets, *stuck)),
            numbers=[(kind, numbers[kind]) for kind in KINDS if numbers[kind]],
        )

    def _why(self, change_set: ChangeSet) -> str:
        """Why its hour came in vain."""
        trouble, words = change_set.trouble or {}, self._screens.words
        return words.say(trouble["key"], **trouble["values"]) if words.knows(trouble.get("key", "")) else ""
