"""How an item usually goes on, from one status to the next: for demonstrations, never for what people are told."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Item

USUAL = (
    "submitted",
    "received",
    "under_review",
    "review_passed",
    "awaiting_on_site",
    "accepted",
    "processing",
    "making_document",
    "document_sent",
    "completed",
)
FORKS = {
    "draft": None,
    "archive_checked": "received",
    "correction_needed": "under_review",
    "review_failed": "under_review",
    "withdrawn": "received",
    "not_accepted": "awaiting_on_site",
    "suspended": "processing",
    "refused": "processing",
    "ready_for_pick_up": "making_document",
}
"""Statuses beside the usual course, each with the one that it usually comes after."""
GOES_ON_WITH = {
    "draft": "submitted",
    "correction_needed": "submitted",
    "review_failed": "submitted",
    "ready_for_pick_up": "completed",
}
"""What follows a status beside the course; after any other that is not the end it is `processing`."""
DOCUMENTS = ("making_document", "document_sent", "ready_for_pick_up")
SHOWN_BY = {
    "archive_checked": "reporting",
    "papers_handed_in": "reporting",
    "settlement_letter_issued": "household_registration",
    "household_page_printed": "household_registration",
    "fingerprints_needed": "identity_card",
    "fingerprints_taken": "identity_card",
    "bank_chosen": "social_security_card",
    "card_activated": "social_security_card",
    "funds_verified": "pension_transfer",
    "funds_sealed": "annuity_transfer",
    "payment_registered": "subsidy",
    "funds_arrived": "subsidy",
    "paid": "subsidy",
    "contributions_declared": "social_insurance",
    "party_data_imported": "party_transfer",
    "member_reported": "party_transfer",
    "reserve_form_filled": "reserve_registration",
    "delivered": "social_security_card",
}
"""National items that such a status is about, whether or not a guide says so."""
WITH_DOCUMENT = ("identity_card", "social_security_card", "travel_card")
"""National items at whose end something is sent or picked up."""
SPECIAL_AFTER = "accepted"
"""After it come the statuses that a guide names for an item of its own."""


def words_of(library: Library) -> dict[str, str]:
    """What a department would send for each status: its name where that is one of its codes."""
    return {
        one.id: one.name if one.name in one.codes else next(iter(reversed(one.codes)), one.id)
        for one in library.catalogue.statuses
    }


def statuses_named(province: ProvinceKnowledge, item: Item) -> list[str]:
    """The statuses that the guide's data names for an item: as the start or end of a clock, a next step or a notice."""
    return list(dict.fromkeys(_named(province, item)))


def has_document(province: ProvinceKnowledge, item: Item) -> bool:
    """Whether something is made for the veteran at the end."""
    return any(item in province.items_meant(name) for name in WITH_DOCUMENT)


def course_of(library: Library, province: ProvinceKnowledge, item: Item) -> list[str]:
    """The statuses of an item from its hand-in to its end, with those that the guide names for it."""
    unfinished = {one.id for one in library.catalogue.statuses if not one.is_final}
    firsts = [one[0] for one in (*_starts(item), *(limit.done_when for limit in item.time_limits)) if one]
    named = [one for one in dict.fromkeys(firsts) if one in unfinished and one not in {*USUAL, *FORKS}]
    course = [one for one in USUAL if one not in DOCUMENTS or has_document(province, item)]
    cut = course.index(SPECIAL_AFTER) + 1
    return [*course[:cut], *named, *course[cut:]]


def way_to(library: Library, province: ProvinceKnowledge, item: Item, status: str) -> list[str]:
    """The statuses that an item has usually had when it reaches one, that one last."""
    course = course_of(library, province, item)
    if status in course:
        return course[: course.index(status) + 1]
    if any(one.id == status and one.is_final for one in library.catalogue.statuses) and status not in FORKS:
        return [*course, status]  # An own step of the veteran after the office's last, or another word for the end.
    before = FORKS.get(status, SPECIAL_AFTER)
    return [*(course[: course.index(before) + 1] if before in course else course[:-1] if before else ()), status]


def following(library: Library, province: ProvinceKnowledge, item: Item, status: str) -> str | None:
    """The status that usually comes next; None at the end."""
    course = course_of(library, province, item)
    if status in course:
        return next(iter(course[course.index(status) + 1 :]), None)
    is_over = any(one.id == status and one.is_final for one in library.catalogue.statuses)
    return None if is_over else GOES_ON_WITH.get(status, "processing")


def _starts(item: Item) -> Iterator[tuple[str, ...]]:
    """The reports of the item that start its clocks; of each any one is enough, the surest first."""
    for limit in item.time_limits:
        for shown in limit.starts.reported_by if limit.starts else ():
            if shown.item in (None, item.id):
                yield shown.status


def _named(province: ProvinceKnowledge, item: Item) -> Iterator[str]:
    for started in _starts(item):
        yield from started
    for limit in item.time_limits:
        yield from limit.done_when
    for said in item.when_reported:
        yield from said.status
    for notice in province.notices:
        for report in notice.on:
            if item.id in report.items:
                yield from report.status
