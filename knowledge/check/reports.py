"""What the data say of reports of departments: items and statuses that there are not, codes that mean two things."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from knowledge import model
from knowledge.check.faults import Case, Faults, like, read_fault
from knowledge.check.texts import too_long
from knowledge.library import Library
from knowledge.loader import Lines
from knowledge.status_codes import codes_of, fold_code
from knowledge.yaml_lines import Place


def unknown_reports(case: Case) -> Faults:
    """Items and statuses of clocks, next steps and notices that there are not; words that cannot be heard at once."""
    for path, place, thing in case.documents:
        if isinstance(thing, model.TimeLimit):
            yield from _statuses(case, path, (*place, "done_when"), thing.done_when)
        if isinstance(thing, model.ReportedBy | model.WhenReported | model.OnReport):
            yield from _statuses(case, path, (*place, "status"), thing.status)
        if isinstance(thing, model.ReportedBy):
            yield from _items(case, path, (*place, "item"), (thing.item,) if thing.item else ())
            if thing.item is None and path.name == "province.yaml":
                yield case.fault(path, place, "'item' is missing: the whole service has no reports of its own")
        if isinstance(thing, model.OnReport):
            yield from _items(case, path, (*place, "items"), thing.items)
            if problem := too_long(thing.tell or ""):
                yield case.fault(path, (*place, "tell"), problem.replace("'say'", "'tell'"))


def steps_said_twice(case: Case) -> Faults:
    """A status for which an item, or the province, says the next step twice: only the first would be told."""
    listed = [(case.path("province.yaml"), case.province.head.when_reported)]
    listed += [(case.path(f"items/{item.id}.yaml"), item.when_reported) for item in case.province.items.values()]
    for path, steps in listed:
        seen: set[str] = set()
        for number, step in enumerate(steps):
            for status in seen.intersection(step.status):
                yield case.fault(path, ("when_reported", number, "status"), f"'{status}' has a next step above already")
            seen.update(step.status)


def idle_clocks(case: Case) -> Faults:
    """Hints, no faults: time limits whose start no report shows, so that a case will always say that they wait."""
    for path, place, thing in case.documents:
        starts = thing.starts if isinstance(thing, model.TimeLimit) else None
        if starts and not starts.with_case and not starts.reported_by:
            yield case.fault(path, (*place, "starts"), f"no report shows that '{starts.id}' has happened")


def double_codes(library: Library, lines: Lines, folder: Path) -> Faults:
    """Codes of departments that two statuses claim, so that nobody knows which is meant."""
    owners: dict[str, str] = {}
    for number, status in enumerate(library.catalogue.statuses):
        for code in sorted(codes_of(status)):
            if code in owners:
                written = [fold_code(one) for one in status.codes]
                place: Place = ("codes", written.index(code)) if code in written else ("id",)
                where = lines.name(folder / "statuses.yaml", ("entries", number, *place))
                yield read_fault(f"{where}: the code '{code}' stands for '{owners[code]}' too")
            owners.setdefault(code, status.id)


def _statuses(case: Case, path: Path, place: Place, ids: Iterable[str]) -> Faults:
    known = [one.id for one in case.library.catalogue.statuses]
    for one in ids:
        if one not in known:
            yield case.fault(path, place, f"status '{one}' is not in the national list{like(one, known)}")


def _items(case: Case, path: Path, place: Place, ids: Iterable[str]) -> Faults:
    known = list(case.province.items)
    for one in ids:
        if one not in known:
            yield case.fault(path, place, f"item '{one}' is not defined here{like(one, known)}")
