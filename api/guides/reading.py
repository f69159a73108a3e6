"""The lines of a guide's file: text, Word or PDF, by what the file is and not by what it is called."""

from __future__ import annotations

import re

from api.excel.archive import LARGEST_BYTES, look_through
from api.excel.cells import cleaned
from api.excel.faults import SheetRefused
from api.guides.refusal import GuideRefused
from api.guides.word import lines_of_docx

LONGEST_TEXT = 1_000_000
MOST_LINES = 50_000
ZIP, PDF, OLE = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0"
ENCODINGS = ("utf-8-sig", "gb18030")
_TAG = re.compile(r"</?(?:u|b|i|br|sup|sub|strong|em)\s*/?>", re.IGNORECASE)
_PAGE = re.compile(r"[-—–\s]*(?:第?\s*\d{1,3}\s*页?|<u>\d{1,3}</u>)[-—–\s]*")
_MARKS = re.compile(r"^(?:#{1,6}\s*|\*\*|>\s)|\*\*$")


def lines_of(content: bytes) -> list[str]:
    """The filled lines, without page numbers and signs of other formats. Raises GuideRefused."""
    if len(content) > LARGEST_BYTES:
        raise GuideRefused("file_too_large", most=LARGEST_BYTES // 1024**2)
    lines = [line for raw in _raw(content) if (line := plain_line(raw))]
    if not lines:
        raise GuideRefused("empty")
    if len(lines) > MOST_LINES or sum(map(len, lines)) > LONGEST_TEXT:
        raise GuideRefused("too_long", most=LONGEST_TEXT)
    return lines


def plain_line(raw: str) -> str:
    """A line without what is no part of the text; empty for the number of a page."""
    if _PAGE.fullmatch(raw.strip()):
        return ""
    line = _TAG.sub("", raw).replace("\t", " \t ")
    cells = [" ".join(cleaned(cell).split()) for cell in line.split("\t")]
    text = "\t".join(cells).strip("\t") if len(cells) > 1 else cells[0]
    return _MARKS.sub("", _MARKS.sub("", text)).strip()


def _raw(content: bytes) -> list[str]:
    if content.startswith(PDF):
        from api.guides.pdf import lines_of_pdf  # It takes half a second to load, which nobody else should wait for.

        return lines_of_pdf(content)
    if content.startswith(ZIP):
        try:
            parts = look_through(content)
        except SheetRefused as refused:
            reason = refused.key.rsplit(".", 1)[-1]
            if reason in ("locked", "too_large"):
                raise GuideRefused(reason, **refused.values) from refused
            raise GuideRefused("broken") from refused
        if "word/document.xml" not in parts:
            raise GuideRefused("no_guide")
        return lines_of_docx(content)
    if content.startswith(OLE):
        raise GuideRefused("old_word")
    return _text(content).splitlines()


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    if b"\x00" in content:
        raise GuideRefused("no_guide")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GuideRefused("no_guide")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise GuideRefused("no_guide") from error
