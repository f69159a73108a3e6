"""One parent for one folder of data."""

from pathlib import Path

import pytest

from api.processes.failure import CannotStart
from api.processes.lock import Lock, read_holder


def test_second_parent_is_told_who_the_first_is(tmp_path: Path) -> None:
    first = Lock(tmp_path)
    first.take()
    first.tell(pid=4711)

    with pytest.raises(CannotStart, match=r"Already running from this folder \(process 4711\)"):
        Lock(tmp_path).take()

    first.release()


def test_released_lock_can_be_taken(tmp_path: Path) -> None:
    first = Lock(tmp_path)
    first.take()
    first.release()

    second = Lock(tmp_path)
    second.take()

    second.release()


def test_others_read_what_the_holder_tells(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    lock.take()

    lock.tell(database_url="postgresql:///x")

    assert read_holder(tmp_path) == {"database_url": "postgresql:///x"}
    lock.release()


def test_nothing_is_told_where_nobody_holds_the_lock(tmp_path: Path) -> None:
    (tmp_path / "tuiyi.lock").write_text('{"pid": 1}')

    assert read_holder(tmp_path) == {}
