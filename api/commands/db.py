"""`tuiyi db`: brings the database to the newest form, writes backups and reads them back."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.db.upgrade import DatabaseUnusable
from api.db.upgrade import upgrade as upgrade_database
from api.processes.embedded import database
from api.processes.failure import CannotStart
from api.processes.postgres import program, program_environment
from api.settings import SettingsError, load_settings

db = typer.Typer(no_args_is_help=True, help="Upgrade, back up and restore the database.")


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


def run(command: list[str]) -> None:
    """One of PostgreSQL's programs; raises CannotStart with its last line when it fails."""
    name, *arguments = command
    done = subprocess.run(
        [program(name), *arguments], capture_output=True, text=True, check=False, env=program_environment()
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:]
        raise CannotStart(f"{name} failed: {' '.join(reason)}")
