"""Dates that cannot be: facts that have run out, were seen before they held, or were seen in the future.

A topic may be written before it holds and stay after it has run out: it is only said within its dates.
"""

from __future__ import annotations

from datetime import date

from knowledge import model
from knowledge.check.faults import Case, Faults

Dates = tuple[date | None, date]
Problem = tuple[str, str]
"""The key with the impossible date, and what is wrong with it."""


def impossible_dates(case: Case) -> Faults:
    """Faults at the fact whose dates they are; dates that a fact takes over from its guide are a fault of the guide.

    That one fact follows another without overlap or gap cannot be said in the data: an id stands once, with its
    present content.
    """
    layers = [city.guide for city in case.province.cities.values()]
    inherited = {_dates_of(guide) for guide in (*case.province.head.guides, *layers)}
    for path, place, thing in case.documents:
        problems: list[Problem] = []
        if isinstance(thing, model.Guide):
            problems = _of_guide(thing, case.today)
        elif isinstance(thing, model.Sourced):
            problems = _of_fact(thing, case.today, (thing.valid_from, thing.checked_on) not in inherited)
        for key, problem in problems:
            yield case.fault(path, (*place, key), problem)


def overdue_guides(case: Case) -> Faults:
    """Warnings: guides that nobody looked at again in time. Every answer from them says so."""
    for path, place, thing in case.documents:
        if isinstance(thing, model.Guide) and thing.due < case.today:
            problem = f"'{thing.id}' was last checked on {thing.checked_on} and was to be checked again by {thing.due}"
            yield case.fault(path, (*place, "review_due" if thing.review_due else "checked_on"), problem)


def _of_guide(guide: model.Guide, today: date) -> list[Problem]:
    begin, checked_on = _dates_of(guide)
    problems = [
        *_order("valid_from" if guide.valid_from else "facts_from", begin, checked_on),
        *_order("issued", guide.issued, checked_on),
    ]
    if guide.review_due and guide.review_due < checked_on:
        problems.append(("review_due", f"'review_due' {guide.review_due} is before 'checked_on' {checked_on}"))
    return [*problems, *_future(checked_on, today)]


def _of_fact(fact: model.Sourced, today: date, has_own_dates: bool) -> list[Problem]:
    problems: list[Problem] = []
    if isinstance(fact, model.Topic):
        return _future(fact.checked_on, today) if has_own_dates else []
    if has_own_dates:
        problems = [*_order("from", fact.valid_from, fact.checked_on), *_future(fact.checked_on, today)]
    if fact.valid_until and fact.valid_until < today:
        problems.append(("until", f"this held until {fact.valid_until} and is out of date"))
    return problems


def _dates_of(guide: model.Guide) -> Dates:
    return (guide.valid_from or guide.facts_from, guide.checked_on)


def _order(key: str, begin: date | None, checked_on: date) -> list[Problem]:
    late = begin is not None and begin > checked_on
    return [(key, f"'{key}' {begin} is after 'checked_on' {checked_on}")] if late else []


def _future(checked_on: date, today: date) -> list[Problem]:
    return [("checked_on", f"{checked_on} is in the future")] if checked_on > today else []
