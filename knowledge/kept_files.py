"""What was read from files before: a file that has not changed is neither parsed nor validated again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.yaml_lines import Place, read_yaml


def data_files(data: Path) -> Iterator[Path]:
    """Every file of a data folder, in a fixed order; what an editor leaves beside them for a while is none of them."""
    yield from sorted(path for path in data.rglob("[!.#]*[!~]") if path.is_file())


class KeptFiles:
    """The contents of files and what was built of them, by path; an entry is good for exactly one content."""

    def __init__(self) -> None:
        self._contents: dict[Path, tuple[bytes, Any, dict[Place, int]]] = {}
        self._built: dict[tuple[Path, str], tuple[bytes, str, Any]] = {}

    def read(self, path: Path) -> tuple[Any, dict[Place, int]]:
        """As `read_yaml`. Nobody may change what comes back. Raises YamlError."""
        digest = _digest(path)
        known = self._contents.get(path)
        if known is None or known[0] != digest or not digest:
            content, lines = read_yaml(path)
            known = self._contents[path] = (digest, content, lines)
        return known[1], known[2]

    def built(self, paths: tuple[Path, ...], kind: str, context: object = None) -> Any | None:
        """What was built of just these contents with this context; None when there is no such thing."""
        digest, told, thing = self._built.get((paths[0], kind), (b"", "", None))
        return thing if digest == b"".join(map(_digest, paths)) and told == repr(context) else None

    def keep(self, paths: tuple[Path, ...], kind: str, thing: Any, context: object = None) -> None:
        """Remember what was built, immutable as it is."""
        self._built[paths[0], kind] = (b"".join(map(_digest, paths)), repr(context), thing)


def _digest(path: Path) -> bytes:
    """Empty for a file that cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b""
