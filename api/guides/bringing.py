"""From a file to the sections of a guide, and what an editor should look at before a second person releases them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.guides.comparison import Change, Coverage, changes_between, cited_sections, coverage_of, entries_touched
from api.guides.reading import lines_of
from api.guides.refusal import GuideRefused
from api.guides.sections import Section, sections_of
from bot.guard import gives_orders
from knowledge.library import ProvinceKnowledge

LEAST_SHARED = 0.2
"""So much of the table of contents at least is found in a guide that is the right one."""
LEAST_LISTED = 5


@dataclass(frozen=True)
class Seen:
    """One version beside the data and the version before it. orders: sections with words as if meant for a machine."""

    coverage: Coverage
    changes: tuple[Change, ...]
    touched: tuple[str, ...]
    orders: tuple[str, ...]


def sections_in(content: bytes, province: ProvinceKnowledge, guide: str) -> list[Section]:
    """The sections of a file that is this guide. Raises GuideRefused, also for one that seems to be another guide."""
    contents = [(one.id, one.title) for one in province.sections.get(guide, ())]
    found = sections_of(lines_of(content), contents)
    shared = len({one.number for one in found} & {number for number, _ in contents})
    if len(contents) >= LEAST_LISTED and shared < LEAST_SHARED * len(contents):
        raise GuideRefused("another_guide", shared=shared, listed=len(contents))
    return found


def seen(
    sections: Sequence[Section], before: Sequence[Section] | None, province: ProvinceKnowledge, guide: str
) -> Seen:
    """What the pages show of a version. before: the sections of the version before it, when there is one."""
    coverage = coverage_of(sections, province, guide)
    changes = changes_between(before, sections, cited_sections(province, guide)) if before is not None else []
    orders = tuple(one.number for one in sections if gives_orders(one.text))
    return Seen(coverage, tuple(changes), tuple(entries_touched(changes)), orders)
