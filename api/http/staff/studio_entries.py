"""The list of all entries, and where a new one begins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.changes.changes import Changes
from api.changes.refusals import NoChangeSet
from api.http.staff.door import needs
from api.http.staff.entry_address import ENTRY, entry_address, number_or_none
from api.http.staff.paths import STUDIO
from api.http.staff.screens import Screens
from api.releases.store import NoRelease
from api.staff.sessions import Signed
from api.studio.browsing import Wanted, counts, listed, review_due
from api.studio.finding import Finder
from api.studio.kinds import CAN_BE_NEW, KINDS, NATIONAL, path_of_new
from api.studio.opening import Openings
from knowledge.entry_kinds import city_of
from knowledge.entry_list import EntryList, ListedEntry
from knowledge.reference import Reference

ENTRIES = f"{STUDIO}/entries"
NEW = f"{STUDIO}/new"
A_PAGE = 50
LONGEST = 100


class EntryRoutes:
    """Everybody in the studio looks; editors begin new ones."""

    def __init__(
        self, screens: Screens, changes: Changes, knowledge: Callable[[], Reference], today: Callable[[], date]
    ) -> None:
        self._screens = screens
        self._openings = Openings(changes, changes.workbench)
        self._knowledge = knowledge
        self._today = today
        self._kept: Finder | None = None
        self._busy = asyncio.Lock()

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(ENTRIES, self.show, methods=["GET", "HEAD"])
        router.add_api_route(NEW, self.begin, methods=["GET", "HEAD"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The entries that fit, a page at a time."""
        asked = request.query_params
        given = {name: asked.get(name, "").strip()[:LONGEST] for name in ("kind", "province", "words")}
        wanted = Wanted(**given, overdue=bool(asked.get("overdue")))
        entries = await self._entries(None)
        places = self._places(entries)
        finder = await self._finder(entries, places)
        found = await asyncio.to_thread(listed, finder, wanted, self._today())
        page = number_or_none(asked.get("page", "")) or 1
        literal = len(found.entries) - found.near
        shown = list(enumerate(found.entries))[(page - 1) * A_PAGE : page * A_PAGE]
        query = {name: value for name, value in {**given, "overdue": "yes" if wanted.overdue else ""}.items() if value}
        return self._screens.show(
            request,
            "studio/entries.html",
            signed,
            wanted=wanted,
            count=literal,
            near=found.near,
            shown=[(one, review_due(one), number >= literal) for number, one in shown],
            kinds=self._named([kind for kind, number in counts(entries).items() if number]),
            places=places,
            provinces=[(place, name) for place, name in places.items() if "/" not in place],
            page=page,
            pages=-(-len(found.entries) // A_PAGE),
            query=urlencode(query),
            entry_address=entry_address,
            today=self._today().isoformat(),
            can_be_new=wanted.kind in CAN_BE_NEW and signed.may("studio.edit"),
        )

    async def begin(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """Asks what is to be made and for where, then opens its empty form."""
        asked = request.query_params
        kind, place, number = asked.get("kind", "topic"), asked.get("place", ""), asked.get("set", "")
        entries = await self._entries(number_or_none(number))
        places = self._own_places(signed, entries, kind)
        chosen = next((one for one in places if one == place), None)
        if kind in CAN_BE_NEW and (kind in NATIONAL or chosen):
            province, _, city = (chosen or "").partition("/")
            path = path_of_new(kind, province, city)
            return self._screens.go(f"{ENTRY}?{urlencode({'path': path, 'kind': kind, 'key': '', 'set': number})}")
        names = self._places(entries)
        faults = {"place": self._screens.words.say("studio.no_place")} if place else {}
        return self._screens.show(
            request,
            "studio/new.html",
            signed,
            HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
            kind=kind if kind in CAN_BE_NEW else "topic",
            kinds=self._named([one for one in KINDS if one in CAN_BE_NEW]),
            places=[("", self._screens.words.say("studio.national")), *((one, names[one]) for one in places)],
            place=place,
            set_number=number,
            faults=faults,
        )

    async def _finder(self, entries: EntryList, places: dict[str, str]) -> Finder:
        """The one over these entries and what is spoken from; made anew when either changes."""
        knowledge, national = self._knowledge(), self._screens.words.say("studio.national")

        def place(one: ListedEntry) -> str:
            city = city_of(one.path)
            return places.get(f"{one.province}/{city}" if city else one.province or "", national)

        async with self._busy:
            if self._kept is None or self._kept.entries is not entries or self._kept.knowledge is not knowledge:
                self._kept = await asyncio.to_thread(Finder, entries, knowledge, self._screens.words, place)
            return self._kept

    async def _entries(self, change_set: int | None) -> EntryList:
        try:
            return await self._openings.entries(change_set)
        except (NoRelease, NoChangeSet) as error:
            raise HTTPException(HTTPStatus.NOT_FOUND) from error

    def _named(self, kinds: Iterable[str]) -> list[tuple[str, str]]:
        return [(kind, self._screens.words.say(f"studio.kind.{kind}")) for kind in kinds]

    def _places(self, entries: EntryList) -> dict[str, str]:
        """Provinces, and cities as `province/city`, with their names."""
        regions = self._knowledge().library.regions
        found: dict[str, str] = {}
        for one in entries.entries:
            region = regions.by_code(one.region) if one.region else None
            if one.kind == "province" and one.province:
                found[one.province] = region.name if region else one.province
            elif one.kind == "city" and one.province:
                found[f"{one.province}/{city_of(one.path)}"] = regions.describe(region) if region else one.key
        return found

    def _own_places(self, signed: Signed, entries: EntryList, kind: str) -> list[str]:
        """Those whose entries are his business; cities have only some kinds."""
        codes = {
            one.province if one.kind == "province" else f"{one.province}/{city_of(one.path)}": one.region
            for one in entries.entries
            if one.kind in ("province", "city")
        }
        regions = self._knowledge().library.regions
        return [
            place
            for place in self._places(entries)
            if signed.staff.covers(codes.get(place), regions) and ("/" not in place or kind in ("topic", "gap"))
        ]
