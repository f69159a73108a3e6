"""Sections that are cited and not listed, listed and not cited, or both cited and explained away."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge import model
from knowledge.check.faults import Case, Faults, like
from knowledge.coverage import coverage_of
from knowledge.yaml_lines import Place


def unlisted_sections(case: Case) -> Faults:
    """Cited places that the guide's table of contents lacks; a guide without a table is one fault."""
    listed = {
        guide: {section.id for section in sections}
        for province in case.library.provinces.values()
        for guide, sections in province.sections.items()
    }
    bare = set()
    for path, place, thing in case.documents:
        for source in getattr(thing, "source", ()):
            if source.guide not in listed:
                bare.add(source.guide)
            elif source.section not in listed[source.guide]:
                problem = f"section '{source.section}' of {source.guide} is not in sections.yaml"
                yield case.fault(path, (*place, "source"), problem + like(source.section, listed[source.guide]))
    for guide in sorted(bare):
        yield case.fault(case.path("province.yaml"), ("guides",), f"sections.yaml lists no sections of {guide}")


def idle_sections(case: Case) -> Faults:
    """Listed places from which nothing is taken without a reason, or with a reason although something is."""
    path = case.path("sections.yaml")
    places = _places(case.province.sections)
    for covered in coverage_of(case.province):
        for section, facts in covered.sections.items():
            place = places[covered.guide, section.id]
            if facts and section.unused:
                yield case.fault(path, (*place, "unused"), f"'{section.id}' is 'unused', but {facts[0]} cites it")
            if not facts and not section.unused:
                yield case.fault(path, place, f"nothing cites '{section.id}', and 'unused' does not say why")


def strange_guides(case: Case) -> Faults:
    """Tables of contents of guides that the province does not have."""
    known = {guide.id for guide in case.province.head.guides} | {one.guide.id for one in case.province.cities.values()}
    for number, guide in enumerate(case.province.sections):
        if guide not in known:
            problem = f"the guide '{guide}' is not one of this province{like(guide, known)}"
            yield case.fault(case.path("sections.yaml"), ("guides", number, "guide"), problem)


def _places(sections: Mapping[str, tuple[model.Section, ...]]) -> dict[tuple[str, str], Place]:
    return {
        (guide, one.id): ("guides", number, "sections", inner)
        for number, (guide, listed) in enumerate(sections.items())
        for inner, one in enumerate(listed)
    }
