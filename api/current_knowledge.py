"""The knowledge that is spoken from in this process. A turn keeps the release under which it began."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from knowledge.library import Library
from knowledge.reference import Reference


class CurrentKnowledge:
    """Holds the release in use. One in each process of the app; `api/releases/following.py` puts a newer one in."""

    def __init__(self, reference: Reference) -> None:
        self._now = reference
        self._begun: WeakValueDictionary[str, Reference] = WeakValueDictionary({reference.library.release: reference})
        self.faults: tuple[str, ...] = ()
        """What is wrong with the files as they lie in the folder; empty when they are published."""
        self.unreadable: tuple[str, ...] = ()
        """Why the newest release is not what is spoken from; empty when it is."""
        self.waiting: tuple[str, ...] = ()
        """Files that were changed in the folder and in the studio; the studio's are spoken from."""

    @property
    def now(self) -> Reference:
        """The release that new turns are answered from."""
        return self._now

    @property
    def library(self) -> Library:
        """The library of that release."""
        return self._now.library

    @contextmanager
    def of_one_turn(self) -> Iterator[str]:
        """The release in use by its name: `of` finds it while the block lasts, whatever is taken over meanwhile."""
        held = self._now
        yield held.library.release

    def of(self, release: str) -> Reference:
        """The release of a turn that is under way here; the one in use for any other."""
        return self._begun.get(release, self._now)

    def take_over(self, reference: Reference) -> None:
        """Answer new turns from this release."""
        self._begun[reference.library.release] = reference
        self._now = reference
        self.unreadable = ()
