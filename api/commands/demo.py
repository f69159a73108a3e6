"""`tuiyi demo`: cases that show how progress is told, and a play that moves them. Works while the product runs."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Column, Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.cases.demo import LAST_FOUR, clear_demo, load_demo
from api.cases.demo_cases import CASE_NO, DemoCase
from api.cases.simulator import Move, Simulator
from api.commands.db import address, load_settings_or_exit
from api.conversations.sealing import Sealer
from api.db.engine import build_engine
from api.db.upgrade import upgrade
from knowledge.library import Library
from knowledge.loader import load_library

demo = typer.Typer(no_args_is_help=True, help="Load, play and clear cases of a demonstration.")
SECONDS_BETWEEN_REPORTS = 10.0

Done = TypeVar("Done")
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask, also on the office's own database.")]


def register(line: typer.Typer) -> None:
    """Adds the group."""
    line.add_typer(demo, name="demo")


@demo.command()
def load(yes: Yes = False) -> None:
    """Write a case for every status in every province, dated before today, in place of an earlier load."""
    ask_for_the_office(yes)
    settings = load_settings_or_exit()
    library = load_library()
    keys = (settings.data_key.get_secret_value(), settings.index_key.get_secret_value(), settings.old_data_keys)
    sealer = Sealer(*keys)
    cases = in_transaction(lambda connection: load_demo(connection, sealer, library, datetime.now(UTC)))
    Console().print(table_of(library, cases))
    typer.echo(f"{len(cases)} cases. The last four characters of the identity number are {LAST_FOUR} in each.")


@demo.command()
def clear() -> None:
    """Take the cases of the demonstration away."""
    typer.echo(f"Taken away: {in_transaction(clear_demo)} cases of the demonstration.")


@demo.command()
def play(
    speed: Annotated[
        float, typer.Option(min=0.01, max=1000, help="1: a report every ten seconds; 10: one every second.")
    ] = 1,
    case: Annotated[str | None, typer.Option(help=f"Move this case alone, such as {CASE_NO}.")] = None,
) -> None:
    """Report on the cases of the demonstration as departments would, until Ctrl-C or until all have come to their end.

    News go out by the product that runs.
    """
    library = load_library()
    simulator = Simulator(library, random.Random(), lambda: datetime.now(UTC))  # noqa: S311 (no secret)
    names = {one.id: one.name for one in library.catalogue.statuses}

    def told(move: Move) -> None:
        item = library.provinces[move.province].items[move.item].name
        typer.echo(f"{datetime.now():%H:%M:%S}  {move.case_no}  {item}  {names[move.status]}")

    async def go_on(engine: AsyncEngine) -> int:
        moves = 0
        while True:
            async with engine.begin() as connection:
                move = await simulator.move(connection, case)
            if move is None:
                return moves
            moves += 1
            told(move)
            await asyncio.sleep(SECONDS_BETWEEN_REPORTS / speed)

    try:
        moves = with_database(go_on)
    except KeyboardInterrupt:  # A report that is half made is undone.
        typer.echo("Stopped.")
    else:
        typer.echo(f"Every case has come to its end, after {moves} reports; `tuiyi demo load` begins anew.")


def with_database(work: Callable[[AsyncEngine], Awaitable[Done]]) -> Done:
    """Does it with the database of the product that runs, of the office, or of a server started for this."""

    async def run(url: str) -> Done:
        engine = build_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), 1)
        try:
            return await work(engine)
        finally:
            await engine.dispose()

    with address() as url:
        upgrade(url)
        return asyncio.run(run(url))


def in_transaction(work: Callable[[AsyncConnection], Awaitable[Done]]) -> Done:
    """Does it in one transaction."""

    async def run(engine: AsyncEngine) -> Done:
        async with engine.begin() as connection:
            return await work(connection)

    return with_database(run)


def table_of(library: Library, cases: list[DemoCase]) -> Table:
    """The cases as a person picks one."""
    table = Table(*(Column(name, overflow="fold") for name in ("number", "last four", "province", "item", "shows")))
    names = {one.id: one.name for one in library.catalogue.statuses}
    for case in cases:
        province = library.provinces[case.province]
        table.add_row(
            case.case_no,
            LAST_FOUR,
            place.name if (place := library.regions.by_code(province.head.region)) else province.id,
            province.items[case.item].name,
            names.get(case.shows, case.shows),
        )
    return table


def ask_for_the_office(yes: bool) -> None:
    """Asks before cases of a demonstration go into a database that is not our own."""
    if load_settings_or_exit().database_url and not yes:
        typer.confirm("This is the office's own database (TUIYI_DATABASE_URL). Write demo cases there?", abort=True)
