"""Whether an archive of Word or Excel can be opened without harm: its true size, its rows, and no tricks of XML.

The sizes that an archive states are not believed; it is unpacked once into nothing and counted.
"""

from __future__ import annotations

import lzma
import struct
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
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,  # a way of packing that it does not know
    EOFError,
    OSError,  # bz2 says it of torn data
    ValueError,  # a place before the beginning, a name in no encoding
)
"""What the library raises for an archive that is torn or not as it should be."""


def look_through(content: bytes) -> set[str]:
    """The names of the archive's parts. Raises SheetRefused."""
    with _opened(content) as archive:
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
                if rows > MOST_ROWS:
                    raise SheetRefused("too_many_rows", most=MOST_ROWS)
                if part.filename.endswith((".xml", ".rels")) and any(trick in chunk for trick in TRICKS):
                    raise SheetRefused("strange")
        return {part.filename for part in parts}


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(content))
    except BROKEN as error:
        raise SheetRefused("broken") from error


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """A part in pieces, each with the end of the one before, so that nothing is cut in two; and its fresh bytes."""
    end = b""
    try:
        with archive.open(part) as opened:
            while fresh := opened.read(CHUNK):
                yield end + fresh, len(fresh)
                end = fresh[-16:]
    except BROKEN as error:
        raise SheetRefused("broken") from error


def _count(chunk: bytes, fresh: int) -> int:
    """Rows that begin in this piece and did not stand wholly in the end of the one before."""
    begin = max(0, len(chunk) - fresh - len(ROW))
    return chunk.count(ROW + b" ", begin) + chunk.count(ROW + b">", begin)
