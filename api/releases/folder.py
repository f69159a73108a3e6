"""A folder of files that somebody edits: sees that something changed, and reads it once it stays as it is."""

from __future__ import annotations

import time
from pathlib import Path

from api.releases.files import read_folder
from knowledge.kept_files import data_files

SETTLE_SECONDS = 0.03
"""Files that changed are read once they stayed as they are for so long: an editor may write in several steps."""
READ = frozenset({".yaml", ".csv"})
"""Other files that lie there are none of ours."""

Stamps = tuple[tuple[str, int, int], ...]
"""Name, time of the last change and size of every file."""


def edited_files(data: Path) -> dict[str, bytes]:
    """What of a folder may become part of a release. Raises OSError when a file goes away meanwhile."""
    return {path: content for path, content in read_folder(data).items() if Path(path).suffix in READ}


class EditedFolder:
    """One folder with data. A look takes half a millisecond."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._taken: Stamps = ()

    def edited(self) -> tuple[Stamps, dict[str, bytes]] | None:
        """What lies there, when that is not what was `done` last; None too while it changes."""
        stamps = self.stamps()
        if stamps in ((), self._taken):
            return None
        seen = self._after_settling(stamps)
        try:
            files = edited_files(self.data)
        except OSError:  # A file went away; the next look sees what there is.
            return None
        return (seen, files) if self.stamps() == seen else None

    def done(self, stamps: Stamps) -> None:
        """What was seen so has been dealt with."""
        self._taken = stamps

    def look_again(self) -> None:
        """What lies there has to be dealt with once more, because what it is joined with changed."""
        self._taken = ()

    def stamps(self) -> Stamps:
        """What tells one state of the folder from another."""
        try:
            found = [(path, path.stat()) for path in data_files(self.data)]
        except OSError:
            return ()
        return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found)

    def _after_settling(self, stamps: Stamps) -> Stamps:
        while True:
            time.sleep(SETTLE_SECONDS)
            after = self.stamps()
            if after == stamps:
                return after
            stamps = after
