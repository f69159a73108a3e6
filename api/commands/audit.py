"""`tuiyi audit`: proves that the log of what staff did is as it was written. Works while the product runs."""

from typing import Annotated

import typer

from api.commands.key import in_database
from api.staff.audit import verify as read_again

audit = typer.Typer(no_args_is_help=True, help="Prove the log of what staff did.")


def register(line: typer.Typer) -> None:
    """Adds the group."""
    line.add_typer(audit, name="audit")


@audit.command()
def verify(
    holds: Annotated[
        str, typer.Option(help="The hash that an earlier run printed; says whether what was written then is all there.")
    ] = "",
) -> None:
    """Read the whole log again: every entry must follow from the one before."""
    try:
        earlier = bytes.fromhex(holds) if holds else None
    except ValueError as error:
        raise typer.BadParameter("expected the hash that an earlier run printed", param_hint="--holds") from error
    found = in_database(lambda connection: read_again(connection, earlier))
    if found.broken is not None:
        typer.echo(f"tuiyi: entry {found.broken} does not follow from the one before: the log was changed", err=True)
        raise typer.Exit(1)
    if not found.found:
        typer.echo("tuiyi: the entry with that hash is gone: the end of the log was cut off or replaced", err=True)
        raise typer.Exit(1)
    typer.echo(f"{found.entries:,} entries, each following from the one before. Keep this hash elsewhere:")
    typer.echo(found.newest.hex())
