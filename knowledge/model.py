"""What a fact looks like. Every file under `data/` is one of these shapes; an unknown key is an error.

The order of the fields is the order of the keys in the files. Text for people is written by the content owner in
the files; code picks and orders it and never rewords it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from knowledge.conditions import Condition

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Completeness = Literal["complete", "partial", "none"]
HowItRuns = Literal["apply", "automatic", "in_person", "guidance"]
PaperForm = Literal["original", "copy", "electronic", "unstated"]
Aspect = Literal[
    "overview",
    "who",
    "materials",
    "time_limit",
    "where",
    "how",
    "department",
    "result",
    "cost",
    "amount",
    "in_person",
    "order",
    "notice",
    "progress",
    "necessity",
    "contact",
    "form",
]


class Strict(BaseModel):
    """Immutable, and every unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Source(Strict):
    """A place in a guide: the guide's id and the section as the guide numbers it."""

    guide: str
    section: str


def _expand_source(value: Any, info: ValidationInfo) -> Any:
    """A bare section means the main guide of the folder: `source: 附件2 五(二)6`."""
    values = value if isinstance(value, list) else [value]
    guide = (info.context or {}).get("guide")
    return [{"guide": guide, "section": one} if isinstance(one, str) else one for one in values]


Sources = Annotated[tuple[Source, ...], BeforeValidator(_expand_source), Field(min_length=1)]


