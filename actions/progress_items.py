"""One item of a case as a veteran is told of it: in plain words, by when, whose turn it is, and what he does next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from actions.ports import CaseItem, CaseProgress
from actions.talk import Talk
from knowledge import model
from knowledge.case_clock import ItemDeadline
from knowledge.library import ProvinceKnowledge
from knowledge.next_step import NextStep, next_step
from knowledge.statuses import status_of

Group = Literal["yours", "late", "running", "remember", "done", "ended"]
"""What a whole case is sorted by: waits for him, is late, runs, is done but leaves him a step, is done, has ended."""
HIDDEN = re.compile(r"〔[^〕\d]+\d+〕")
"""A number that masking took out of a department's note, such as 〔手机号1〕."""
BRACKETS = re.compile(r"（[^）]*）")
LONGEST_NOTE = 200
REFUSED = "refused"
"""The status of an item that was dealt with and not granted."""


@dataclass(frozen=True)
class Shown:
    """An item with its words. status: in plain words, or the department's own where they are not known."""

    item: CaseItem
    name: str
    department: str
    status: str
    known: model.Status | None
    step: NextStep
    group: Group
    due: str
    """By when, as a sentence; empty where nothing is to be said."""
    left_open: str
    """What the guide leaves open about that, in sentences."""
    limit: tuple[model.Source, ...]
    """Where the time limit stands that this is said of."""
    fact: model.Item | None

    @property
    def short_name(self) -> str:
        """The name without what stands in brackets."""
        return BRACKETS.sub("", self.name)

    @property
    def sources(self) -> tuple[model.Source, ...]:
        """The places of the guide behind the next step and behind the day."""
        return (*self.step.source, *self.limit)

    def as_data(self) -> dict[str, Any]:
        """As channels get it."""
        return {
            "item": self.name,
            "department": self.department,
            "status": self.status,
            "since": self.item.since.isoformat(),
            "due": self.item.due.isoformat() if self.item.due else None,
            "overdue": self.item.overdue,
            "next_step": self.step.say,
        }


def case_data(case: CaseProgress, items: Sequence[Shown]) -> dict[str, Any]:
    """What channels get beside the words."""
    return {"case_no": case.case_no, "items": [one.as_data() for one in items]}


def shown_items(talk: Talk, case: CaseProgress) -> list[Shown]:
    """The items of a case in the guide's order."""
    province = talk.library.province_for(case.region)
    order = list(province.items) if province else []
    items = sorted(case.items, key=lambda one: order.index(one.item) if one.item in order else len(order))
    return [_shown(talk, province, one) for one in items]


def _shown(talk: Talk, province: ProvinceKnowledge | None, item: CaseItem) -> Shown:
    known = status_of(talk.library, item.status)
    fact = province.items.get(item.item) if province else None
    department = talk.library.name_of("department", item.department)
    unknown = talk.library.phrase("status_unrecognised", department=department)
    step = next_step(talk.library, province, item.item, item.status) or NextStep(unknown, "office")
    group = _group(item, known, step)
    if group == "late" and item.due:
        until = _until(talk, item, item.due)
        urge = talk.library.phrase("progress_overdue", due=until, department=department)
        step = NextStep(urge, step.turn, step.source, step.fact)
    due, left_open = _due(talk, item, known), _left_open(talk, item, known)
    is_said = bool(due or left_open or group == "late")
    return Shown(
        item=item,
        name=fact.name if fact else talk.library.name_of("item", item.item),
        department=department,
        status=known.name if known else item.reported or item.status,
        known=known,
        step=step,
        group=group,
        due=due,
        left_open=left_open,
        limit=limit_sources(talk, item.deadline) if is_said else (),
        fact=fact,
    )


def _group(item: CaseItem, known: model.Status | None, step: NextStep) -> Group:
    is_his = known is not None and step.turn == "veteran"
    if known is not None and known.is_final and not (known.is_sent_back and is_his):
        if known.is_sent_back or known.id == REFUSED:
            return "ended"
        return "remember" if is_his else "done"
    if is_his:
        return "yours"
    return "late" if item.overdue else "running"


def _due(talk: Talk, item: CaseItem, known: model.Status | None) -> str:
    """The office's last day, or what its clock waits for, or from when on he can go himself. Nothing of what is late or
    sent back, and of what is finished only the last."""
    say, own = talk.library.phrase, item.deadline
    if known is not None and known.is_sent_back:
        return ""
    if own is not None and own.kind == "earliest" and own.day:
        return say("progress_own_day", day=day_said(talk, own.day) + _marks(talk, own.is_expected, False))
    if known is not None and known.is_final:
        return ""
    if item.waits_for:
        return say("progress_waits", event=item.waits_for)
    if item.due is None or item.overdue:
        return ""
    return say("progress_due", due=_until(talk, item, item.due))


def _left_open(talk: Talk, item: CaseItem, known: model.Status | None) -> str:
    """What the guide does not say of the time limit that counts now; nothing of what is finished or sent back."""
    own = item.deadline
    if own is None or (known is not None and (known.is_final or known.is_sent_back)):
        return ""
    if own.figure:
        return talk.library.phrase("progress_no_figure", figure=own.figure)
    if own.kind == "no_start_stated" and own.working_days:
        return no_start_said(talk, own, not_counted(talk, own))
    return own.open_say or "" if item.due else ""


def no_start_said(talk: Talk, limit: ItemDeadline, spans: str = "") -> str:
    """How long it takes, where no day follows because the guide names no start."""
    say = talk.library.phrase("progress_no_start", label=limit.label, count=limit.working_days, spans=spans)
    return say + (limit.open_say or "")


def not_counted(talk: Talk, limit: ItemDeadline) -> str:
    """The spans that the guide does not count."""
    return talk.library.phrase("not_counted", spans="、".join(limit.excludes)) if limit.excludes else ""


def limit_sources(talk: Talk, limit: ItemDeadline | None) -> tuple[model.Source, ...]:
    """Where a time limit stands, as far as this release still has it."""
    fact = talk.library.facts.get(limit.fact) if limit else None
    return fact.source if fact else ()


def _until(talk: Talk, item: CaseItem, due: date) -> str:
    """The day, with the hour where the guide names one, and with the words for what may still move or is left open."""
    hour = talk.library.phrase("hour_of_day", hour=f"{item.due_hour:%H:%M}") if item.due_hour else ""
    is_open = item.deadline is not None and item.deadline.open_say is not None
    return day_said(talk, due) + hour + _marks(talk, item.is_expected, is_open)


def _marks(talk: Talk, is_expected: bool, is_open: bool) -> str:
    marks = (("is_expected", is_expected), ("is_left_open", is_open))
    return "".join(talk.library.phrase(key) for key, is_meant in marks if is_meant)


def day_said(talk: Talk, day: date) -> str:
    """A day; with the year when it is not this one."""
    key = "day" if day.year == talk.ask.now.year else "full_day"
    return talk.library.phrase(key, year=day.year, month=day.month, day=day.day)


def moment_said(talk: Talk, at: datetime) -> str:
    """The time of day; with the day when it is not today."""
    clock = f"{at:%H:%M}"
    return clock if at.date() == talk.ask.now.date() else f"{day_said(talk, at.date())} {clock}"


def note_said(talk: Talk, note: str | None) -> str:
    """What the department wrote, as its own words."""
    if not note or not note.strip():
        return ""
    kept = HIDDEN.sub(talk.library.phrase("number_hidden"), note.strip())
    kept = kept if len(kept) <= LONGEST_NOTE else kept[:LONGEST_NOTE] + "…"
    return talk.library.phrase("progress_note", note=kept.rstrip("。"))
