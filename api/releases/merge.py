"""Joins the files of a folder with what was published since they were last looked at, file by file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Digests = Mapping[str, bytes | None]
"""Path to the SHA-256 of its content; None or no entry: no such file."""


@dataclass(frozen=True)
class Merged:
    """What comes of it.

    taken: paths whose content, or absence, the releases take over from the folder. agreed: the content by path that
    both sides have agreed on from now on. waiting: paths that were changed here and there; the release's goes on.
    """

    taken: tuple[str, ...]
    agreed: Digests
    waiting: tuple[str, ...]


def merge(base: Digests, folder: Digests, published: Digests) -> Merged:
    """base: what both sides last agreed on; folder: as it lies there now; published: the newest release."""
    taken, waiting = [], []
    agreed: dict[str, bytes | None] = {}
    for path in sorted({*base, *folder, *published}):
        before, here, there = base.get(path), folder.get(path), published.get(path)
        agreed[path] = before
        if here in (before, there):
            # Not changed here, or changed here to what is published.
            agreed[path] = here
        elif there == before:
            taken.append(path)
            agreed[path] = here
        else:
            waiting.append(path)
    return Merged(tuple(taken), agreed, tuple(waiting))
