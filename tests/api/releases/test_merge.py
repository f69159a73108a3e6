"""Folder and releases are joined file by file; nobody's work is written over."""

from __future__ import annotations

import pytest

from api.releases.merge import merge

OLD, MINE, THEIRS = b"old", b"mine", b"theirs"


@pytest.mark.parametrize(
    ("base", "folder", "published", "taken", "agreed", "waiting"),
    [
        (OLD, OLD, OLD, False, OLD, False),
        (OLD, MINE, OLD, True, MINE, False),
        (OLD, OLD, THEIRS, False, OLD, False),
        (OLD, MINE, MINE, False, MINE, False),
        (OLD, MINE, THEIRS, False, OLD, True),
        (None, MINE, None, True, MINE, False),
        (None, MINE, THEIRS, False, None, True),
        (OLD, None, OLD, True, None, False),
        (OLD, None, THEIRS, False, OLD, True),
        (OLD, MINE, None, False, OLD, True),
        (OLD, None, None, False, None, False),
    ],
    ids=[
        "nothing changed",
        "changed in the folder",
        "changed in the studio",
        "changed alike",
        "changed on both sides",
        "new in the folder",
        "new on both sides",
        "gone from the folder",
        "gone from the folder and changed in the studio",
        "changed in the folder and gone from the studio",
        "gone from both",
    ],
)
def test_each_file_goes_its_way(
    base: bytes | None, folder: bytes | None, published: bytes | None, taken: bool, agreed: bytes | None, waiting: bool
) -> None:
    path = "national/a.yaml"

    found = merge({path: base}, {path: folder}, {path: published})

    assert (found.taken, found.agreed, found.waiting) == ((path,) * taken, {path: agreed}, (path,) * waiting)


def test_what_waits_is_settled_when_the_folder_goes_back_to_where_both_began() -> None:
    path = "national/a.yaml"
    first = merge({path: OLD}, {path: MINE}, {path: THEIRS})

    second = merge(first.agreed, {path: OLD}, {path: THEIRS})

    assert (second.taken, second.waiting) == ((), ())


def test_what_waits_is_settled_when_the_folder_takes_what_is_published() -> None:
    path = "national/a.yaml"
    first = merge({path: OLD}, {path: MINE}, {path: THEIRS})

    second = merge(first.agreed, {path: THEIRS}, {path: THEIRS})
    third = merge(second.agreed, {path: MINE}, {path: THEIRS})

    assert (second.waiting, third.taken) == ((), (path,))
