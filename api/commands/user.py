"""`tuiyi user`: the accounts of those who work at the desk and in the studio. Works while the product runs."""

import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from api.commands.key import code_of, in_database
from api.staff.accounts import StaffUnusable, add_staff, all_staff, close_account, set_password
from api.staff.audit import note
from api.staff.passwords import LEAST_CHARACTERS, PasswordUnusable, check_password
from api.staff.rights import ROLES

user = typer.Typer(no_args_is_help=True, help="Make and close the accounts of counselors, editors and the others.")

Done = TypeVar("Done")
Login = Annotated[str, typer.Argument(help="What the person types to sign in: letters a-z, digits, . - _")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from the standard input.")]


def register(line: typer.Typer) -> None:
    """Adds the group."""
    line.add_typer(user, name="user")


@user.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="The person's name, as colleagues see it.")],
    role: Annotated[list[str], typer.Option(help=f"What the person is; can be repeated: {', '.join(ROLES)}.")],
    region: Annotated[
        list[str] | None,
        typer.Option(help="Adcode or name of a place that is the person's business; none: all places."),
    ] = None,
    password_stdin: FromInput = False,
) -> None:
    """Make an account. Asks for its password twice."""
    codes = [code_of(one) for one in region or []]
    password = _password(login, password_stdin)

    async def work(connection: AsyncConnection) -> None:
        await add_staff(connection, login, name, password, role, codes)
        await note(connection, None, "staff.add", _object(login), roles=sorted(set(role)), regions=codes)

    _do(work)
    typer.echo(f"Made: {login.strip().lower()} ({' '.join(role)}; {' '.join(codes) or 'all places'}).")


@user.command("list")
def list_users() -> None:
    """Show every account, what it may do and when it was last seen; never its password."""
    for row in _do(all_staff):
        state = "open" if row.is_active else "closed"
        seen = f"seen {row.last_seen_at:%Y-%m-%d %H:%M}" if row.last_seen_at else "never seen"
        typer.echo(f"{row.login}: {row.name}; {' '.join(row.roles)}; {' '.join(row.regions) or 'all'}; {state}; {seen}")


@user.command()
def disable(login: Login) -> None:
    """Close an account and end its sessions at once. It stays in the list, because the log names it."""

    async def work(connection: AsyncConnection) -> None:
        await close_account(connection, login, datetime.now(UTC))
        await note(connection, None, "staff.disable", _object(login))

    _do(work)
    typer.echo(f"Closed: {login}.")


@user.command()
def password(login: Login, password_stdin: FromInput = False) -> None:
    """Give an account another password, and end its sessions at once."""
    new = _password(login, password_stdin)

    async def work(connection: AsyncConnection) -> None:
        await set_password(connection, login, new, datetime.now(UTC))
        await note(connection, None, "staff.password", _object(login))

    _do(work)
    typer.echo(f"Changed: {login}.")


def _object(login: str) -> str:
    return f"staff:{login.strip().lower()}"


def _password(login: str, from_input: bool) -> str:
    """The password, read without being shown and checked before the database is started for it."""
    if from_input:
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = typer.prompt(
            f"Password ({LEAST_CHARACTERS} characters or more)", hide_input=True, confirmation_prompt=True
        )
    try:
        check_password(given, login.strip().lower())
    except PasswordUnusable as error:
        typer.echo(f"tuiyi: {error}", err=True)
        raise typer.Exit(1) from error
    return given


def _do(work: Callable[[AsyncConnection], Awaitable[Done]]) -> Done:
    try:
        return in_database(work)
    except StaffUnusable as error:
        typer.echo(f"tuiyi: {error}", err=True)
        raise typer.Exit(1) from error
