"""A folder of this process's own in which a set of files is read and examined before anything is answered from it."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from api.releases.files import Files, write_folder
from knowledge.check import examine
from knowledge.check.phrases import lost_phrases
from knowledge.kept_files import KeptFiles
from knowledge.library import Library
from knowledge.loader import KnowledgeError, read_library

Faults = tuple[str, ...]


class Workshop:
    """Reads sets of files that differ little from each other; what did not change is neither read nor checked again."""

    def __init__(self, place: Path, today: Callable[[], date] | None = None) -> None:
        """place: holds the folders of all processes; each takes one that no other has. today: by which facts age."""
        self._place = place
        self._today = today or date.today
        self._kept = KeptFiles()
        self._sound: tuple[date, Library] | None = None
        self._phrases: Mapping[str, str] = {}
        self._busy = threading.Lock()
        self._data: Path | None = None
        self._held: int | None = None

    def needs(self, phrases: Mapping[str, str]) -> None:
        """The sentences that the running code says: no set of files may be without them."""
        self._phrases = dict(phrases)

    def read(self, files: Files) -> Library:
        """The library of a set that was examined before it was published. Raises KnowledgeError."""
        with self._busy:
            data = self._written(files)
            library, faults, _ = read_library(data, self._kept)
        if library is None or faults:
            raise KnowledgeError(faults)
        return self._with_what_is_said(library)

    def examined(self, files: Files, is_published: bool = False) -> tuple[Library | None, Faults]:
        """The library of a set, or what is wrong with it.

        is_published: sentences that it lacks are taken from the code's own folder, because another version of the code
        may have published it; else a sentence that went is a fault.
        """
        with self._busy:
            try:
                return self._examined(files, is_published)
            except (OSError, LookupError, ValueError, TypeError, AttributeError) as error:
                # What no check foresees: the files hold what the indexes cannot be built from.
                return None, (f"the data cannot be read: {type(error).__name__}: {error}",)

    def examine_what_is_there(self) -> None:
        """Look through the set that was read last, so that of the next one only what differs is looked at."""
        with self._busy:
            today = self._today()
            if self._data and self._sound is None:
                found = examine(self._data, today, kept=self._kept)
                self._sound = (today, found.library) if found.library and not found.faults else None

    def close(self) -> None:
        """Let another process have the folder."""
        if self._held is not None:
            os.close(self._held)
            self._held = self._data = None

    def _examined(self, files: Files, is_published: bool) -> tuple[Library | None, Faults]:
        today = self._today()
        sound = self._sound[1] if self._sound and self._sound[0] == today else None
        found = examine(self._written(files), today, kept=self._kept, sound=sound)
        faults = tuple(map(str, found.faults))
        if found.library is None or faults:
            return None, faults
        library = self._with_what_is_said(found.library) if is_published else found.library
        faults = tuple(lost_phrases(library.phrases, self._phrases))
        if faults:
            return None, faults
        self._sound = (today, found.library)
        return library, ()

    def _with_what_is_said(self, library: Library) -> Library:
        missing = self._phrases.keys() - library.phrases
        return replace(library, phrases={**self._phrases, **library.phrases}) if missing else library

    def _written(self, files: Files) -> Path:
        data = self._data or self._taken()
        write_folder(data, files)
        return data

    def _taken(self) -> Path:
        """The first folder that no living process holds; a lock ends with its process, however that ends."""
        for number in count(1):
            folder = self._place / f"app-{number}"
            folder.mkdir(parents=True, exist_ok=True)
            held = os.open(folder / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(held)
                continue
            self._held, self._data = held, folder / "knowledge" / "data"
            return self._data
        raise AssertionError
