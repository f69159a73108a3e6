"""The list of all entries, and where a new one begins."""

from __future__ import annotations

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
from api.studio.browsing import Wanted, counts, found, review_due
from api.studio.kinds import CAN_BE_NEW, KINDS, NATIONAL, path_of_new
from api.studio.opening import Openings
from knowledge.entry_kinds import city_of
from knowledge.entry_list import EntryList
from knowledge.regions import Regions

ENTRIES = f"{STUDIO}/entries"
NEW = f"{STUDIO}/new"
A_PAGE = 50
LONGEST = 100


class EntryRoutes:
    """Everybody in the studio looks; editors begin new ones."""

    def __init__(
        self, screens: Screens, changes: Changes, regions: Callable[[], Regions], today: Callable[[], date]
    ) -> None:
        self._screens = screens
        self._openings = Openings(changes, changes.workbench)
        self._regions = regions
        self._today = today

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
        listed, places = found(entries, wanted, self._today()), self._places(entries)
        page = number_or_none(asked.get("page", "")) or 1
        shown = listed[(page - 1) * A_PAGE : page * A_PAGE]
        query = {name: value for name, value in {**given, "overdue": "yes" if wanted.overdue else ""}.items() if value}
        return self._screens.show(
            request,
            "studio/entries.html",
            signed,
            wanted=wanted,
            count=len(listed),
            shown=[(one, review_due(one)) for one in shown],
            kinds=self._named([kind for kind, number in counts(entries).items() if number]),
            places=places,
            provinces=[(place, name) for place, name in places.items() if "/" not in place],
            page=page,
            pages=-(-len(listed) // A_PAGE),
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

    async def _entries(self, change_set: int | None) -> EntryList:
        try:
            return await self._openings.entries(change_set)
        except (NoRelease, NoChangeSet) as error:
            raise HTTPException(HTTPStatus.NOT_FOUND) from error

    def _named(self, kinds: Iterable[str]) -> list[tuple[str, str]]:
        return [(kind, self._screens.words.say(f"studio.kind.{kind}")) for kind in kinds]

    def _places(self, entries: EntryList) -> dict[str, str]:
        """Provinces, and cities as `province/city`, with their names."""
        regions = self._regions()
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
        return [
            place
            for place in self._places(entries)
            if signed.staff.covers(codes.get(place), self._regions()) and ("/" not in place or kind in ("topic", "gap"))
        ]
