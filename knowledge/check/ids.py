"""Ids that lead nowhere, stand twice, or go round in a circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from knowledge import model
from knowledge.check.faults import Case, Faults, like
from knowledge.yaml_lines import Place


def dangling_ids(case: Case) -> Faults:
    """Ids of items, papers, departments, guides and regions that there are not."""
    yield from _of_the_head(case)
    yield from _of_items(case)
    yield from _of_papers(case)
    yield from _of_the_rest(case)
    yield from _of_cities(case)


def double_ids(case: Case) -> Faults:
    """Two facts with one knowledge id, each but the first at its line."""
    places = {id(one.thing): one for one in case.documents}
    seen: Counter[str] = Counter()
    for key, fact in case.province.facts():
        seen[key] += 1
        document = places.get(id(fact))
        if seen[key] > 1 and document:
            yield case.fault(document.path, (*document.place, "id"), f"'{key}' is the id of two facts")


def circles(case: Case) -> Faults:
    """Items of which each must be finished before the other."""
    graph = {item.id: set(item.after) for item in case.province.items.values()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        way = " <- ".join(error.args[1])
        path = case.path(f"items/{error.args[1][0]}.yaml")
        yield case.fault(path, ("after",), f"'after' goes round in a circle: {way}")


def _of_the_head(case: Case) -> Faults:
    path, code = case.path("province.yaml"), case.province.head.region
    region = case.library.regions.by_code(code)
    if region is None or region.level != "province" or region.code != code:
        yield case.fault(path, ("region",), f"'{code}' is no province's code")
    others = [one.id for one in case.library.provinces.values() if one.head.region == code]
    if others[0] != case.province.id:
        yield case.fault(path, ("region",), f"'{code}' is the region of '{others[0]}' too")
    yield from _of_guides(case, path)
    yield from _of_the_receipt_rule(case, path)


def _of_guides(case: Case, path: Path) -> Faults:
    provinces = reversed([*case.library.provinces.values()])
    owners = {guide.id: one.id for one in provinces for guide in one.head.guides}
    for number, guide in enumerate(case.province.head.guides):
        place: Place = ("guides", number)
        if owners[guide.id] != case.province.id:
            yield case.fault(path, (*place, "id"), f"'{guide.id}' is a guide of '{owners[guide.id]}' too")
        if case.library.regions.by_code(guide.region) is None:
            yield case.fault(path, (*place, "region"), f"'{guide.region}' is no region's code")


def _of_the_receipt_rule(case: Case, path: Path) -> Faults:
    head, items = case.province.head, case.province.items.values()
    limits = [*head.time_limits, *(limit for item in items for limit in item.time_limits)]
    starts = {limit.starts.id for limit in limits if limit.starts}
    events = head.receipt_rule.events if head.receipt_rule else ()
    yield from _missing(case, path, ("receipt_rule", "events"), "event", events, starts)


def _of_items(case: Case) -> Faults:
    for item in case.province.items.values():
        path = case.path(f"items/{item.id}.yaml")
        yield from _unknown(case, path, ("id",), "item", (item.id,))
        yield from _unknown(case, path, ("part_of",), "item", (item.part_of,) if item.part_of else ())
        yield from _unknown(case, path, ("includes",), "item", item.includes)
        yield from _unknown(case, path, ("department",), "department", (item.department,))
        yield from _missing(case, path, ("after",), "item", item.after, case.province.items)


def _of_papers(case: Case) -> Faults:
    path = case.path("papers.yaml")
    for number, paper in enumerate(case.province.papers.values()):
        place: Place = ("papers", number)
        yield from _unknown(case, path, (*place, "id"), "paper", (paper.id,))
        yield from _missing(case, path, (*place, "for_items"), "item", paper.for_items, case.province.items)
        yield from _missing(case, path, (*place, "or_instead"), "paper", paper.or_instead, case.province.papers)
        for other in paper.or_instead:
            if other in case.province.papers and paper.id not in case.province.papers[other].or_instead:
                problem = f"'{other}' does not name '{paper.id}' in its own 'or_instead'"
                yield case.fault(path, (*place, "or_instead"), problem)
    for number, spared in enumerate(case.province.not_needed):
        place = ("not_needed", number, "paper")
        yield from _unknown(case, path, place, "paper", (spared.paper,) if spared.paper else ())


def _of_the_rest(case: Case) -> Faults:
    """What topics, gaps, notices and staff notes have to do with."""
    for path, place, thing in case.documents:
        if isinstance(thing, model.Topic | model.Gap | model.Notice | model.StaffNote):
            yield from _missing(case, path, (*place, "items"), "item", thing.items, case.province.items)
        if isinstance(thing, model.Gap | model.StaffNote):
            yield from _unknown(case, path, (*place, "papers"), "paper", thing.papers)
        if isinstance(thing, model.StaffNote):
            yield from _unknown(case, path, (*place, "departments"), "department", thing.departments)


def _of_cities(case: Case) -> Faults:
    for city in case.province.cities.values():
        path = case.path(f"cities/{city.id}.yaml")
        if not path.exists():
            yield case.fault(path, (), f"the file of the city '{city.id}' does not bear its id")
        region = case.library.regions.by_code(city.region)
        above = case.library.regions.province_of(city.region)
        if region is None or region.level == "province" or above is None or above.code != case.province.head.region:
            yield case.fault(path, ("region",), f"'{city.region}' is no place in this province")
        guides = [guide.id for guide in case.province.head.guides]
        yield from _missing(case, path, ("forwards",), "guide", (city.forwards,), guides)


def _unknown(case: Case, path: Path, place: Place, kind: str, ids: Iterable[str]) -> Faults:
    for one in ids:
        if case.library.entry(kind, one) is None:
            known = [entry.id for entry in getattr(case.library.catalogue, f"{kind}s")]
            yield case.fault(path, place, f"{kind} '{one}' is not in the national list{like(one, known)}")


def _missing(case: Case, path: Path, place: Place, kind: str, ids: Iterable[str], known: Iterable[str]) -> Faults:
    known = list(known)
    for one in ids:
        if one not in known:
            yield case.fault(path, place, f"{kind} '{one}' is not defined here{like(one, known)}")
