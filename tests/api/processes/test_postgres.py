"""The embedded server's folders; that it runs is shown by every test that uses the database."""

from pathlib import Path

from sqlalchemy.engine import make_url

from api.processes.postgres import LONGEST_SOCKET_FOLDER, Postgres


def socket_folder(folder: Path) -> str:
    return str(make_url(Postgres(folder, folder).url).query["host"])


def test_socket_lies_beside_the_data(tmp_path: Path) -> None:
    assert socket_folder(tmp_path / "a b") == f"{tmp_path}/a b/socket"


def test_long_path_gets_a_short_socket_folder_and_keeps_it(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()

    folder = socket_folder(deep)

    assert len(folder) <= LONGEST_SOCKET_FOLDER
    assert socket_folder(deep) == folder
    Path(folder).rmdir()


def test_comma_in_the_path_does_not_split_the_socket_folder(tmp_path: Path) -> None:
    odd = tmp_path / "a,b"
    odd.mkdir()

    folder = socket_folder(odd)

    assert "," not in folder
    Path(folder).rmdir()
