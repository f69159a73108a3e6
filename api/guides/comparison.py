"""What the entries and a guide's text have to do with each other, and what differs between two of its versions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.excel.places import loose
from api.guides.sections import WHOLE, Section, is_below
from knowledge.library import ProvinceKnowledge

LARGEST_BY_SIGN = 4_000_000
"""Longer texts, by the product of their lengths, are compared by clauses, because by signs it would take seconds."""
_CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]?")


@dataclass(frozen=True)
class Change:
    """A section that is not as it was. before, after: None where the version does not have it."""

    number: str
    title: str
    before: str | None
    after: str | None
    touched: tuple[str, ...]
    """Knowledge ids of the facts that cite it, or what lies below or above it."""


@dataclass(frozen=True)
class Place:
    """A section and the facts that cite it. unused: why none does, as the table of contents says."""

    number: str
    title: str
    facts: tuple[str, ...]
    unused: str | None = None


@dataclass(frozen=True)
class Coverage:
    """used: sections that facts cite. idle: those of the text that no fact uses. absent: cited, and not in the text."""

    used: tuple[Place, ...]
    idle: tuple[Place, ...]
    absent: tuple[Place, ...]

    @property
    def percent(self) -> int:
        """The share of the text's sections that facts are taken from."""
        total = len(self.used) + len(self.idle)
        return round(100 * len(self.used) / total) if total else 0


def cited_sections(province: ProvinceKnowledge, guide: str) -> dict[str, list[str]]:
    """The facts that cite each section of a guide, by the section's number."""
    cited: dict[str, list[str]] = {}
    for key, fact in province.facts():
        for source in fact.source:
            if source.guide == guide and key not in cited.setdefault(source.section, []):
                cited[source.section].append(key)
    return cited


def coverage_of(sections: Sequence[Section], province: ProvinceKnowledge, guide: str) -> Coverage:
    """Every section of the text, and every cited one that the text does not have.

    A heading whose own subsections are cited, and has no words of its own, is used by what is cited below it.
    """
    cited = cited_sections(province, guide)
    listed = {one.id: one for one in province.sections.get(guide, ())}
    used: list[Place] = []
    idle: list[Place] = []
    for one in sections:
        facts = tuple(cited.get(one.number, ()))
        reason = listed[one.number].unused if one.number in listed else None
        is_heading = "\n" not in one.text and any(is_below(number, one.number) for number in cited)
        place = Place(one.number, one.title, facts, reason)
        (used if facts or is_heading else idle).append(place)
    found = {one.number for one in sections}
    absent = [
        Place(number, listed[number].title if number in listed else "", tuple(facts))
        for number, facts in cited.items()
        if number not in found and number not in WHOLE
    ]
    return Coverage(tuple(used), tuple(idle), tuple(absent))


def changes_between(
    before: Sequence[Section], after: Sequence[Section], cited: Mapping[str, Sequence[str]]
) -> list[Change]:
    """What is not as it was, in the order of the new text, then what is gone. Blanks and line breaks do not count."""
    old, new = ({one.number: one for one in sections} for sections in (before, after))
    found = []
    for one in after:
        was = old.get(one.number)
        if was is None or loose(was.text) != loose(one.text):
            found.append(
                Change(one.number, one.title, was.text if was else None, one.text, _touched(one.number, cited))
            )
    gone = [one for one in before if one.number not in new]
    return [*found, *(Change(one.number, one.title, one.text, None, _touched(one.number, cited)) for one in gone)]


def entries_touched(changes: Iterable[Change]) -> list[str]:
    """The facts that somebody has to look at, each once."""
    return list(dict.fromkeys(key for change in changes for key in change.touched))


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """Both texts as pieces: `same`, `gone` and `new`, so that a person sees at a glance what was rewritten."""
    is_short = len(before) * len(after) <= LARGEST_BY_SIGN
    old, new = (list(text) if is_short else _CLAUSE.findall(text) for text in (before, after))
    pieces: list[tuple[str, str]] = []
    for what, begin, end, other_begin, other_end in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        gone, fresh = "".join(old[begin:end]), "".join(new[other_begin:other_end])
        if what == "equal":
            pieces.append(("same", gone))
            continue
        pieces += [(name, text) for name, text in (("gone", gone), ("new", fresh)) if text]
    return pieces


def _touched(number: str, cited: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    keys = [key for section, facts in cited.items() if _is_about(section, number) for key in facts]
    return tuple(dict.fromkeys(keys))


def _is_about(section: str, number: str) -> bool:
    """Whether a fact that cites this section may rest on the words of that one."""
    return section == number or is_below(number, section) or section in WHOLE
