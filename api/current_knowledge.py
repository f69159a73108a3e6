"""The knowledge that is spoken from: watches the data and goes over to a new release when it is sound.

A turn keeps the release under which it began. An edit with a fault changes nothing: the release before it goes on, and
the faults are logged and shown on the health page until they are mended.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from weakref import WeakValueDictionary

import structlog

from knowledge.check import examine
from knowledge.check.phrases import lost_phrases
from knowledge.kept_files import KeptFiles, data_files
from knowledge.library import Library
from knowledge.reference import Reference

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 0.1
"""A look takes half a millisecond."""
SETTLE_SECONDS = 0.03
"""Files that changed are read once they stayed as they are for so long: an editor may write in several steps."""

Stamps = tuple[tuple[str, int, int], ...]
"""Name, time of the last change and size of every file."""


class CurrentKnowledge:
    """Holds the release in use. One in each process of the app; each watches for itself."""

    def __init__(self, reference: Reference, data: Path | None = None, today: Callable[[], date] | None = None) -> None:
        """data: the folder to be watched; none, and the first release stays. today: local date, by which facts age."""
        self._now = reference
        self._begun: WeakValueDictionary[str, Reference] = WeakValueDictionary({reference.library.release: reference})
        self._phrases = dict(reference.library.phrases)
        self._data = data
        self._today = today or date.today
        self._kept = KeptFiles()
        self._sound: tuple[date, Library] | None = None
        self._stamps: Stamps = ()
        self.faults: tuple[str, ...] = ()
        """What is wrong with the data as they lie in the folder; empty when they are what is spoken from."""

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

    async def watch(self) -> None:
        """Takes over what is edited, until it is cancelled. Loads in a thread, so that turns go on meanwhile."""
        while self._data is not None:
            await asyncio.to_thread(self.look)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    def look(self) -> None:
        """Take over what changed since the last look. What changes while it is read is left to the next look."""
        stamps = self._stamps_now()
        if stamps == self._stamps:
            return
        seen = self._stamps_after_settling(stamps)
        reference, faults = self._load()
        if self._stamps_now() != seen:
            return
        self._stamps = seen
        if reference is not None and reference.library.release != self.library.release:
            log.info("knowledge_taken_over", release=reference.library.release, before=self.library.release)
            self._begun[reference.library.release] = reference
            self._now = reference
        if faults and faults != self.faults:
            log.error("knowledge_not_taken_over", still=self.library.release, faults=faults)
        self.faults = faults
        self._now.complete()

    def _load(self) -> tuple[Reference | None, tuple[str, ...]]:
        """The release that lies in the folder, or what is wrong with it."""
        if self._data is None:
            return None, ()
        today = self._today()
        sound = self._sound[1] if self._sound and self._sound[0] == today else None
        try:
            examined = examine(self._data, today, kept=self._kept, sound=sound)
            faults = tuple(map(str, examined.faults))
            if examined.library is None or faults:
                return None, faults
            faults = tuple(lost_phrases(examined.library.phrases, self._phrases))
            if faults:
                return None, faults
            self._sound = (today, examined.library)
            return self._reference_of(examined.library), ()
        except (OSError, LookupError, ValueError, TypeError, AttributeError) as error:
            # What no check foresees: the files went away, or hold what the indexes cannot be built from.
            return None, (f"the data cannot be read: {type(error).__name__}: {error}",)

    def _reference_of(self, library: Library) -> Reference:
        same = library.release == self.library.release
        return self._now if same else Reference(library, self._now)

    def _stamps_now(self) -> Stamps:
        if self._data is None:
            return ()
        try:
            found = [(path, path.stat()) for path in data_files(self._data)]
        except OSError:  # A file went away between the two questions; the next look sees what there is.
            return ()
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found)

    def _stamps_after_settling(self, stamps: Stamps) -> Stamps:
        while True:
            time.sleep(SETTLE_SECONDS)
            after = self._stamps_now()
            if after == stamps:
                return after
            stamps = after
