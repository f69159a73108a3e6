"""`tuiyi key` on a database that others use at the same time."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from api.settings import Settings

LINE = CliRunner()


@pytest.fixture(autouse=True)
def office(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the test's database as an office's."""
    monkeypatch.setenv("TUIYI_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("TUIYI_VAR_DIR", str(settings.var_dir))


def tuiyi(*words: str) -> tuple[int, str]:
    """The exit code and all that is printed."""
    done = LINE.invoke(command_line(["key"]), ["key", *words])
    return done.exit_code, done.output


def test_secret_is_shown_once_and_the_key_is_listed_without_it() -> None:
    code, shown = tuiyi("add", "公安厅", "--scope", "cases:events", "--scope", "cases:read", "--region", "河南")
    secret = shown.split()[-1]

    listed = tuiyi("list")

    assert (code, secret[:6]) == (0, "tuiyi_")
    assert listed == (0, "公安厅: cases:events cases:read; 410000; in force; never used\n")


def test_revoked_key_is_listed_as_such() -> None:
    tuiyi("add", "平台", "--scope", "cases:create")

    assert tuiyi("revoke", "平台") == (0, "Revoked: 平台.\n")
    assert "; everywhere; revoked 20" in tuiyi("list")[1]
    assert tuiyi("revoke", "平台")[0] == 1


def test_renewed_key_gets_another_secret() -> None:
    first = tuiyi("add", "平台", "--scope", "cases:create")[1].split()[-1]
    code, shown = tuiyi("renew", "平台")

    assert code == 0
    assert shown.split()[-1] not in ("", first)


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x"),
        ("add", "x", "--scope", "everything"),
        ("add", "x", "--scope", "cases:read", "--region", "火星"),
        ("add", "x", "--scope", "cases:read", "--region", "住在河南新乡"),
        ("renew", "nobody"),
    ],
)
def test_what_cannot_be_done_ends_with_an_error(words: tuple[str, ...]) -> None:
    assert tuiyi(*words)[0] != 0
    assert tuiyi("list") == (0, "")
