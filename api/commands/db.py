"""`tuiyi db`: brings the database to the newest form, writes and reads backups, and seals anew after a new key."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.conversations.sealing import Sealer
from api.db.reseal import index_anew
from api.db.reseal import reseal as reseal_all
from api.db.upgrade import DatabaseUnusable, connect
from api.db.upgrade import upgrade as upgrade_database
from api.processes.embedded import database
from api.processes.failure import CannotStart
from api.processes.postgres import program, program_environment
from api.settings import Settings, SettingsError, load_settings

db = typer.Typer(no_args_is_help=True, help="Upgrade, back up, restore and reseal the database.")


def register(line: typer.Typer) -> None:
    """Adds the group."""
    line.add_typer(db, name="db")


@contextmanager
def address(alone: bool = False) -> Iterator[str]:
    """The database's address: of the office's server, of the running stack, or of a server started for this.

    alone: refuse while the stack runs.
    """
    try:
        with database(load_settings(), alone) as url:
            yield url
    except (CannotStart, SettingsError, DatabaseUnusable) as error:
        typer.echo(f"tuiyi: {error}", err=True)
        raise typer.Exit(1) from error


@db.command()
def upgrade() -> None:
    """Run the migrations that the database lacks."""
    with address() as url:
        upgrade_database(url)
        typer.echo("The database is up to date.")


@db.command()
def backup(file: Annotated[Path, typer.Argument(help="File to write; it holds everything but secrets.env.")]) -> None:
    """Write the whole database into one file, also while the product runs."""
    draft = file.with_name(f".{file.name}.part")
    with address() as url:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        run(["pg_dump", "--format=custom", f"--file={draft}", f"--dbname={url}"])
    draft.replace(file)
    typer.echo(
        f"Written: {file} ({file.stat().st_size:,} bytes). Keep secrets.env with it: sealed values need its keys."
    )


@db.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `tuiyi db backup` wrote.", exists=True, dir_okay=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put the database back to what a backup holds. Stop the product first; what came after the backup is lost."""
    if not yes:
        typer.confirm("Everything in the database is replaced by the backup. Go on?", abort=True)
    with address(alone=True) as url:
        into = ["--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={url}"]
        run(["pg_restore", *into, str(file)])
        upgrade_database(url)
    typer.echo(f"Restored from {file}.")


@db.command()
def reseal(
    index: Annotated[
        bool, typer.Option("--index", help="Also make the indexes of cases anew, after a new TUIYI_INDEX_KEY.")
    ] = False,
) -> None:
    """Seal with TUIYI_DATA_KEY whatever a key of TUIYI_DATA_KEY_OLD sealed. May be stopped and run again."""
    settings = load_settings_or_exit()
    sealer = Sealer(settings.data_key.get_secret_value(), settings.index_key.get_secret_value(), settings.old_data_keys)
    # While the product runs, it looks for cases by the index key that it was started with.
    with address(alone=index) as url:
        upgrade_database(url)
        with connect(url) as connection:
            done = reseal_all(connection, sealer)
            if index:
                index_anew(connection, sealer, done)
    typer.echo(f"Sealed anew: {done.resealed:,}. Indexes made anew: {done.indexed:,} cases.")
    if done.unreadable:
        typer.echo(
            f"tuiyi: {done.unreadable:,} values open with no key that is set; nothing was changed there.", err=True
        )
        raise typer.Exit(1)
    typer.echo("Every sealed value opens with the newest key; the older keys are needed for older backups only.")


def load_settings_or_exit() -> Settings:
    """The settings; ends the command with their fault."""
    try:
        return load_settings()
    except SettingsError as error:
        typer.echo(f"tuiyi: {error}", err=True)
        raise typer.Exit(1) from error


def run(command: list[str]) -> None:
    """One of PostgreSQL's programs; raises CannotStart with its last line when it fails."""
    name, *arguments = command
    done = subprocess.run(
        [program(name), *arguments], capture_output=True, text=True, check=False, env=program_environment()
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:]
        raise CannotStart(f"{name} failed: {' '.join(reason)}")
