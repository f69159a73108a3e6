"""A province: its guides, and what its service has as a whole."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from knowledge.model.facts import Aspect, Id, Listed, Sourced, Statement, Strict


class Guide(Strict):
    """A document that facts are taken from."""

    id: str
    region: str
    title: str
    short_name: str
    doc_no: str | None
    issuers: tuple[str, ...]
    issued: date | None
    valid_from: date | None
    checked_on: date
    audience: Literal["veteran", "staff"]
    note: str | None = None


class Province(Strict):
    """The head of a province's folder: its guides, the main one first, and what every answer may need."""

    id: Id
    region: str
    guides: Listed[Guide] = Field(min_length=1)
    service_names: tuple[str, ...]
    ask_whom: str
    """Who is asked about anything that the guide leaves open: said at the end of such answers."""


class Topic(Statement):
    """A question about the service as a whole rather than about one item or paper.

    steps: a sequence to be followed, one short sentence each. items: the items it has to do with.
    """

    id: Id
    title: str
    steps: tuple[str, ...] = ()
    items: tuple[Id, ...] = ()


class Topics(Strict):
    """The topics of one file."""

    topics: Listed[Topic]


class Gap(Sourced):
    """A place that the guide leaves open, or where two places disagree. Said, never smoothed over.

    say: for the veteran; staff: for the counselor. items, papers, aspects: what it has to do with.
    """

    id: Id
    title: str
    kind: Literal["missing", "conflict", "damaged"]
    say: str
    staff: str
    ask: str
    items: tuple[Id, ...] = ()
    papers: tuple[Id, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    questions: tuple[str, ...] = ()


class Gaps(Strict):
    """The open places of a province's guides."""

    gaps: Listed[Gap]


class Notice(Sourced):
    """A message that an office promises to send."""

    id: Id
    sent_when: str
    way: Literal["sms", "post_or_pick_up", "platform", "unstated"]
    items: tuple[Id, ...] = ()
    say: str


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
    """One field of the application form, with what to write."""

    id: Id
    label: str
    say: str


class Form(Sourced):
    """The application form of a province, field by field, as far as the guide names the fields."""

    id: Id
    name: str
    say: str
    fields: Listed[FormField]
