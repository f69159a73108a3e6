"""What follows from all reports of a case, in whatever order they came."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

from api.cases.projection import OPENED, UNRECOGNISED, Event, ItemState, project
from tests.actions.builders import knowledge

ITEM = "household_registration"
ACCEPTED = datetime(2026, 11, 16, 1, 30, tzinfo=UTC)


def event(status: str, day: int, reported: str | None = None, note: str | None = None, item: str = ITEM) -> Event:
    return Event(item, status, reported or status, datetime(2026, 11, day, 2, 0, tzinfo=UTC), note)


def projected(*events: Event, opened: tuple[str, ...] = (ITEM,)) -> dict[str, ItemState]:
    library = knowledge().library
    ordered = sorted(events, key=lambda one: one.at)
    return {one.item: one for one in project(library, library.provinces["henan"], ACCEPTED, opened, ordered)}


def test_item_that_nobody_reported_on_is_handed_in_with_the_case() -> None:
    state = projected()[ITEM]

    assert (state.status, state.reported, state.since, state.due) == (OPENED, None, ACCEPTED, None)
    assert state.deadline is not None
    assert state.deadline["kind"] == "waits_for_event"


def test_newest_report_counts_whatever_the_order_of_arrival() -> None:
    events = [event("received", 17), event("processing", 18), event("completed", 19)]

    states = {str(projected(*order)[ITEM]) for order in permutations(events)}

    assert len(states) == 1
    assert projected(*events)[ITEM].status == "completed"


def test_clock_starts_at_the_report_that_the_guide_names() -> None:
    # Ten working days after Tuesday 17 November, no holiday between: Tuesday 1 December.
    assert projected(event("received", 17), event("processing", 19))[ITEM].due == date(2026, 12, 1)


def test_status_holds_since_it_was_said_first_without_a_break() -> None:
    state = projected(
        event("processing", 17), event("suspended", 18), event("processing", 19), event("processing", 20)
    )[ITEM]

    assert state.since == event("processing", 19).at


def test_new_note_is_news() -> None:
    state = projected(event("correction_needed", 17, note="缺照片"), event("correction_needed", 18, note="缺签字"))[
        ITEM
    ]

    assert (state.since, state.note) == (event("x", 18).at, "缺签字")


def test_word_that_has_become_known_is_recognised_afterwards() -> None:
    assert projected(event(UNRECOGNISED, 17, reported="办结"))[ITEM].status == "completed"


def test_word_that_is_still_unknown_is_shown_as_such() -> None:
    state = projected(event("received", 17), event(UNRECOGNISED, 18, reported="转下一环节"))[ITEM]

    assert (state.status, state.reported) == (UNRECOGNISED, "转下一环节")


def test_item_of_a_report_alone_is_there_too() -> None:
    states = projected(event("completed", 17, item="reporting"))

    assert sorted(states) == [ITEM, "reporting"]
    assert states["reporting"].department == "veterans_affairs"
