"""What a printed list holds: plain data as it was when the list was made, so that a later release changes nothing."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from knowledge.paper_talk import PaperState


class Part(BaseModel):
    """Immutable. Keys of another release are dropped, so that a list of last month can still be opened."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class SlipItem(Part):
    """An item as it is ticked off. `number` is the one that the person saw in his result.

    where: None when it is the place that the list names once for most items. limit: None when the guide names none;
    limit_short: its figures alone, where it has some. doubt: why only perhaps. how: in words; empty when he
    applies as usual, or when the name says it. is_automatic: nothing is applied for. is_in_person: he goes himself.
    """

    number: int
    name: str
    how: str
    is_automatic: bool
    is_in_person: bool
    doubt: str | None
    step: str
    where: str | None
    limit: str | None
    limit_short: str | None
    department: str
    forgotten: str | None
    section: str


class SlipPaper(Part):
    """A paper as it is ticked off.

    details: original or copy, how many, what it must look like. certain: else `reason` is why only perhaps.
    items: the numbers of the items that need it; empty when most of them do. instead: papers of which any one is
    enough. note: None when it is the one that the list names once for most papers.
    """

    name: str
    details: str
    certain: bool
    reason: str
    items: tuple[int, ...]
    instead: tuple[str, ...]
    note: str | None
    state: PaperState | None
    section: str


class SlipSpared(Part):
    """What need not be brought, for one reason."""

    names: tuple[str, ...]
    reason: str
    section: str


class SlipGuide(Part):
    """A document that the list was made from."""

    title: str
    doc_no: str | None
    valid_from: date | None


class SlipDate(Part):
    """A day that is really known. uid: tells it from others in a calendar. note: None when there is nothing to add."""

    uid: str
    day: date
    say: str
    note: str | None


class Slip(Part):
    """The whole list.

    has_order: whether the guide puts one item after another. place: where most items are applied for. limits: what
    holds for the time of all items. note: what holds for most papers. sections: the places of all papers in the guide.
    made_by_office: of each paper that the window or a system makes, that it does.
    warnings: where guides disagree about papers. tips: what else the guide says to somebody like him. good_until: the
    last day of the link.
    """

    region: str
    made_at: datetime
    good_until: date
    has_order: bool
    place: str | None
    limits: tuple[str, ...]
    items: tuple[SlipItem, ...]
    papers: tuple[SlipPaper, ...]
    note: str | None
    made_by_office: tuple[str, ...] = ()
    sections: str
    warnings: tuple[str, ...]
    spared: tuple[SlipSpared, ...]
    tips: tuple[str, ...]
    dates: tuple[SlipDate, ...]
    ask_whom: str
    guides: tuple[SlipGuide, ...]
