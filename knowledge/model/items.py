"""What a veteran does and brings: the items of a province and their papers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from knowledge.conditions import Condition
from knowledge.model.catalogue import Turn
from knowledge.model.facts import Aspect, Completeness, Id, Listed, Sourced, Statement, Strict

HowItRuns = Literal["apply", "automatic", "in_person", "guidance"]
PaperForm = Literal["original", "copy", "electronic", "unstated"]


def _is_in_every_year(month_and_day: str) -> str:
    try:
        date.fromisoformat(f"2001-{month_and_day}")
    except ValueError as error:
        raise ValueError(f"'{month_and_day}' is not a day of every year, written as MM-DD") from error
    return month_and_day


DayOfYear = Annotated[str, Field(pattern=r"^\d\d-\d\d$"), AfterValidator(_is_in_every_year)]


class ReportedBy(Strict):
    """Reports of a department that show that something has happened. item: whose reports; the fact's own when None."""

    item: Id | None = None
    status: tuple[Id, ...] = Field(min_length=1)


class Event(Strict):
    """What starts a clock, or what a clock waits for.

    reported_by: what shows that it has happened, the surest first; the first report of the first that was reported
    gives the moment. with_case: it is the acceptance of the whole case.
    """

    id: Id
    say: str
    reported_by: tuple[ReportedBy, ...] = ()
    with_case: bool = False


class TimeLimit(Sourced):
    """How long an office may take. Exactly one of `working_days`, `by_date`, `on_the_spot` and `no_figure`.

    by_date: month and day of the year after the start, as MM-DD. on_the_spot: done while the veteran waits.
    no_figure: the guide's words where it gives no number, such as 资金到账后及时发放.
    starts: the event that starts the clock; none when the guide does not state it.
    excludes: spans that are not counted, in the guide's words.
    is_earliest: not the last day for an office but the first on which the veteran can do his own step.
    done_when: the statuses of the item with which this limit is kept; every final one is meant beside them.
    open_say: what the guide leaves open about the clock, such as 「指南没有写从哪天起算」.
    """

    id: Id
    label: str
    working_days: Annotated[int, Field(ge=1)] | None = None
    by_date: DayOfYear | None = None
    on_the_spot: bool = False
    no_figure: str | None = None
    starts: Event | None = None
    excludes: tuple[str, ...] = ()
    is_earliest: bool = False
    done_when: tuple[Id, ...] = ()
    open_say: str | None = None

    @model_validator(mode="after")
    def _has_one_measure(self) -> Self:
        given = (self.working_days, self.by_date, self.on_the_spot or None, self.no_figure)
        if sum(measure is not None for measure in given) != 1:
            raise ValueError("a time limit has exactly one of: working_days, by_date, on_the_spot, no_figure")
        return self


class OpenPlace(Strict):
    """A case that the guide does not decide. say: what is open, as a reason: 「指南没有写没注销的要不要办」.

    Where it holds, the item or paper is neither certain nor ruled out, whatever `when` says. Without `when` the guide
    decides it for nobody; an item or paper whose own `when` does not hold is still ruled out then.
    """

    when: Condition | None = None
    say: str


class Case(Strict):
    """What is said as the reason to people whose answers fit. It decides nothing."""

    when: Condition
    say: str


class WhenReported(Sourced):
    """What the veteran does when a department reports one of these statuses of an item, instead of the general word.

    turn: who has to act, where that is not what the status says in general.
    """

    status: tuple[Id, ...] = Field(min_length=1)
    say: str
    turn: Turn | None = None


class Item(Sourced):
    """One 事项 of a province.

    name: the guide's own name. how: apply / automatic (免申即享) / in_person / guidance.
    part_of: the national item that people mean when a province splits it into several. includes: further national
    items that the province joins with this one (福建: 党组织、团组织关系转接).
    after: items that must be finished first. when: for whom it is; unknown means 「可能要办，请问窗口」.
    when_say: why it applies, in words. unless_say: why it does not apply, when it does not.
    possible_say: what is said when an answer that `when` needs is missing. open: cases that the guide leaves open.
    forgotten: what it costs not to do it. next_step: what the veteran does himself. when_reported: the same by what was
    reported last.
    """

    id: Id
    name: str
    number: int | None = None
    part_of: Id | None = None
    includes: tuple[Id, ...] = ()
    how: HowItRuns
    department: Id
    after: tuple[Id, ...] = ()
    when: Condition | None = None
    when_say: str
    unless_say: str | None = None
    possible_say: str | None = None
    open: tuple[OpenPlace, ...] = ()
    next_step: str
    forgotten: Statement | None = None
    time_limits: Listed[TimeLimit] = ()
    when_reported: tuple[WhenReported, ...] = ()
    aspects: dict[Aspect, Statement]


class Paper(Sourced):
    """One paper of a province.

    name: the guide's own name. form `unstated` and copies None where the guide does not say.
    for_items: the items that need it; when: for whom beside that. when_say: the condition in words, as a reason.
    unless_say: why it need not be brought when the condition does not hold.
    possible_say: what is said when an answer that `when` needs is missing. open: cases that the guide leaves open.
    cases: for people of one case the reason in words, instead of when_say and possible_say; the first that fits counts.
    or_instead: papers of the province of which any one is enough.
    for_window: false for one that is not handed in with the application but taken to an office of one item.
    made_by_office: true for one that the window or a system makes, so that nobody brings it there or misses it.
    for_conscripts: true for the one of several, each of which is enough, that is named after the 义务兵.
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
    open: tuple[OpenPlace, ...] = ()
    cases: tuple[Case, ...] = ()
    or_instead: tuple[Id, ...] = ()
    for_window: bool = True
    made_by_office: bool = False
    for_conscripts: bool = False
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

    papers: Listed[Paper]
    not_needed: Listed[NotNeeded] = ()
