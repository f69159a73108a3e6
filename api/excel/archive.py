"""Whether an archive of Word or Excel can be opened without harm: its true size, its rows, and no tricks of XML.

The sizes that an archive states are not believed; it is unpacked once into nothing and counted.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from api.excel.faults import SheetRefused

LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_UNPACKED_BYTES = 150 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 20_000
CHUNK = 1 << 20
ROW = b"<row"
TRICKS = (b"<!DOCTYPE", b"<!ENTITY")


def look_through(content: bytes, most_rows: int = MOST_ROWS) -> set[str]:
    """The names of the archive's parts. Raises SheetRefused."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise SheetRefused("too_large", most=LARGEST_UNPACKED_BYTES // 1024**2)
            if any(part.flag_bits & 1 for part in parts):
                raise SheetRefused("locked")
            left, rows = LARGEST_UNPACKED_BYTES, 0
            for part in parts:
                for chunk, fresh in _chunks(archive, part):
                    left -= fresh
                    rows += _count(chunk, fresh) if part.filename.startswith("xl/worksheets/") else 0
                    if left < 0:
                        raise SheetRefused("too_large", most=LARGEST_UNPACKED_BYTES // 1024**2)
                    if rows > most_rows:
                        raise SheetRefused("too_many_rows", most=most_rows)
                    if part.filename.endswith((".xml", ".rels")) and any(trick in chunk for trick in TRICKS):
                        raise SheetRefused("strange")
            return {part.filename for part in parts}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise SheetRefused("broken") from error


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """A part in pieces, each with the end of the one before, so that nothing is cut in two; and its fresh bytes."""
    end = b""
    with archive.open(part) as opened:
        while fresh := opened.read(CHUNK):
            yield end + fresh, len(fresh)
            end = fresh[-16:]


def _count(chunk: bytes, fresh: int) -> int:
    """Rows that begin in this piece and did not stand wholly in the end of the one before."""
    begin = max(0, len(chunk) - fresh - len(ROW))
    return chunk.count(ROW + b" ", begin) + chunk.count(ROW + b">", begin)
