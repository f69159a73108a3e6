"""`tuiyi knowledge releases`, `export`, `import` and `rollback`. They work while the product runs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.commands.key import in_database
from api.conversations.desk_hours import LOCAL
from api.db.models import StaffMember
from api.releases.files import digest_of, is_data_path, read_folder, write_folder
from api.releases.first import phrases_of
from api.releases.folder import edited_files
from api.releases.imports import Imports, Plan, folder_name
from api.releases.store import (
    NoRelease,
    NothingChanged,
    PublishedMeanwhile,
    Release,
    Releases,
    files_of,
    list_of,
    name_of,
    newest,
)
from api.releases.workshop import Workshop
from api.staff.audit import note
from knowledge.loader import DATA

SHOWN = 12
Folder = Annotated[Path, typer.Argument(help="A folder like knowledge/data.", file_okay=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def releases(most: Annotated[int, typer.Option("--most", help="So many, from the newest on.")] = 20) -> None:
    """List the releases: what was published when, by whom and why. The first one is spoken from."""

    async def read(connection: AsyncConnection) -> tuple[list[Release], dict[int, str]]:
        logins = await connection.execute(select(StaffMember.id, StaffMember.login))
        return await list_of(connection, most), {row.id: row.login for row in logins}

    found, logins = in_database(read)
    for one in found:
        who = logins.get(one.made_by or 0, "-")
        if one.approved_by:
            who += f", approved by {logins.get(one.approved_by, '-')}"
        kind = f"{one.kind} of {one.restores}" if one.restores else one.kind
        typer.echo(f"{one.name}  {one.made_at.astimezone(LOCAL):%Y-%m-%d %H:%M}  {kind}  {who}  {one.reason}")
    if not found:
        typer.echo("Nothing was published yet; the first start does it.")


def export(
    folder: Folder,
    release: Annotated[int, typer.Option(help="Its number; the newest when left out.")] = 0,
    yes: Yes = False,
) -> None:
    """Write the files of a release into a folder, byte for byte as they were published; other data files there go."""

    async def read(connection: AsyncConnection) -> tuple[int, dict[str, bytes]]:
        present = await newest(connection)
        number = release or (present.number if present else 0)
        return number, await files_of(connection, number)

    try:
        number, files = in_database(read)
    except NoRelease as error:
        raise _refused(str(error)) from error
    there = read_folder(folder) if folder.exists() else {}
    written = [path for path in files if there.get(path) != files[path]]
    gone = [path for path in there if path not in files]
    strange = [path for path in gone if not is_data_path(path)]
    if strange:
        raise _refused(f"{folder} holds other files, such as {strange[0]}; choose another folder")
    lost = [path for path in (*written, *gone) if path in there]
    if lost and not yes:
        typer.echo(f"Written over or taken away: {_listed(lost)}")
        typer.confirm("Go on?", abort=True)
    write_folder(folder, files)
    typer.echo(f"Release {name_of(number, digest_of(files))}: {len(written)} files written, {len(gone)} taken away.")


def import_files(
    folder: Folder = DATA,
    over: Annotated[
        bool, typer.Option("--over", help="Publish the folder as it is, also over what the studio changed.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why; the names of the files when left out.")] = "",
    yes: Yes = False,
) -> None:
    """Publish what was edited in a folder. A file that was changed in the studio too is left out and named."""
    found = edited_files(folder)

    async def reckon(connection: AsyncConnection) -> Plan:
        return await Imports(Releases(connection.engine)).plan(connection, folder_name(folder), found, anew=over)

    plan = in_database(reckon)
    for path in plan.waiting:
        typer.echo(f"left out, because the studio changed it too: {path}")
    if not plan.changed:
        typer.echo("Nothing to publish." + (" The folder is older than what was published." * plan.is_older))
        return
    _examine(plan)
    typer.echo(f"To be published: {_listed(list(plan.changed))}")
    if not yes:
        typer.confirm("Go on?", abort=True)

    async def publish(connection: AsyncConnection) -> int | None:
        number = await Imports(Releases(connection.engine)).carry_out(connection, plan, reason)
        await note(connection, None, "release.import", f"release:{number}", reason=reason or None)
        return number

    try:
        number = in_database(publish)
    except PublishedMeanwhile as error:
        raise _refused(f"{error}; run this again") from error
    typer.echo(f"Published: release {name_of(number or 0, digest_of(plan.files))}.")


def rollback(
    number: Annotated[int, typer.Argument(help="The release whose files are to be spoken from again.")],
    reason: Annotated[str, typer.Option(help="Why; it stands with the new release.")],
) -> None:
    """Publish the files of an older release again, as a new one."""

    async def back(connection: AsyncConnection) -> int:
        made = await Releases(connection.engine).roll_back(connection, number, reason=reason)
        await note(connection, None, "release.roll_back", f"release:{made}", reason=reason, restores=number)
        return made

    try:
        made = in_database(back)
    except (NoRelease, NothingChanged) as error:
        raise _refused(str(error)) from error
    typer.echo(f"Published: release {made}, with the files of release {number}.")


def add_to(group: typer.Typer) -> None:
    """Adds the commands to `tuiyi knowledge`."""
    for name, does in (("releases", releases), ("export", export), ("import", import_files), ("rollback", rollback)):
        group.command(name)(does)


def _examine(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as place:
        workshop = Workshop(Path(place))
        workshop.needs(phrases_of(DATA))
        library, faults = workshop.examined(plan.files)
        workshop.close()
    if library is None:
        for fault in faults:
            typer.echo(fault, err=True)
        raise _refused("nothing was published")


def _listed(paths: list[str]) -> str:
    more = len(paths) - SHOWN
    return ", ".join(sorted(paths)[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _refused(why: str) -> typer.Exit:
    typer.echo(f"tuiyi: {why}.", err=True)
    return typer.Exit(1)
