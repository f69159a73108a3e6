"""A folder's files, read and written."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.releases.files import digest_of, read_folder, write_folder
from knowledge.loader import DATA, release_of

FILES = {"national/items.yaml": b"a: 1\n", "provinces/toy/items/card.yaml": b"b\r\n\x00"}


def test_a_written_folder_reads_back_byte_for_byte(tmp_path: Path) -> None:
    write_folder(tmp_path / "data", FILES)

    assert read_folder(tmp_path / "data") == FILES


def test_the_digest_is_the_one_that_the_loader_gives_to_the_folder() -> None:
    assert digest_of(read_folder(DATA)) == release_of(DATA)


def test_a_file_that_is_as_it_shall_be_is_not_written_again(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    before = {path: path.stat().st_ino for path in tmp_path.rglob("*.yaml")}

    write_folder(tmp_path, {**FILES, "national/items.yaml": b"a: 2\n"})

    after = {path: path.stat().st_ino for path in tmp_path.rglob("*.yaml")}
    assert [path.name for path in after if after[path] != before[path]] == ["items.yaml"]


def test_files_that_went_go_with_the_folders_that_they_leave_empty(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)

    write_folder(tmp_path, {"national/items.yaml": b""})

    assert [path.name for path in tmp_path.iterdir()] == ["national"]


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yaml",
        "/etc/passwd.yaml",
        "national/../../x.yaml",
        "national/.x.yaml",
        "x.yaml",
        "a/b.py",
        "a/b.yaml~",
    ],
)
def test_a_path_that_leads_out_or_is_none_of_a_data_file_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path of a data file"):
        write_folder(tmp_path, {path: b""})