class Sourced(Strict):
    """A fact with its place in a guide, the day it holds from, and the day somebody last saw that it still holds.

    `from` and `checked_on` default to those of the folder's main guide.
    """

    source: Sources
    valid_from: date = Field(alias="from")
    valid_until: date | None = Field(default=None, alias="until")
    checked_on: date

    @model_validator(mode="before")
    @classmethod
    def _inherit_dates(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            return data
        inherited = (info.context or {}).get("dates", {})
        return {**inherited, **data}


class Statement(Sourced):
    """Something that can be said as it stands.

    say: at most four short sentences, the first reply. more: the rest, on request. staff: only for counselors.
    simple: the same in the plainest words, for 「说简单点」.
    complete: whether the guide answers the question wholly, partly or not at all; then `ask` names who would know.
    questions: ways in which people ask for it.
    """

    say: str
    more: str | None = None
    simple: str | None = None
    staff: str | None = None
    complete: Completeness = "complete"
    ask: str | None = None
    questions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_who_knows(self) -> Statement:
        if self.complete != "complete" and not self.ask:
            raise ValueError("'ask' must say who would know when 'complete' is not complete")
        return self


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
    guides: tuple[Guide, ...] = Field(min_length=1)
    service_names: tuple[str, ...]
    ask_whom: str
    """Who is asked about anything that the guide leaves open: said at the end of such answers."""


class Event(Strict):
    """What starts a clock, or what a clock waits for."""

    id: Id
    say: str


class TimeLimit(Sourced):
    """How long an office may take. Exactly one of `working_days` and `by_date`.

    starts: the event that starts the clock; none when the guide does not state it.
    excludes: spans that are not counted, in the guide's words.
    by_date: month and day of the year after the start, as MM-DD.
    """

    id: Id
    label: str
    working_days: int | None = None
    by_date: str | None = None
    starts: Event | None = None
    excludes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_one_measure(self) -> TimeLimit:
        if (self.working_days is None) == (self.by_date is None):
            raise ValueError("a time limit has exactly one of: working_days, by_date")
        return self


class Item(Sourced):
    """One 事项 of a province.

    name: the guide's own name. how: apply / automatic (免申即享) / in_person / guidance.
    part_of: the national item that people mean when a province splits it into several.
    after: items that must be finished first. when: for whom it is; unknown means 「可能要办，请问窗口」.
    when_say: why it applies, in words. unless_say: why it does not apply, when it does not.
    forgotten: what it costs not to do it. next_step: what the veteran does himself.
    """

    id: Id
    name: str
    number: int | None = None
    part_of: Id | None = None
    how: HowItRuns
    department: Id
    after: tuple[Id, ...] = ()
    when: Condition | None = None
    when_say: str
    unless_say: str | None = None
    possible_say: str | None = None
    next_step: str
    forgotten: Statement | None = None
    time_limits: tuple[TimeLimit, ...] = ()
    aspects: dict[Aspect, Statement]


class Paper(Sourced):
    """One paper of a province.

    name: the guide's own name. form `unstated` and copies None where the guide does not say.
    for_items: the items that need it; when: for whom beside that. when_say: the condition in words, as a reason.
    unless_say: why it need not be brought when the condition does not hold.
    or_instead: papers of the province of which any one is enough.
    say: the answer to 「要不要带」. obtain: where to get it when it is missing.
    """

    id: Id
    name: str
    number: int | None = None
    form: PaperForm
    copies: int | None = None
    spec: str | None = None
    note: str | None = None
    for_items: tuple[Id, ...] = Field(min_length=1)
    when: Condition | None = None
    when_say: str
    unless_say: str | None = None
    possible_say: str | None = None
    or_instead: tuple[Id, ...] = ()
    say: str
    more: str | None = None
    simple: str | None = None
    staff: str | None = None
    complete: Completeness = "complete"
    ask: str | None = None
    questions: tuple[str, ...] = ()
    obtain: Statement | None = None


class NotNeeded(Sourced):
    """Something that people bring in vain, and why they need not."""

    id: Id
    name: str
    paper: Id | None = None
    when: Condition | None = None
    reason: str
    questions: tuple[str, ...] = ()


class Papers(Strict):
    """The papers of a province, in the order of its list."""

    papers: tuple[Paper, ...]
    not_needed: tuple[NotNeeded, ...] = ()


class Option(Strict):
    """One answer to a question. `means`: words and sentences by which people say it."""

    id: Id
    label: str
    means: tuple[str, ...] = ()


class Question(Sourced):
    """One question of the 情形选择.

    ask_when: only asked when this holds for the answers so far. why: the consequence, with its section.
    unsure: what 「不确定」 means for the result and how to find out. topics: words by which people name the question
    when they want to change its answer. stated: false when the guide shows only the consequence and the question
    is ours.
    """

    id: Id
    text: str
    simple: str | None = None
    ask_when: Condition | None = None
    options: tuple[Option, ...] = Field(min_length=2)
    why: str
    unsure: str
    topics: tuple[str, ...] = ()
    stated: bool


class Outcome(Sourced):
    """A sentence for the result that holds for some answers only: not covered, a tip, a warning."""

    id: Id
    when: Condition | None = None
    say: str
    ask: str | None = None


class Questionnaire(Sourced):
    """The questions of a province in the order in which they are asked."""

    id: Id
    title: str
    intro: str
    questions: tuple[Question, ...]
    not_covered: tuple[Outcome, ...] = ()
    tips: tuple[Outcome, ...] = ()


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

    topics: tuple[Topic, ...]


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

    gaps: tuple[Gap, ...]


class Notice(Sourced):
    """A message that an office promises to send."""

    id: Id
    sent_when: str
    way: Literal["sms", "post_or_pick_up", "platform", "unstated"]
    items: tuple[Id, ...] = ()
    say: str


class Notices(Strict):
    """The notices that a province's guides promise."""

    notices: tuple[Notice, ...]


class Portal(Sourced):
    """A place to apply or to ask: a website, an app, a window, a telephone line."""

    id: Id
    name: str
    kind: Literal["website", "app", "window", "telephone"]
    address: str | None = None
    say: str


class Portals(Strict):
    """The portals of a province."""

    portals: tuple[Portal, ...]


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
    fields: tuple[FormField, ...]


class CatalogueEntry(Strict):
    """A national word: one item, paper, aspect, department or term, with the words by which people mean it.

    aliases are said for this and nothing else; hints only point at it, and never decide alone.
    """

    id: Id
    name: str
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class AspectEntry(CatalogueEntry):
    """An aspect of an item. unstated: said when a guide does not speak of it; {item} stands for the item's name."""

    unstated: str


class Term(CatalogueEntry):
    """A word of the offices, in plain words. `plain` explains it without any guide's facts."""

    plain: str


class Outside(CatalogueEntry):
    """A matter that people ask about and no guide here covers. ask: who may know."""

    ask: str


class Status(CatalogueEntry):
    """A status of a case. say: what it means; next_step: what the veteran does; is_final: nothing follows."""

    codes: tuple[str, ...] = ()
    say: str
    next_step: str
    is_final: bool


Entry = TypeVar("Entry", bound=CatalogueEntry)


class Catalogue(Strict):
    """What all provinces share: the words, not the facts."""

    items: tuple[CatalogueEntry, ...]
    papers: tuple[CatalogueEntry, ...]
    aspects: tuple[AspectEntry, ...]
    departments: tuple[CatalogueEntry, ...]
    terms: tuple[Term, ...]
    outside: tuple[Outside, ...]
    statuses: tuple[Status, ...]


class Entries(Strict, Generic[Entry]):
    """The entries of one file of `data/national/`."""

    entries: tuple[Entry, ...]


class Phrases(Strict):
    """Sentences of the assistant itself by key; they carry no policy."""

    phrases: dict[str, str]
