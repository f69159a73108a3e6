"""The lines of a PDF that has text; one of pictures only is refused, because nothing here reads pictures."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO

import pdfplumber

from api.guides.numbers import marker_of
from api.guides.refusal import GuideRefused

MOST_PAGES = 300
LEAST_ON_A_PAGE = 10
"""Fewer signs on a page on average, and its text is a picture."""
ENDS = "。；：！？.;:!?"
_DIGITS = re.compile(r"\d+")


def lines_of_pdf(content: bytes) -> list[str]:
    """Its lines, the ones that a page cut put together, without what stands at the head or foot of every page."""
    try:
        with pdfplumber.open(BytesIO(content)) as document:
            if len(document.pages) > MOST_PAGES:
                raise GuideRefused("too_many_pages", most=MOST_PAGES)
            pages = []
            for page in document.pages:
                pages.append((page.extract_text() or "").splitlines())
                page.close()
    except GuideRefused:
        raise
    except Exception as error:
        # The library raises whatever it stumbles over in a file that is not as it should be.
        raise GuideRefused("locked" if "assword" in type(error).__name__ + str(error) else "broken") from error
    if sum(len(line) for page in pages for line in page) < LEAST_ON_A_PAGE * len(pages):
        raise GuideRefused("scanned")
    return _joined([line for page in _without_edges(pages) for line in page if line.strip()])


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Pages without first and last lines that most pages have, but for their numbers."""
    edges = Counter(shape for page in pages for shape in {_shape(line) for line in (*page[:1], *page[-1:])})
    everywhere = {shape for shape, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    return [
        [line for place, line in enumerate(page) if place not in (0, len(page) - 1) or _shape(line) not in everywhere]
        for page in pages
    ]


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line.strip())


def _joined(lines: list[str]) -> list[str]:
    """Full lines go on in the next one, unless that begins something."""
    widest = max((len(line) for line in lines), default=0)
    joined: list[str] = []
    before = ""
    for line in lines:
        goes_on = len(before) > 0.8 * widest and before[-1] not in ENDS and marker_of(line) is None
        if joined and goes_on:
            joined[-1] += line
        else:
            joined.append(line)
        before = line
    return joined
