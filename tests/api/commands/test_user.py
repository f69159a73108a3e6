"""`tuiyi user` and `tuiyi audit` as somebody runs them who sets the product up."""

from __future__ import annotations

import psycopg
import pytest
from typer.testing import CliRunner, Result

from api.cli import command_line
from api.settings import Settings

PASSWORD = "落日照大旗马鸣风萧萧"


class Line:
    """The command line on a database that is there."""

    def __init__(self, settings: Settings) -> None:
        folder, url = str(settings.var_dir), settings.database_url
        self._environment = {"TUIYI_VAR_DIR": folder, "TUIYI_DATABASE_URL": url}

    def __call__(self, *arguments: str, typed: str = "") -> Result:
        line = command_line(list(arguments))
        return CliRunner().invoke(line, arguments, input=typed, env=self._environment)

    def add(self, login: str = "zhang", *more: str, password: str = PASSWORD) -> Result:
        options = ["--name", "张三", "--role", "counselor", "--role", "editor", "--password-stdin", *more]
        return self("user", "add", login, *options, typed=f"{password}\n")


@pytest.fixture
def line(settings: Settings) -> Line:
    return Line(settings)


def test_an_account_is_made_listed_and_closed(line: Line) -> None:
    made = line.add("Zhang", "--region", "河南省")
    listed = line("user", "list")
    closed = line("user", "disable", "zhang")
    after = line("user", "list")

    assert (made.exit_code, closed.exit_code) == (0, 0)
    assert "zhang: 张三; counselor editor; 410000; open; never seen" in listed.output
    assert "; closed; " in after.output
    assert "argon2" not in listed.output


def test_a_password_is_asked_for_twice_and_not_shown(line: Line) -> None:
    options = ["user", "add", "li", "--name", "李四", "--role", "lead"]

    right = line(*options, typed=f"{PASSWORD}\n{PASSWORD}\n")
    other = line(*options, typed=f"{PASSWORD}\nother\n{PASSWORD}\n{PASSWORD}\n")

    assert right.exit_code == 0
    assert PASSWORD not in right.output
    assert "do not match" in other.output


@pytest.mark.parametrize(
    ("login", "more", "password", "said"),
    [
        ("zhang", (), "short", "at least 10 characters"),
        ("张三", (), PASSWORD, "a login has"),
        ("zhang", ("--role", "boss"), PASSWORD, "one or more of the roles"),
        ("zhang", ("--region", "nowhere"), PASSWORD, "--region"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    line: Line, login: str, more: tuple[str, ...], password: str, said: str
) -> None:
    refused = line.add(login, *more, password=password)

    assert refused.exit_code != 0
    assert said in refused.output


def test_a_login_is_given_once(line: Line) -> None:
    line.add()

    again = line.add()

    assert again.exit_code == 1
    assert "there is an account zhang" in again.output


def test_what_was_done_stands_in_the_log_which_is_proved(line: Line, settings: Settings) -> None:
    line.add()
    line("user", "password", "zhang", "--password-stdin", typed=f"{PASSWORD}!\n")
    proved = line("audit", "verify")
    newest = proved.output.split()[-1]
    line("user", "disable", "zhang")
    held = line("audit", "verify", "--holds", newest)
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        acts = connection.execute("SELECT act, object FROM audit ORDER BY id").fetchall()
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_stays")
        connection.execute("UPDATE audit SET act = 'other' WHERE id = 2")
        connection.execute("ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_stays")
    broken = line("audit", "verify")

    assert acts == [(f"staff.{act}", "staff:zhang") for act in ("add", "password", "disable")]
    assert "2 entries" in proved.output
    assert (held.exit_code, broken.exit_code) == (0, 1)
    assert "entry 2" in broken.output
