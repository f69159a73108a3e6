"""A province: its guides, and what its service has as a whole."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from knowledge.model.facts import Aspect, Id, Listed, Sourced, Statement, Strict
from knowledge.model.items import ReportedBy, TimeLimit, WhenReported

HourOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Guide(Strict):
    """A document that facts are taken from.

    facts_from: the day from which its facts are known to hold where the document names none; `note` says why.
    review_due: the last day on which somebody must have looked again whether it still holds; a year after `checked_on`
    when it is left out.
    """

    id: str
    region: str
    title: str
    short_name: str
    doc_no: str | None
    issuers: tuple[str, ...]
    issued: date | None
    valid_from: date | None
    facts_from: date | None = None
    checked_on: date
    review_due: date | None = None
    audience: Literal["veteran", "staff"]
    note: str | None = None

    @property
    def due(self) -> date:
        """The last day on which what was checked may be told without a word about its age."""
        return self.review_due or _a_year_after(self.checked_on)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


class ReceiptRule(Sourced):
    """How the hour of receipt moves a time limit. Hours as HH:MM; what is not written stays open.

    events: the starts of time limits that are such a receipt; a limit that starts otherwise is counted as usual.
    before: received earlier on a working day, that day counts. ends_at: received between `before` and this hour, a
    limit of one working day ends on the next working day at this hour. open_say: what the guide does not say.
    """

    events: tuple[Id, ...] = Field(min_length=1)
    before: HourOfDay
    ends_at: HourOfDay
    open_say: str

    @model_validator(mode="after")
    def _hours_follow(self) -> Self:
        if self.before >= self.ends_at:
            raise ValueError("'ends_at' is not after 'before'")
        return self


class Province(Strict):
    """The head of a province's folder: its guides, the main one first, and what every answer may need.

    time_limits: those of the whole service. receipt_rule: how the hour of receipt counts, where the guide says so.
    when_reported: what is done when a status of any item is reported, unless the item itself says it.
    """

    id: Id
    region: str
    guides: Listed[Guide] = Field(min_length=1)
    service_names: tuple[str, ...]
    ask_whom: str
    """Who is asked about anything that the guide leaves open: said at the end of such answers."""
    time_limits: Listed[TimeLimit] = ()
    receipt_rule: ReceiptRule | None = None
    when_reported: tuple[WhenReported, ...] = ()


class Topic(Statement):
    """A question about the service as a whole rather than about one item or paper. It is said within its dates only.

    items: those it has to do with. for_whom: whom it concerns, where that is not everybody; said in front of it.
    """

    id: Id
    title: str
    items: tuple[Id, ...] = ()
    for_whom: str | None = Field(default=None, alias="for")

    def is_said_on(self, day: date) -> bool:
        """Whether a day lies within its dates."""
        return self.valid_from <= day and not (self.valid_until and self.valid_until < day)


class Topics(Strict):
    """The topics of one file."""

    topics: Listed[Topic]


class Gap(Sourced):
    """A place that the guide leaves open, or where two places disagree. Said, never smoothed over.

    say: for the veteran; staff: for the counselor. brief: one sentence that is said with every answer about one of its
    papers. in_list: what a list of papers says instead, of the province's own guide alone.
    items, papers, aspects: what it has to do with.
    """

    id: Id
    title: str
    kind: Literal["missing", "conflict", "damaged"]
    say: str
    brief: str | None = None
    in_list: str | None = None
    staff: str
    ask: str
    items: tuple[Id, ...] = ()
    papers: tuple[Id, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    questions: tuple[str, ...] = ()


class Gaps(Strict):
    """The open places of a province's guides."""

    gaps: Listed[Gap]


class StaffNote(Sourced):
    """What a counselor or a window should know and a veteran is not told: duties, systems, exchanged fields."""

    id: Id
    title: str
    say: str
    steps: tuple[str, ...] = ()
    items: tuple[Id, ...] = ()
    papers: tuple[Id, ...] = ()
    departments: tuple[Id, ...] = ()


class StaffNotes(Strict):
    """The staff knowledge of a province."""

    notes: Listed[StaffNote]


class Section(Strict):
    """A numbered place of a guide. unused: why no fact is taken from it, where none is."""

    id: str
    title: str
    unused: str | None = None


class GuideSections(Strict):
    """The table of contents of one guide, as its facts cite it."""

    guide: str
    sections: Listed[Section] = Field(min_length=1)


class Sections(Strict):
    """The tables of contents of a province's guides."""

    guides: tuple[GuideSections, ...]


class City(Strict):
    """A layer over a province's guides for one city: its own document, and what differs there.

    forwards: the guide of the province that the city's document passes on. section: where it does so.
    topics, gaps: only for callers from there; one with the id of the province's own stands in its place.
    """

    id: Id
    region: str
    guide: Guide
    forwards: str
    section: str = "全文"
    topics: Listed[Topic] = ()
    gaps: Listed[Gap] = ()


class Reminder(Strict):
    """A reminder of the veteran's own step after a report. Exactly one of `after_days` and `after_working_days`.

    after_working_days: on the first working day after that many have passed. until: what shows that he has done it.
    """

    after_days: Annotated[int, Field(ge=1)] | None = None
    after_working_days: Annotated[int, Field(ge=1)] | None = None
    say: str
    until: tuple[ReportedBy, ...] = ()

    @model_validator(mode="after")
    def _has_one_span(self) -> Self:
        if (self.after_days is None) == (self.after_working_days is None):
            raise ValueError("a reminder has exactly one of: after_days, after_working_days")
        return self


class OnReport(Strict):
    """What a veteran who agreed to be told hears when a department reports one of these statuses of one of these items.

    tell: the words; without them the status is told in its own plain words. is_urgent: goes out in quiet hours too.
    """

    items: tuple[Id, ...] = Field(min_length=1)
    status: tuple[Id, ...] = Field(min_length=1)
    tell: str | None = None
    is_urgent: bool = False
    remind: Reminder | None = None


class Notice(Sourced):
    """A message that an office promises to send. on: with which reports the assistant tells it too."""

    id: Id
    sent_when: str
    way: Literal["sms", "post_or_pick_up", "platform", "unstated"]
    items: tuple[Id, ...] = ()
    say: str
    on: tuple[OnReport, ...] = ()


class Notices(Strict):
    """The notices that a province's guides promise."""

    notices: Listed[Notice]


class Portal(Sourced):
    """A place to apply or to ask: a website, an app, a window, a telephone line."""

    id: Id
    name: str
    kind: Literal["website", "app", "window", "telephone"]
    address: str | None = None
    say: str


class Portals(Strict):
    """The portals of a province."""

    portals: Listed[Portal]


class FormField(Strict):
    """One field of the application form, with what to write. aliases: other words by which people name it."""

    id: Id
    label: str
    say: str
    aliases: tuple[str, ...] = ()


class Form(Sourced):
    """The application form of a province, field by field, as far as the guide names the fields."""

    id: Id
    name: str
    say: str
    fields: Listed[FormField]
