"""The figures of the office: plots, tables and a file for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.desk_hours import LOCAL
from api.http.staff.door import needs
from api.http.staff.screens import Screens
from api.office.figures import COUNTED, MEANS, REASONS, Key, by_day, by_province, figures, mean
from api.office.plots import plot
from api.office.sheets import sheet
from api.staff.sessions import Signed
from knowledge.regions import Regions

FIGURES = "/desk/figures"
PLOTTED = ("messages", "unanswered", "down", "handoffs", "waited", "stars")
COLUMNS = (*COUNTED, *MEANS)

Days = Literal["7", "30", "90"]


class FigureRoutes:
    """The routes of the figures."""

    def __init__(
        self, engine: AsyncEngine, screens: Screens, regions: Callable[[], Regions], clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._regions = regions
        self._clock = clock

    def routes(self) -> APIRouter:
        """The routes to mount."""
        router = APIRouter()
        router.add_api_route(FIGURES, self.show, methods=["GET", "HEAD"])
        router.add_api_route(f"{FIGURES}/sheet", self.download, methods=["GET"])
        return router

    async def show(
        self,
        request: Request,
        signed: Annotated[Signed, needs("board.read")],
        days: Days = "7",
        place: Annotated[str, Query(max_length=2)] = "",
    ) -> Response:
        """The page. place: the first two digits of the province that alone is wanted."""
        first, found = await self._found(signed, int(days))
        here = {key: counts for key, counts in found.items() if not place or key[1] == place}
        daily = by_day(here, first, int(days))
        plots = [
            plot(self._name(name), [(f"{day:%m-%d}", _value(counts, name)) for day, counts in daily.items()])
            for name in PLOTTED
        ]
        provinces = by_province(found)
        values: dict[str, Any] = {
            "days": days,
            "place": place,
            "places": {code: self._place(code) for code in provinces if code},
            "heads": [self._name(name) for name in COLUMNS],
            "daily": [(f"{day:%m-%d}", _cells(counts)) for day, counts in daily.items()],
            "provinces": [(self._place(code), _cells(counts)) for code, counts in provinces.items()],
            "plots": plots,
        }
        return self._screens.show(request, "office/figures.html", signed, **values)

    async def download(
        self, request: Request, signed: Annotated[Signed, needs("board.read")], days: Days = "7"
    ) -> Response:
        """One row for each day and province."""
        first, found = await self._found(signed, int(days))
        say = self._screens.words.say
        head = [say("office.figures.day"), say("office.figures.place"), *map(self._name, COLUMNS)]
        rows = [[day.isoformat(), self._place(code), *_cells(found[day, code])] for day, code in sorted(found)]
        name = f'attachment; filename="figures-{first.isoformat()}.csv"'
        return Response(sheet([head, *rows]), media_type="text/csv", headers={"content-disposition": name})

    async def _found(self, signed: Signed, days: int) -> tuple[date, dict[Key, Counter[str]]]:
        first = self._clock().astimezone(LOCAL).date() - timedelta(days=days - 1)
        async with self._engine.connect() as connection:
            since = datetime.combine(first, time(), LOCAL)
            return first, await figures(connection, signed.staff, since)

    def _name(self, column: str) -> str:
        return self._screens.words.say(f"office.figures.of.{column}")

    def _place(self, code: str) -> str:
        region = self._regions().by_code(code) if code else None
        return region.name if region else self._screens.words.say("office.figures.nowhere")


def _value(counts: Counter[str], name: str) -> float | None:
    if name == "handoffs":
        return sum(counts[reason] for reason in REASONS)
    return mean(counts, name) if name in MEANS else counts[name]


def _cells(counts: Counter[str]) -> list[float | int | None]:
    return [_value(counts, name) for name in COLUMNS]
