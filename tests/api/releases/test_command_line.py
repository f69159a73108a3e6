"""`tuiyi knowledge` on what is published, beside a product that runs."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from api.cli import command_line
from api.releases.files import read_folder
from api.settings import Settings
from knowledge.loader import DATA
from tests.fakes.following import write
from tests.knowledge.check.toy import CARD, written

LINE = CliRunner()
ONE_THING, CARD_TEXT = "优待证是一件事。", "优待证是一张卡。"


@pytest.fixture(autouse=True)
def office(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the test's database as an office's."""
    monkeypatch.setenv("TUIYI_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("TUIYI_VAR_DIR", str(settings.var_dir))
    # The toy says less than the assistant does.
    monkeypatch.setattr("api.releases.command_line.phrases_of", lambda _: {})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The toy data, published as release 1."""
    folder = written(tmp_path / "knowledge" / "data")
    assert tuiyi("import", str(folder), "--yes")[0] == 0
    return folder


def tuiyi(*words: str, answer: str = "") -> tuple[int, str]:
    """The exit code and all that is printed."""
    done = LINE.invoke(command_line(["knowledge"]), ["knowledge", *words], input=answer)
    return done.exit_code, done.output


def test_before_anything_is_published_the_list_says_so() -> None:
    assert tuiyi("releases") == (0, "Nothing was published yet; the first start does it.\n")


def test_the_real_data_come_out_byte_for_byte_as_they_went_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert tuiyi("import", str(DATA), "--yes")[0] == 0

    code, said = tuiyi("export", str(tmp_path / "out"))

    assert code == 0, said
    assert read_folder(tmp_path / "out") == read_folder(DATA)


def test_an_edit_is_shown_published_and_listed_with_its_reason(data: Path) -> None:
    write(data / CARD, ONE_THING, CARD_TEXT)

    code, said = tuiyi("import", str(data), "--reason", "新说法", answer="y\n")

    assert code == 0, said
    assert f"To be published: {CARD}" in said
    newest, first = tuiyi("releases")[1].splitlines()
    assert newest.startswith("2-")
    assert newest.endswith("import  -  新说法")
    assert first.endswith("import  -  knowledge/data")


def test_who_does_not_agree_publishes_nothing(data: Path) -> None:
    write(data / CARD, ONE_THING, CARD_TEXT)

    assert tuiyi("import", str(data), answer="n\n")[0] == 1
    assert len(tuiyi("releases")[1].splitlines()) == 1


def test_a_fault_is_named_and_nothing_is_published(data: Path) -> None:
    write(data / CARD, "department: office", "department: nobody")

    code, said = tuiyi("import", str(data), "--yes")

    assert code == 1
    assert "nobody" in said
    assert "nothing was published" in said


def test_nothing_is_published_twice(data: Path) -> None:
    assert tuiyi("import", str(data), "--yes") == (0, "Nothing to publish.\n")


def test_the_files_of_an_older_release_come_back_and_can_be_brought_forward_again(data: Path, tmp_path: Path) -> None:
    before = read_folder(data)
    write(data / CARD, ONE_THING, CARD_TEXT)
    tuiyi("import", str(data), "--yes")

    assert tuiyi("rollback", "1", "--reason", "错了") == (0, "Published: release 3, with the files of release 1.\n")
    assert tuiyi("export", str(tmp_path / "out"))[0] == 0
    assert read_folder(tmp_path / "out") == before
    assert "rollback of 1" in tuiyi("releases", "--most", "1")[1]
    assert tuiyi("import", str(data), "--yes") == (0, "Nothing to publish.\n")
    assert tuiyi("import", str(data), "--over", "--yes")[0] == 0
    assert tuiyi("releases")[1].startswith("4-")


def test_an_export_over_other_content_asks_first(data: Path) -> None:
    write(data / CARD, ONE_THING, CARD_TEXT)

    assert tuiyi("export", str(data), answer="n\n")[0] == 1
    assert CARD_TEXT in (data / CARD).read_text(encoding="utf-8")
    assert tuiyi("export", str(data), answer="y\n")[0] == 0
    assert ONE_THING in (data / CARD).read_text(encoding="utf-8")


def test_a_folder_with_other_files_is_no_place_for_an_export(data: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("", encoding="utf-8")

    code, said = tuiyi("export", str(tmp_path / "home"), "--yes")

    assert (code, "letter.txt" in said) == (1, True)


@pytest.mark.parametrize(("number", "why"), [("9", "there is no release 9"), ("1", "just these files")])
def test_a_rollback_to_what_is_or_never_was_is_refused(data: Path, number: str, why: str) -> None:
    code, said = tuiyi("rollback", number, "--reason", "x")

    assert (code, why in said) == (1, True)


def test_what_the_command_line_publishes_stands_in_the_log(data: Path, settings: Settings) -> None:
    write(data / CARD, ONE_THING, CARD_TEXT)
    tuiyi("import", str(data), "--yes")
    tuiyi("rollback", "1", "--reason", "错了")

    with psycopg.connect(settings.database_url) as connection:
        found = connection.execute("SELECT act, object, reason FROM audit ORDER BY id").fetchall()

    assert found[1:] == [("release.import", "release:2", None), ("release.roll_back", "release:3", "错了")]
