"""What a veteran who agreed to be told hears when a department reports a status: the notices that guides promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge import model
from knowledge.calendar import LOCAL, Calendar
from knowledge.library import Library, ProvinceKnowledge
from knowledge.next_step import next_step
from knowledge.statuses import status_of
from knowledge.working_days import due_after


@dataclass(frozen=True)
class OwnStep:
    """A reminder of the veteran's own step. until: pairs of item and status of which any shows that he has done it."""

    say: str
    until: frozenset[tuple[str, str]]
    rule: model.Reminder

    def due(self, reported_at: datetime, calendar: Calendar) -> date:
        """The local day of the reminder. 「5 个工作日后」: the first working day after all five have passed."""
        day = reported_at.astimezone(LOCAL).date()
        if self.rule.after_days:
            return day + timedelta(days=self.rule.after_days)
        return due_after(day, (self.rule.after_working_days or 0) + 1, calendar).day


@dataclass(frozen=True)
class News:
    """One message. notice: the id of the guide's notice, None when no guide promises one; key is stable for an event.

    knowledge_ids: what the words rest on. is_urgent: goes out in quiet hours too.
    """

    key: str
    text: str
    source: tuple[model.Source, ...]
    knowledge_ids: tuple[str, ...]
    notice: str | None = None
    is_urgent: bool = False
    remind: OwnStep | None = None


def news_for(library: Library, province: ProvinceKnowledge | None, item_id: str, status_id: str) -> list[News]:
    """What is told about a report: the guide's notices in their own words, else the status in plain words.

    Empty for a status that the knowledge does not know: what it means is not guessed.
    """
    status = status_of(library, status_id)
    if status is None:
        return []
    meant = province.items_meant(item_id) if province else []
    ids = {item_id, *(item.id for item in meant)} if len(meant) == 1 else {item_id}
    found = [
        (notice, on)
        for notice in (province.notices if province else ())
        for on in notice.on
        if ids & set(on.items) and status_id in on.status
    ]
    told = [_told(province, notice, on, item_id) for notice, on in found if on.tell and province]
    return told or [_plain(library, province, status, item_id, found)]


def _told(province: ProvinceKnowledge, notice: model.Notice, on: model.OnReport, item_id: str) -> News:
    return News(
        key=notice.id,
        text=on.tell or notice.say,
        source=notice.source,
        knowledge_ids=(f"{province.id}.notice.{notice.id}",),
        notice=notice.id,
        is_urgent=on.is_urgent,
        remind=_own_step(on, item_id),
    )


def _plain(
    library: Library,
    province: ProvinceKnowledge | None,
    status: model.Status,
    item_id: str,
    found: list[tuple[model.Notice, model.OnReport]],
) -> News:
    """The item's name, what the status means, and what he does now; a notice that promises it lends its place."""
    meant = province.items_meant(item_id) if province else []
    name = meant[0].name if len(meant) == 1 else library.name_of("item", item_id)
    step = next_step(library, province, item_id, status.id)
    say = step.say if step else status.next_step
    sources = [*(step.source if step else ()), *(place for notice, _ in found for place in notice.source)]
    ids = [*([step.fact] if step and step.fact else []), *(f"{_id(province)}.notice.{one.id}" for one, _ in found)]
    return News(
        key="status",
        text=library.phrase("reported_plain", item=name, say=status.say, next_step=say),
        source=tuple(dict.fromkeys(sources)),
        knowledge_ids=tuple(dict.fromkeys(ids)),
        notice=found[0][0].id if found else None,
        is_urgent=any(on.is_urgent for _, on in found),
        remind=next((_own_step(on, item_id) for _, on in found if on.remind), None),
    )


def _own_step(on: model.OnReport, item_id: str) -> OwnStep | None:
    if on.remind is None:
        return None
    until = {(shown.item or item_id, status) for shown in on.remind.until for status in shown.status}
    return OwnStep(on.remind.say, frozenset(until), on.remind)


def _id(province: ProvinceKnowledge | None) -> str:
    return province.id if province else ""
