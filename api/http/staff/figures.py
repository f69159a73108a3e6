"""The figures of the office: plots, tables and a file for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import Response

from api.conversations.desk_hours import LOCAL, DeskHours
from api.http.staff.door import needs
from api.http.staff.screens import Screens
from api.office.figures import COUNTED, MEANS, REASONS, Key, by_day, by_province, figures, mean
from api.office.plots import Plot, plot
from api.office.reply_times import LEAST, MEASURES, SPANS, HandOver, Told, hand_overs, told_of
from api.office.sheets import sheet
from api.staff.sessions import Signed
from knowledge.regions import Regions

FIGURES = "/desk/figures"
PLOTTED = ("messages", "unanswered", "down", "handoffs", "waited", "stars")
COLUMNS = (*COUNTED, *MEANS)
PLOTTED_SPAN = "working_half"

Days = Literal["7", "30", "90"]


class FigureRoutes:
    """The routes of the figures."""

    def __init__(
        self,
        engine: AsyncEngine,
        screens: Screens,
        regions: Callable[[], Regions],
        hours: Callable[[], DeskHours],
        clock: Callable[[], datetime],
    ) -> None:
        self._engine = engine
        self._screens = screens
        self._regions = regions
        self._hours = hours
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
        first, found, asked = await self._found(signed, int(days))
        here = {key: counts for key, counts in found.items() if not place or key[1] == place}
        say = self._screens.words.say
        daily = by_day(here, first, int(days))
        plots = [
            plot(self._name(name), [(f"{day:%m-%d}", _value(counts, name)) for day, counts in daily.items()])
            for name in PLOTTED
        ]
        provinces = by_province(found)
        asked_here = [one for one in asked if not place or one.province == place]
        values: dict[str, Any] = {
            "days": days,
            "place": place,
            "places": {code: self._place(code) for code in provinces if code},
            "heads": [self._name(name) for name in COLUMNS],
            "daily": [(f"{day:%m-%d}", _cells(counts)) for day, counts in daily.items()],
            "provinces": [(self._place(code), _cells(counts)) for code, counts in provinces.items()],
            "plots": [*plots, *(self._time_plot(measure, daily, asked_here) for measure in MEASURES)],
            "measures": MEASURES,
            "spans": SPANS,
            "least": LEAST,
            "times_by_day": [
                (say("office.figures.together"), _times(asked_here)),
                *((f"{day:%m-%d}", _times(one for one in asked_here if one.day == day)) for day in daily),
            ],
            "times_by_place": [
                (say("office.figures.everywhere"), _times(asked)),
                *((self._place(code), _times(one for one in asked if one.province == code)) for code in provinces),
            ],
        }
        return self._screens.show(request, "office/figures.html", signed, **values)

    async def download(
        self, request: Request, signed: Annotated[Signed, needs("board.read")], days: Days = "7"
    ) -> Response:
        """One row for each day and province."""
        first, found, asked = await self._found(signed, int(days))
        say = self._screens.words.say
        times = [say(f"office.figures.sheet.{measure}.{name}") for measure in MEASURES for name in ("number", *SPANS)]
        head = [say("office.figures.day"), say("office.figures.place"), *map(self._name, COLUMNS), *times]
        by_key: dict[Key, list[HandOver]] = {key: [] for key in found}
        for one in asked:
            by_key.setdefault((one.day, one.province), []).append(one)
        rows = [
            [day.isoformat(), self._place(code), *_cells(found.get((day, code), Counter())), *_time_cells(of)]
            for (day, code), of in sorted(by_key.items())
        ]
        name = f'attachment; filename="figures-{first.isoformat()}.csv"'
        return Response(sheet([head, *rows]), media_type="text/csv", headers={"content-disposition": name})

    async def _found(self, signed: Signed, days: int) -> tuple[date, dict[Key, Counter[str]], list[HandOver]]:
        first = self._clock().astimezone(LOCAL).date() - timedelta(days=days - 1)
        async with self._engine.connect() as connection:
            since = datetime.combine(first, time(), LOCAL)
            counted = await figures(connection, signed.staff, since)
            return first, counted, await hand_overs(connection, signed.staff, since, self._hours())

    def _time_plot(self, measure: str, days: Iterable[date], asked: list[HandOver]) -> Plot:
        """Half of them, in working time; days with too few stay empty."""
        medians = {
            day: told_of((one for one in asked if one.day == day), measure).minutes[PLOTTED_SPAN] for day in days
        }
        name = self._screens.words.say(f"office.figures.plot.{measure}", least=LEAST["half"])
        return plot(name, [(f"{day:%m-%d}", value) for day, value in medians.items()])

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


def _times(asked: Iterable[HandOver]) -> tuple[int, list[Told]]:
    """How many asked, and what can be said of each measure."""
    several = list(asked)
    return len(several), [told_of(several, measure) for measure in MEASURES]


def _time_cells(asked: list[HandOver]) -> list[int | None]:
    return [cell for told in _times(asked)[1] for cell in (told.number, *(told.minutes[name] for name in SPANS))]
