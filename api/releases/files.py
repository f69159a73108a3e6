"""The files of a data folder by their paths: read from a folder, written into one, and named by a digest."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from knowledge.kept_files import data_files

Files = Mapping[str, bytes]
"""Path below the data folder, with slashes, to content."""

PATH = re.compile(
    r"""
    (?: [a-z0-9_]+ / ){1,4}     # a few folders, never one above
    [a-z0-9_]+ \. (?:yaml|csv)  # a plain name, which no editor leaves beside a file for a while
    """,
    re.VERBOSE,
)


def is_data_path(path: str) -> bool:
    """Whether a file of that path may be part of a release."""
    return PATH.fullmatch(path) is not None


def read_folder(data: Path) -> dict[str, bytes]:
    """All files of a data folder. Raises OSError when one goes away meanwhile."""
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in data_files(data)}


def write_folder(data: Path, files: Files) -> None:
    """Make a folder hold exactly these files. One that holds what it shall is left alone, so that it is not read anew.

    Each file is replaced whole. What is no data file stays. Raises OSError, and ValueError for a path that leads out.
    """
    for path, content in files.items():
        if not is_data_path(path):
            raise ValueError(f"'{path}' is no path of a data file")
        target = data / path
        with suppress(FileNotFoundError):
            if target.read_bytes() == content:
                continue
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(target)
    if not data.exists():
        return
    for found in list(data_files(data)):
        if found.relative_to(data).as_posix() not in files:
            found.unlink()
            _remove_empty(found.parent, data)


def _remove_empty(folder: Path, top: Path) -> None:
    """An empty folder of a province would be read as a province without files."""
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def with_changes(files: Files, changed: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """The files with some of them changed; None takes one away."""
    whole = {**files, **changed}
    return {path: content for path, content in whole.items() if content is not None}


def digest_of(files: Files) -> str:
    """The name of exactly these files, as `release_of` gives it to a folder that holds them."""
    digest = hashlib.sha256()
    for path in sorted(files, key=PurePosixPath):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()[:12]


def sha256(content: bytes) -> bytes:
    """What a content is kept under."""
    return hashlib.sha256(content).digest()
