"""What departments are answered: the shapes of the responses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Row

from api.cases.intake import Opened, Reported
from api.cases.projection import UNRECOGNISED, ItemState, status_now
from api.conversations.desk_hours import LOCAL
from bot.masking import Kind
from knowledge.case_clock import ItemDeadline
from knowledge.library import Library

IDENTITY_NUMBER = f"〔{Kind.IDENTITY}1〕"
PHONE = f"〔{Kind.MOBILE}1〕"
"""What stands in the place of numbers, as everywhere else."""


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(frozen=True)


class OpenedItem(Answer):
    """An item of a case that was opened. due: the office's last day; none while no clock runs, see waits_for."""

    item: str
    name: str = Field(description="The guide's own name.")
    department: str
    due: date | None
    waits_for: str | None = Field(description="What starts the clock, in the guide's words.")


class OpenedCase(Answer):
    """A case that was opened."""

    case_no: str
    items: list[OpenedItem]


class TakenEvent(Answer):
    """An event that is stored. status: `unrecognised` for one that nobody has mapped yet; a person looks into it."""

    case_no: str
    event_id: str
    item: str
    status: str
    recognised: bool


class ItemProgress(OpenedItem):
    """How far an item has come. due_hour: until when on that day; is_expected: rests on days off not yet announced."""

    status: str
    reported: str | None = Field(description="The newest status as it was sent.")
    note: str | None
    since: datetime
    due_hour: time | None
    is_expected: bool


class PastEvent(Answer):
    """An event as it was sent, with what the knowledge makes of its status now."""

    event_id: str
    item: str
    status: str
    reported: str
    at: datetime
    note: str | None
    received_at: datetime


class MaskedApplicant(Answer):
    """Whose case it is, without his numbers: they are stored encrypted and never given back."""

    id_number: str
    phone: str | None


class WholeCase(Answer):
    """A case with its history, the events in the order in which they happened."""

    case_no: str
    platform_no: str | None
    region: str
    accepted_at: datetime
    applicant: MaskedApplicant
    items: list[ItemProgress]
    history: list[PastEvent]


def opened_case(library: Library, region: str, opened: Opened) -> OpenedCase:
    """The answer to a new case."""
    items = [OpenedItem(**_beginning(library, region, one)) for one in opened.items]
    return OpenedCase(case_no=opened.case_no, items=items)


def taken_event(reported: Reported) -> TakenEvent:
    """The answer to an event."""
    return TakenEvent(
        case_no=reported.case_no,
        event_id=reported.event_id,
        item=reported.item,
        status=reported.status,
        recognised=reported.status != UNRECOGNISED,
    )


def whole_case(library: Library, case: Row[Any], items: Sequence[Row[Any]], events: Sequence[Row[Any]]) -> WholeCase:
    """The answer to the question how a case stands."""
    return WholeCase(
        case_no=case.case_no,
        platform_no=case.platform_no,
        region=case.region,
        accepted_at=case.accepted_at.astimezone(LOCAL),
        applicant=MaskedApplicant(id_number=IDENTITY_NUMBER, phone=PHONE if case.has_phone else None),
        items=[_progress(library, case.region, one) for one in items],
        history=[
            PastEvent(
                event_id=one.event_id,
                item=one.item,
                status=status_now(library, one.status, one.reported),
                reported=one.reported,
                at=one.at.astimezone(LOCAL),
                note=one.note,
                received_at=one.received_at.astimezone(LOCAL),
            )
            for one in events
        ],
    )


def _progress(library: Library, region: str, row: Row[Any]) -> ItemProgress:
    deadline = ItemDeadline.from_json(row.deadline) if row.deadline else None
    return ItemProgress(
        **_beginning(library, region, row),
        status=status_now(library, row.status, row.reported),
        reported=row.reported,
        note=row.note,
        since=row.since.astimezone(LOCAL),
        due_hour=deadline.hour if deadline else None,
        is_expected=deadline.is_expected if deadline else False,
    )


def _beginning(library: Library, region: str, state: ItemState | Row[Any]) -> dict[str, Any]:
    province = library.province_for(region)
    known = province.items.get(state.item) if province else None
    return {
        "item": state.item,
        "name": known.name if known else library.name_of("item", state.item),
        "department": library.name_of("department", state.department),
        "due": state.due,
        "waits_for": state.deadline["waits_for"] if state.deadline else None,
    }
