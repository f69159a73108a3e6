"""What a change set would change: begun by a click, shown old beside new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.changes.changes import Changes
from api.changes.difference import marked
from api.changes.records import OPEN
from api.changes.refusals import NoChangeSet
from api.http.staff.door import needs
from api.http.staff.missing import not_found
from api.http.staff.paths import STUDIO, number_of
from api.http.staff.screens import Screens
from api.impact.gate import is_broken
from api.impact.journeys import LISTS
from api.impact.looks import Look, Looks, NotSound
from api.releases.store import NoRelease, Releases
from api.staff.sessions import Signed
from knowledge.library import Library

IMPACT = f"{STUDIO}/changes/{{number}}/impact"
MOST_SHOWN = 50
Number = Annotated[str, Path(max_length=40)]


class ImpactRoutes:
    """Whoever may read the studio looks."""

    def __init__(
        self,
        screens: Screens,
        changes: Changes,
        releases: Releases,
        looks: Looks,
        library: Callable[[], Library],
    ) -> None:
        self._screens = screens
        self._changes = changes
        self._releases = releases
        self._looks = looks
        self._library = library

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(IMPACT, self.show, methods=["GET", "HEAD"])
        router.add_api_route(IMPACT, self.begin, methods=["POST"])
        router.add_api_route(f"{IMPACT}/part", self.part, methods=["GET"])
        return router

    async def show(self, request: Request, number: Number, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The last look, or how far one is that is under way."""
        return self._screens.show(request, "studio/impact.html", signed, **await self._values(number, signed, request))

    async def part(self, request: Request, number: Number, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """The same for an open page."""
        values = await self._values(number, signed, request)
        return self._screens.part(request, "studio/impact_look.html", signed, **values)

    async def begin(self, number: Number, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """Looks anew."""
        known = number_of(number)
        address = IMPACT.format(number=known)
        try:
            change_set = await self._changes.get(known)
            if change_set.state not in OPEN:
                return self._screens.go(address, "impact.said.closed")
            await self._looks.begin(signed.staff.id, change_set)
        except (NoChangeSet, NoRelease):
            raise not_found() from None
        except NotSound:
            return self._screens.go(address, "impact.said.not_sound")
        return self._screens.go(address)

    async def _values(self, written: str, signed: Signed, request: Request) -> dict[str, Any]:
        number = number_of(written)
        try:
            change_set = await self._changes.get(number)
            release = (await self._releases.current()).number
        except (NoChangeSet, NoRelease):
            raise not_found() from None
        look = await self._looks.of(number)
        shows_all = request.query_params.get("show") == "all"
        found = (
            await self._found(number, look, signed, None if shows_all else MOST_SHOWN) if look and look.result else {}
        )
        return {
            "one": change_set,
            "look": look,
            "is_current": bool(look and look.is_of(change_set, release)),
            "is_open": change_set.state in OPEN,
            "lists": LISTS,
            "found": None,
            **found,
        }

    async def _found(self, number: int, look: Look, signed: Signed, most: int | None) -> dict[str, Any]:
        """What the look came to, with the words of real questions that are his business and still there."""
        result: Mapping[str, Any] = look.result or {}
        if "failed" in result:
            return {}
        library = self._library()
        names = {name: library.region_of(one).short_name for name, one in library.provinces.items()}
        codes = {name: library.region_of(one).code for name, one in library.provinces.items()}
        there = await self._looks.real(number)
        real = [one for one in there if signed.staff.covers(codes.get(one["province"]), library.regions)]
        other_gate = [one for one in result["gate"] if not is_broken(one)]
        return {
            "found": result,
            "counts": result["counts"],
            "names": names,
            "real": [_with_marks(one) for one in real[:most]],
            "real_elsewhere": len(there) - len(real),
            "real_rest": len(real) - len(real[:most]),
            "broken": [_with_marks(one) for one in result["gate"] if is_broken(one)],
            "other_gate": [_with_marks(one) for one in other_gate[:most]],
            "gate_rest": len(other_gate) - len(other_gate[:most]),
            "broken_personas": [one for one in result["personas"] if is_broken(one)],
            "other_personas": [one for one in result["personas"] if not is_broken(one)],
            "open": _together(result["open"]),
        }


def _with_marks(one: Mapping[str, Any]) -> dict[str, Any]:
    """With both sides' texts in parts, so that what differs can be marked."""
    old, new = (one[side]["text"] if one[side] else "" for side in ("old", "new"))
    before, after = marked(old, new)
    return {**one, "before": before, "after": after}


def _together(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Questionnaires to which the same happens, with how many they are."""
    groups: dict[str, dict[str, Any]] = {}
    for one in found:
        kept = {name: one[name] for name in ("province", "gone", "came", "next_before", "next_after")}
        groups.setdefault(repr(kept), {**kept, "people": 0})["people"] += 1
    return sorted(groups.values(), key=lambda one: -one["people"])
