"""`tuiyi key`: the keys by which departments and the provincial platform feed cases. Works while the product runs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from api.cases.keys import SCOPES, KeyUnusable, add_key, all_keys, renew_key, revoke_key
from api.commands.db import address
from api.db.engine import build_engine
from api.db.upgrade import upgrade
from knowledge.regions import Regions

key = typer.Typer(no_args_is_help=True, help="Make and revoke the keys by which departments feed cases.")

Done = TypeVar("Done")
Name = Annotated[str, typer.Argument(help="Who uses it: a department or platform.")]


def register(line: typer.Typer) -> None:
    """Adds the group."""
    line.add_typer(key, name="key")


@key.command()
def add(
    name: Name,
    scope: Annotated[list[str], typer.Option(help=f"What it may do; can be repeated: {', '.join(SCOPES)}.")],
    region: Annotated[
        list[str] | None, typer.Option(help="Adcode or name of a place whose cases it may touch; none: all places.")
    ] = None,
) -> None:
    """Make a key. Its secret is shown this once."""
    codes = [code_of(one) for one in region or []]
    show(in_database(lambda connection: add_key(connection, name, scope, codes)))


@key.command()
def renew(name: Name) -> None:
    """Give a key a new secret, shown this once; the one before is refused at once."""
    show(in_database(lambda connection: renew_key(connection, name)))


@key.command()
def revoke(name: Name) -> None:
    """Refuse a key from now on."""
    in_database(lambda connection: revoke_key(connection, name, datetime.now(UTC)))
    typer.echo(f"Revoked: {name}.")


@key.command("list")
def list_keys() -> None:
    """Show every key, what it may do and when it was last used; never its secret."""
    for row in in_database(all_keys):
        state = f"revoked {row.revoked_at:%Y-%m-%d}" if row.revoked_at else "in force"
        used = f"used {row.last_used_at:%Y-%m-%d %H:%M}" if row.last_used_at else "never used"
        places = " ".join(row.regions) or "everywhere"
        typer.echo(f"{row.name}: {' '.join(row.scopes)}; {places}; {state}; {used}")


def show(secret: str) -> None:
    """Prints a new secret by itself on the output, so that it can be piped, and what to do with it beside."""
    typer.echo("Hand this over on a safe way; it is stored nowhere and cannot be shown again:", err=True)
    typer.echo(secret)


def in_database(work: Callable[[AsyncConnection], Awaitable[Done]]) -> Done:
    """Does it in one transaction; ends the command with one line when it cannot be done."""

    async def run(url: str) -> Done:
        engine = build_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), 1)
        try:
            async with engine.begin() as connection:
                return await work(connection)
        finally:
            await engine.dispose()

    with address() as url:
        upgrade(url)
        try:
            return asyncio.run(run(url))
        except KeyUnusable as error:
            typer.echo(f"tuiyi: {error}", err=True)
            raise typer.Exit(1) from error


def code_of(written: str) -> str:
    """The adcode of a place given by adcode or full name; ends the command when it is neither."""
    regions = Regions.load()
    found = regions.lookup(written)
    named = found and written in (found.code, found.name, found.short_name, regions.describe(found))
    if not found or not named:
        raise typer.BadParameter("expected an adcode of six digits or the full name of a place", param_hint="--region")
    return found.code
