"""Dates that cannot be: facts that have run out, were seen before they held, or were seen in the future."""

from __future__ import annotations

from knowledge import model
from knowledge.check.faults import Case, Faults


def impossible_dates(case: Case) -> Faults:
    """One fault a fact. A date that a fact takes over from its guide is only named at the guide.

    That one fact follows another without overlap or gap cannot be said in the data: an id stands once, with its
    present content.
    """
    inherited = {guide.checked_on for guide in case.province.head.guides}
    for path, place, thing in case.documents:
        if isinstance(thing, model.Sourced):
            if thing.valid_until and thing.valid_until < case.today:
                yield case.fault(path, (*place, "until"), f"this held until {thing.valid_until} and is out of date")
            if thing.valid_from > thing.checked_on:
                problem = f"'from' {thing.valid_from} is after 'checked_on' {thing.checked_on}"
                yield case.fault(path, (*place, "from"), problem)
            if thing.checked_on > case.today and thing.checked_on not in inherited:
                yield case.fault(path, (*place, "checked_on"), f"{thing.checked_on} is in the future")
        elif isinstance(thing, model.Guide):
            if thing.checked_on > case.today:
                yield case.fault(path, (*place, "checked_on"), f"{thing.checked_on} is in the future")
            if thing.issued and thing.issued > thing.checked_on:
                yield case.fault(path, (*place, "issued"), f"{thing.issued} is after 'checked_on' {thing.checked_on}")
