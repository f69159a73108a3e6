"""Questions and answers as Excel: out, in, and what a file would change before anything changes."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.changes.changes import Changes
from api.changes.records import Proposed
from api.changes.refusals import ChangeRefused
from api.excel.archive import MOST_ROWS
from api.excel.columns import headers
from api.excel.difference import KIND, difference_in
from api.excel.export import CONTENT_TYPE, workbook_of
from api.excel.faults import SheetRefused
from api.excel.places import Place, places_of, province_of_book
from api.excel.reading import read_book
from api.excel.rows import Fallback
from api.excel.waiting import Taking, Waiting, WaitingSheets
from api.http.staff.door import needs
from api.http.staff.missing import not_found
from api.http.staff.paths import STUDIO, uuid_of
from api.http.staff.screens import Screens
from api.http.staff.uploads import file_name_of
from api.releases.store import NoRelease
from api.staff.sessions import Signed
from knowledge.check.texts import MOST_SENTENCES
from knowledge.library import Library

EXCEL = f"{STUDIO}/excel"
MOST_FAULTS = 500
MOST_SHOWN = 100
Files = Callable[[], Awaitable[Mapping[str, bytes]]]
Named = Annotated[str, Path(max_length=40)]


class ExcelRoutes:
    """Who may read the studio takes the file; editors bring it back, for the places that are their business."""

    def __init__(
        self,
        screens: Screens,
        library: Callable[[], Library],
        files: Files,
        changes: Changes,
        waiting: WaitingSheets,
    ) -> None:
        """files: those of the release in use, by their paths."""
        self._screens = screens
        self._library = library
        self._files = files
        self._changes = changes
        self._waiting = waiting

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(EXCEL, self.show, methods=["GET", "HEAD"])
        router.add_api_route(EXCEL, self.bring, methods=["POST"])
        router.add_api_route(f"{EXCEL}/export/{{province}}", self.export, methods=["GET", "HEAD"])
        router.add_api_route(f"{EXCEL}/template/{{province}}", self.template, methods=["GET", "HEAD"])
        router.add_api_route(f"{EXCEL}/{{number}}", self.difference, methods=["GET", "HEAD"])
        router.add_api_route(f"{EXCEL}/{{number}}", self.take, methods=["POST"])
        return router

    async def show(self, request: Request, signed: Annotated[Signed, needs("studio.read")]) -> Response:
        """Where files are taken and brought."""
        mine = self._provinces(signed)
        only = next(iter(mine)) if len(mine) == 1 else ""
        return self._page(request, signed, {"province": request.query_params.get("province", only), "source": ""})

    async def export(
        self, request: Request, province: Named, signed: Annotated[Signed, needs("studio.read")]
    ) -> Response:
        """All entries of a province."""
        return await self._download(self._places(signed, province), "excel.file_name")

    async def template(
        self, request: Request, province: Named, signed: Annotated[Signed, needs("studio.read")]
    ) -> Response:
        """The same sheet with nothing in it."""
        return await self._download(self._places(signed, province)[:1], "excel.template_name", is_template=True)

    async def bring(self, request: Request, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """Reads a file and shows what is wrong with it, or leads to what it would change."""
        form = await request.form()
        given = {name: str(form.get(name, "")).strip()[:200] for name in ("province", "source")}
        file = form.get("file")
        library = self._library()
        provinces = {one: places_of(library, known) for one, known in library.provinces.items()}
        if not isinstance(file, UploadFile) or not file.filename:
            faults = {"file": self._say("excel.wrong.file"), **self._wrong(signed, given, provinces)}
            return self._page(request, signed, given, faults=faults)
        content, name = await file.read(), file_name_of(file)
        try:
            book = await asyncio.to_thread(read_book, content)
        except SheetRefused as refused:
            return self._page(request, signed, given, refused=self._say(refused.key, **refused.values))
        given["province"] = await asyncio.to_thread(province_of_book, book, provinces, given["province"])
        if not given["province"]:
            return self._page(request, signed, given, faults={"province": self._say("excel.wrong.no_province")})
        if faults := self._wrong(signed, given, provinces):
            return self._page(request, signed, given, faults=faults)
        places = provinces[given["province"]]
        mine, fallback = self._own(signed, places), self._fallback(given["source"], places)
        try:
            files = await self._files()
        except NoRelease as error:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from error
        found = await asyncio.to_thread(difference_in, book, places, files, lambda place: place in mine, fallback)
        if found.faults:
            listed = [(one, self._say(f"excel.fault.{one.key}", **one.values)) for one in found.faults[:MOST_FAULTS]]
            return self._page(request, signed, given, wrong=listed, wrong_total=len(found.faults))
        number = await self._waiting.keep(signed.staff, given["province"], name, found)
        return self._screens.go(f"{EXCEL}/{number}")

    def _wrong(self, signed: Signed, given: dict[str, str], provinces: dict[str, list[Place]]) -> dict[str, str]:
        """What was chosen wrongly, by field. A province that was not chosen is told by the file."""
        places = provinces.get(given["province"], [])
        wrong = {
            "province": bool(given["province"]) and not self._own(signed, places),
            "source": bool(given["source"] and places) and self._fallback(given["source"], places) is None,
        }
        return {name: self._say(f"excel.wrong.{name}") for name, is_wrong in wrong.items() if is_wrong}

    async def difference(
        self, request: Request, number: Named, signed: Annotated[Signed, needs("studio.edit")]
    ) -> Response:
        """What a file would change."""
        waiting = await self._waiting.find(signed.staff, _number(number))
        if waiting is None:
            return self._screens.go(EXCEL, "excel.gone")
        labels = {name: head.header for name, head in headers().items()}
        return self._screens.show(
            request, "studio/excel_difference.html", signed, waiting=waiting, found=waiting.difference,
            labels=labels, most=MOST_SHOWN,
        )  # fmt: skip

    async def take(self, request: Request, number: Named, signed: Annotated[Signed, needs("studio.edit")]) -> Response:
        """Makes one change set of all of it, or of nothing."""
        async with self._waiting.taking(signed.staff, _number(number)) as taking:
            waiting = taking.waiting
            if waiting is None:
                return self._screens.go(EXCEL, "excel.gone")
            if waiting.change_set is None and waiting.difference.edits:
                try:
                    made = await self._propose(signed, taking, waiting)
                except ChangeRefused as refused:
                    given = {"province": waiting.province, "source": ""}
                    sentence = self._screens.words.say(refused.key, **refused.values)
                    return self._page(request, signed, given, refused=sentence)
                return self._screens.go(f"{STUDIO}/changes/{made}", "excel.taken")
        return self._screens.go(f"{EXCEL}/{number}")

    async def _propose(self, signed: Signed, taking: Taking, waiting: Waiting) -> int:
        found = waiting.difference
        province = self._library().provinces[waiting.province]
        name = self._library().region_of(province).short_name
        title = self._say("excel.change_set", province=name, file=waiting.file_name)
        reason = self._say("excel.reason", file=waiting.file_name, new=len(found.new), changed=len(found.changed))
        made = await self._changes.create(signed.staff, title, reason)
        edits = [Proposed(one.path, KIND, one.key, one.before, one.after) for one in found.edits]
        try:
            await self._changes.put_edits(signed.staff, made, edits)
        except ChangeRefused:
            await self._changes.withdraw(signed.staff, made)
            raise
        await taking.became(waiting, made)
        return made

    def _places(self, signed: Signed, province: str) -> list[Place]:
        """The places of a province that are his business. Raises HTTPException when there are none."""
        library = self._library()
        known = library.provinces.get(province)
        mine = self._own(signed, places_of(library, known)) if known else []
        if not mine:
            raise not_found()
        return mine

    def _provinces(self, signed: Signed) -> dict[str, list[Place]]:
        """The places that are his business, by the id of their province."""
        library = self._library()
        found = {name: self._own(signed, places_of(library, one)) for name, one in library.provinces.items()}
        return {name: places for name, places in found.items() if places}

    def _own(self, signed: Signed, places: list[Place]) -> list[Place]:
        """Those of the places that are his business."""
        return [place for place in places if signed.staff.covers(place.region, self._library().regions)]

    async def _download(self, places: list[Place], name: str, *, is_template: bool = False) -> Response:
        notes = self._say("excel.notes", sentences=MOST_SENTENCES).split("\n")
        content = await asyncio.to_thread(workbook_of, places, notes, is_template=is_template)
        file_name = quote(self._say(name, province=places[0].short_name))
        disposition = f"attachment; filename=\"faq.xlsx\"; filename*=UTF-8''{file_name}"
        return Response(content, media_type=CONTENT_TYPE, headers={"content-disposition": disposition})

    def _fallback(self, source: str, places: list[Place]) -> Fallback | None:
        guide, _, section = source.partition("|")
        known = {(name, one.id) for place in places[:1] for name, listed in place.sections.items() for one in listed}
        return Fallback(guide, section) if (guide, section) in known else None

    def _page(
        self,
        request: Request,
        signed: Signed,
        given: dict[str, str],
        faults: dict[str, str] | None = None,
        refused: str = "",
        **shown: Any,
    ) -> Response:
        library = self._library()
        mine = [
            {
                "id": name,
                "name": places[0].name,
                "short_name": places[0].short_name,
                "total": sum(len(place.topics) for place in places),
            }
            for name, places in self._provinces(signed).items()
        ]
        by_file = [] if len(mine) == 1 else [("", self._say("excel.by_file"))]
        is_bad = bool(faults or refused or shown.get("wrong"))
        return self._screens.show(
            request,
            "studio/excel.html",
            signed,
            HTTPStatus.UNPROCESSABLE_ENTITY if is_bad else HTTPStatus.OK,
            provinces=mine,
            choices=[*by_file, *((one["id"], one["name"]) for one in mine)],
            sources=self._sources(library, {str(one["id"]) for one in mine}),
            given=given,
            faults=faults or {},
            refused=refused,
            most_rows=MOST_ROWS,
            **{"wrong": (), "wrong_total": 0, **shown},
        )

    def _sources(self, library: Library, mine: set[str]) -> list[tuple[str, str]]:
        """The sections of all guides that may be the source of what has none."""
        found = [("", "—")]
        for province in library.provinces.values():
            for guide, listed in province.sections.items() if province.id in mine else ():
                name = province.guide(guide).short_name
                found += [(f"{guide}|{one.id}", f"{name} {one.id} {one.title}"[:60]) for one in listed]
        return found

    def _say(self, key: str, /, **values: Any) -> str:
        return self._screens.words.say(key, **values)


def _number(text: str) -> uuid.UUID:
    number = uuid_of(text)
    if number is None:
        raise not_found()
    return number
