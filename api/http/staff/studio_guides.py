"""The guides' own text: brought in, looked at beside the entries and the version before, released, withdrawn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from api.guides.bringing import Seen, sections_in, seen
from api.guides.comparison import cited_sections, marked
from api.guides.entry_names import entry_of, title_of
from api.guides.refusal import GuideRefused
from api.guides.sections import Section
from api.guides.store import GuideTexts, Meanwhile, OwnImport, Version
from api.http.staff.door import needs
from api.http.staff.entry_address import entry_address
from api.http.staff.missing import not_found
from api.http.staff.paths import STUDIO, number_of
from api.http.staff.screens import Screens
from api.http.staff.uploads import file_name_of
from api.staff.sessions import Signed
from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Guide

GUIDES = f"{STUDIO}/guides"
Number = Annotated[str, Path(max_length=40)]


class GuideRoutes:
    """Editors bring texts in, approvers release what others brought in; each for the places that are his business."""

    def __init__(self, screens: Screens, library: Callable[[], Library], texts: GuideTexts) -> None:
        self._screens = screens
        self._library = library
        self._texts = texts

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(GUIDES, self.show, methods=["GET", "HEAD"])
        router.add_api_route(GUIDES, self.bring, methods=["POST"])
        router.add_api_route(f"{GUIDES}/{{number}}", self.version, methods=["GET", "HEAD"])
        router.add_api_route(f"{GUIDES}/{{number}}/release", self.release, methods=["POST"])
        router.add_api_route(f"{GUIDES}/{{number}}/withdraw", self.withdraw, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """All guides, with the versions of their texts."""
        return await self._page(request, signed)

    async def bring(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """One more version of one guide."""
        form = await request.form()
        named, file = str(form.get("guide", ""))[:100], form.get("file")
        mine = next(((p, g) for p, g in self._mine(signed) if g.id == named), None)
        if mine is None:
            return await self._page(request, signed, self._screens.words.say("guides.not_yours"))
        if not isinstance(file, UploadFile) or not file.filename:
            return await self._page(request, signed, self._screens.words.say("guides.no_file"))
        province, guide = mine
        try:
            sections = await asyncio.to_thread(sections_in, await file.read(), province, guide.id)
        except GuideRefused as refused:
            return await self._page(request, signed, self._screens.words.say(refused.key, **refused.values))
        number, is_new = await self._texts.bring(signed.staff, province.id, guide.id, file_name_of(file), sections)
        said = "guides.brought" if is_new else "guides.same_text"
        return self._screens.go(f"{GUIDES}/{number}", said, sections=len(sections))

    async def version(
        self, request: Request, number: Number, signed: Annotated[Signed, needs("studio.read")]
    ) -> Response:
        """One version: its sections, what uses them, and what differs from the one before."""
        version, province, guide = await self._found(signed, number)
        older = [one for one in await self._texts.versions(guide.id) if one.number < version.number]
        before = older[0] if older else None
        sections = await self._texts.sections(version.id)
        was = await self._texts.sections(before.id) if before else None
        found = await asyncio.to_thread(seen, sections, was, province, guide.id)
        cited = cited_sections(province, guide.id)
        return self._screens.show(
            request,
            "studio/guide.html",
            signed,
            version=version,
            guide=guide,
            sections=sections,
            seen=found,
            before=before,
            cited=cited,
            links=self._links(province, _keys(cited.values(), found)),
            pieces=await asyncio.to_thread(_pieces, found),
            place=_places(sections),
            may_release=signed.may("studio.approve"),
            is_own=version.importer == signed.staff.id,
        )

    async def release(
        self, request: Request, number: Number, signed: Annotated[Signed, needs("studio.approve")]
    ) -> Response:
        """Lets veterans read it."""
        version, _, _ = await self._found(signed, number)
        try:
            await self._texts.release(signed.staff, version.id)
        except OwnImport:
            return self._screens.go(f"{GUIDES}/{version.id}", "guides.own")
        except Meanwhile:
            return self._screens.go(f"{GUIDES}/{version.id}", "guides.meanwhile")
        return self._screens.go(f"{GUIDES}/{version.id}", "guides.released")

    async def withdraw(
        self, request: Request, number: Number, signed: Annotated[Signed, needs("studio.approve")]
    ) -> Response:
        """Lets veterans read it no more."""
        version, _, _ = await self._found(signed, number)
        try:
            await self._texts.withdraw(signed.staff, version.id)
        except Meanwhile:
            return self._screens.go(f"{GUIDES}/{version.id}", "guides.meanwhile")
        return self._screens.go(f"{GUIDES}/{version.id}", "guides.withdrawn")

    def _mine(self, signed: Signed) -> list[tuple[ProvinceKnowledge, Guide]]:
        """The guides of places that are his business."""
        library = self._library()
        found = [
            (province, guide)
            for province in library.provinces.values()
            for guide in (*province.head.guides, *(city.guide for city in province.cities.values()))
        ]
        return [(province, guide) for province, guide in found if signed.staff.covers(guide.region, library.regions)]

    async def _found(self, signed: Signed, number: str) -> tuple[Version, ProvinceKnowledge, Guide]:
        """A version of a guide that is his business. Raises HTTPException for any other."""
        version = await self._texts.version(number_of(number))
        mine = next(((p, g) for p, g in self._mine(signed) if version and g.id == version.guide), None)
        if version is None or mine is None:
            raise not_found()
        return version, *mine

    async def _page(self, request: Request, signed: Signed, refused: str = "") -> Response:
        library = self._library()
        versions: dict[str, list[Version]] = {}
        for one in await self._texts.versions():
            versions.setdefault(one.guide, []).append(one)
        guides = []
        for province, guide in self._mine(signed):
            place = library.regions.by_code(guide.region) or library.region_of(province)
            own = versions.get(guide.id, [])
            read_out = next((one.id for one in own if one.is_read_out), None)
            guides.append(
                {
                    "id": guide.id,
                    "place": place.name,
                    "name": guide.short_name,
                    "title": guide.title,
                    "doc_no": guide.doc_no,
                    "versions": own,
                    "read_out": read_out,
                }
            )
        status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
        return self._screens.show(request, "studio/guides.html", signed, status, guides=guides, refused=refused)

    def _links(self, province: ProvinceKnowledge, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        library = self._library()
        return {
            key: {"address": entry_address(entry_of(province, key)), "title": title_of(library, province, key)}
            for key in keys
        }


def _keys(cited: Iterable[list[str]], found: Seen) -> set[str]:
    return {key for keys in cited for key in keys} | set(found.touched)


def _pieces(found: Seen) -> dict[str, list[tuple[str, str]]]:
    """What was rewritten in each section that both versions have."""
    both = [(one.number, one.before, one.after) for one in found.changes]
    return {number: marked(before, after) for number, before, after in both if before is not None and after is not None}


def _places(sections: list[Section]) -> dict[str, int]:
    return {one.number: place for place, one in enumerate(sections, start=1)}
