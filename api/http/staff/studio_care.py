"""「内容体检」: what is to be looked at again, said twice or in two ways, never needed, left half way; and the log."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.care.acts import ON_A_PAGE as ACTS_ON_A_PAGE
from api.care.acts import acts
from api.care.apart import contradictions
from api.care.drop_off import drop_off
from api.care.reviews import guide_reviews, owners, reviews, without_day
from api.care.suggested import suggestions
from api.care.twice import Pair, pairs
from api.care.uses import Use, counted_since, never_used, uses
from api.care.vanished import vanished
from api.guides.entry_names import entry_of, title_of
from api.guides.store import GuideTexts
from api.http.staff.door import needs
from api.http.staff.entry_address import entry_address, number_or_none
from api.http.staff.inbox_page import provinces_of
from api.http.staff.paths import LARGEST_ID, STUDIO
from api.http.staff.screens import Screens
from api.staff.sessions import Signed
from knowledge.coverage import coverage_of
from knowledge.entry_kinds import EntryName
from knowledge.library import ProvinceKnowledge
from knowledge.reference import Reference

CARE = f"{STUDIO}/care"
VIEWS = ("review", "gone", "suggested", "twice", "apart", "use", "unused", "coverage", "leaving", "log")
A_PAGE = 50
DAYS = 90
LONGEST = 200
Shown = Callable[[Request, Reference, ProvinceKnowledge, int], Awaitable[dict[str, Any]]]


class CareRoutes:
    """The route /studio/care, one view at a time, of the provinces that are his business."""

    def __init__(
        self,
        screens: Screens,
        engine: AsyncEngine,
        knowledge: Callable[[], Reference],
        clock: Callable[[], datetime],
    ) -> None:
        self._screens = screens
        self._engine = engine
        self._knowledge = knowledge
        self._clock = clock
        self._texts = GuideTexts(engine)
        self._pairs: dict[tuple[str, str], list[Pair]] = {}
        self._views: dict[str, Shown] = {
            "review": self._review,
            "gone": self._gone,
            "suggested": self._suggested,
            "twice": self._twice,
            "apart": self._apart,
            "use": self._use,
            "unused": self._unused,
            "coverage": self._coverage,
            "leaving": self._leaving,
        }

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(CARE, self.show, methods=["GET", "HEAD"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """One view."""
        asked = request.query_params
        view = asked.get("view", "review") if asked.get("view") in VIEWS else "review"
        knowledge = self._knowledge()
        library = knowledge.library
        mine = provinces_of(signed.staff, library)
        chosen = asked.get("province", "") if asked.get("province") in mine else next(iter(mine), "")
        page = number_or_none(asked.get("page", "")) or 1
        values: dict[str, Any] = {}
        if view == "log":
            values = await self._log(request)
        elif chosen:
            values = await self._views[view](request, knowledge, library.provinces[chosen], page)
            values["gone"] = values.get("gone") or await vanished(self._texts, library.provinces[chosen])
        query = urlencode({"view": view, "province": chosen, "owner": asked.get("owner", "")[:LONGEST]})
        names = [(one, library.region_of(library.provinces[one]).short_name) for one in mine]
        return self._screens.show(
            request,
            "studio/care.html",
            signed,
            view=view,
            views=VIEWS,
            chosen=chosen,
            provinces=names,
            page=page,
            query=query,
            days=DAYS,
            entry_address=entry_address,
            **{"gone": (), **values},
        )

    async def _review(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        today, owner = self._clock().date(), request.query_params.get("owner", "")[:LONGEST]
        library = knowledge.library
        unset = without_day(library, province, today, owner)
        shown = unset[(page - 1) * A_PAGE : page * A_PAGE]
        return {
            "due": reviews(library, province, today, owner),
            "guides": guide_reviews(province, today),
            "unset": shown,
            "unset_count": len(unset),
            "has_more": len(unset) > page * A_PAGE,
            "owners": owners(province),
            "owner": owner,
        }

    async def _gone(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        links = self._links(knowledge, province)
        found = await vanished(self._texts, province)
        return {"gone": found, "touched": [list(dict.fromkeys(links(fact) for fact in one.facts)) for one in found]}

    async def _suggested(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        links = self._links(knowledge, province)
        since = self._clock() - timedelta(days=DAYS)
        async with self._engine.connect() as connection:
            found = await suggestions(connection, province, knowledge, since)
        shown = found[(page - 1) * A_PAGE : page * A_PAGE]
        listed = [(one, links(one.fact, one.title)) for one in shown]
        return {"suggested": listed, "has_more": len(found) > page * A_PAGE}

    async def _twice(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        name = (knowledge.library.release, province.id)
        if name not in self._pairs:
            # Only those of the release in use are kept.
            self._pairs = {one: kept for one, kept in self._pairs.items() if one[0] == knowledge.library.release}
            self._pairs[name] = await asyncio.to_thread(pairs, province, knowledge)
        links = self._links(knowledge, province)
        return {
            "pairs": [
                (one, links(one.one.id, one.one.title), links(one.other.id, one.other.title))
                for one in self._pairs[name]
            ]
        }

    async def _apart(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        links = self._links(knowledge, province)
        found = contradictions(knowledge.library, province)
        return {"apart": [(one, links(one.first[0]), links(one.second[0])) for one in found]}

    async def _use(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        found, since = await self._uses(knowledge, province)
        links = self._links(knowledge, province)
        shown = found[(page - 1) * A_PAGE : page * A_PAGE]
        listed = [(one, links(one.fact)) for one in shown]
        return {"used": listed, "has_more": len(found) > page * A_PAGE, "counted_since": since}

    async def _unused(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        found, since = await self._uses(knowledge, province)
        links = self._links(knowledge, province)
        never = never_used(knowledge, province, found)
        shown = [links(fact, title) for fact, title in never[(page - 1) * A_PAGE : page * A_PAGE]]
        more = {"has_more": len(never) > page * A_PAGE, "counted_since": since}
        return {"unused": shown, "unused_count": len(never), **more}

    async def _uses(self, knowledge: Reference, province: ProvinceKnowledge) -> tuple[list[Use], datetime | None]:
        since = self._clock() - timedelta(days=DAYS)
        async with self._engine.connect() as connection:
            found = await uses(connection, province.id, since.date(), knowledge.library.release)
            return found, await counted_since(connection)

    async def _coverage(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        links = self._links(knowledge, province)
        texts = {one.guide: one.id for one in await self._texts.versions() if one.is_read_out}
        return {
            "coverage": [
                {
                    "guide": province.guide(one.guide),
                    "percent": round(one.percent),
                    "text": texts.get(one.guide),
                    "sections": [
                        (section, [links(fact) for fact in facts if fact in knowledge.library.facts])
                        for section, facts in one.sections.items()
                    ],
                    "used": one.used,
                }
                for one in coverage_of(province)
            ]
        }

    async def _leaving(
        self, request: Request, knowledge: Reference, province: ProvinceKnowledge, page: int
    ) -> dict[str, Any]:
        now = self._clock()
        async with self._engine.connect() as connection:
            return {"leaving": await drop_off(connection, province, now - timedelta(days=DAYS), now)}

    async def _log(self, request: Request) -> dict[str, Any]:
        asked = request.query_params
        parts = [asked.get(name, "")[:LONGEST].replace("\x00", "") for name in ("path", "kind", "key")]
        name = EntryName(*parts) if all(parts) else None
        number = number_or_none(asked.get("before", "")) or LARGEST_ID
        async with self._engine.connect() as connection:
            found = await acts(connection, name, number)
        shown = found[:ACTS_ON_A_PAGE]
        named = {"path": parts[0], "kind": parts[1], "key": parts[2]} if name else {}
        older = urlencode({"view": "log", **named, "before": shown[-1].id}) if len(found) > len(shown) else ""
        return {"acts": shown, "about": name, "older": older}

    def _links(self, knowledge: Reference, province: ProvinceKnowledge) -> Callable[..., tuple[str, str]]:
        """From a fact to the address of its entry and its title."""
        there = knowledge.library.facts

        def link(fact: str, title: str = "") -> tuple[str, str]:
            if fact not in there:
                return "", title or fact
            return entry_address(entry_of(province, fact)), title or title_of(knowledge.library, province, fact)

        return link
