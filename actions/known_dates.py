"""The days that are really known to a person: those of the cases that this conversation has proved. Nothing is guessed.

What a guide says alone gives no day: the year in which somebody is discharged does not say when an office began.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

from actions.ports import CaseProgress
from actions.slip import SlipDate
from actions.talk import Talk
from knowledge.deadlines import Deadline, deadlines_of
from knowledge.library import ProvinceKnowledge

ACCEPTED = "accepted"
"""The event that a case itself dates: the start of the time limit of a whole service."""

Known = tuple[date, str, str | None]
"""A day, what must be ready by then, and what there is to add."""


async def known_dates(talk: Talk, province: ProvinceKnowledge) -> tuple[SlipDate, ...]:
    """The days to come by which offices must be ready, first days first. Cases of other provinces do not count."""
    found: list[Known] = []
    for case in await talk.services.cases.bound_to(talk.ask.conversation):
        where = talk.library.province_for(case.region)
        if where is not None and where.id == province.id:
            found += _of_case(talk, province, case)
    to_come = sorted({one for one in found if one[0] >= talk.ask.now.date()}, key=lambda one: (one[0], one[1]))
    return tuple(SlipDate(uid=str(uuid.uuid4()), day=day, say=say, note=note) for day, say, note in to_come)


def _of_case(talk: Talk, province: ProvinceKnowledge, case: CaseProgress) -> Iterator[Known]:
    """What is not finished of a case; and the whole of it, as far as the guide gives that a number of days."""
    final = {status.id for status in talk.library.catalogue.statuses if status.is_final}
    running = [item for item in case.items if item.status not in final]
    mark = talk.library.phrase("slip_date_demo") if case.is_demo else ""
    for item in running:
        if item.due is not None:
            known = province.items.get(item.item)
            name = known.name if known else talk.library.name_of("item", item.item)
            yield item.due, mark + talk.library.phrase("slip_date_item", item=name), None
    if running:
        limits, happened = province.head.time_limits, {ACCEPTED: case.accepted_at}
        for deadline in deadlines_of(limits, happened, talk.library.calendar, province.head.receipt_rule):
            if deadline.day is not None and deadline.kind == "latest":
                say = talk.library.phrase("slip_date_whole", label=deadline.limit.label)
                yield deadline.day, mark + say, _note(talk, deadline)


def _note(talk: Talk, deadline: Deadline) -> str | None:
    """What is not counted, and that holidays may still move the day."""
    spans = deadline.limit.excludes
    excluded = talk.library.phrase("slip_excludes", spans="、".join(spans)) if spans else ""
    expected = talk.library.phrase("slip_expected") if deadline.is_expected else ""
    return excluded + expected or None
