"""What a veteran does next when an item has a status: what the guide says of that item or of any, else the status."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge import model
from knowledge.library import Library, ProvinceKnowledge
from knowledge.statuses import status_of


@dataclass(frozen=True)
class NextStep:
    """What he does, in words, with the places of the guide and the knowledge id; both empty for a general word.

    turn: who has to act now.
    """

    say: str
    turn: model.Turn
    source: tuple[model.Source, ...] = ()
    fact: str | None = None


def next_step(library: Library, province: ProvinceKnowledge | None, item_id: str, status_id: str) -> NextStep | None:
    """What he does next; None for a status that the knowledge does not know.

    province: None where no guide covers the case's region.
    """
    status = status_of(library, status_id)
    if status is None:
        return None
    if province is None:
        return NextStep(status.next_step, status.turn)
    for item in (*province.items_meant(item_id), None):
        listed = item.when_reported if item else province.head.when_reported
        said = next((one for one in listed if status_id in one.status), None)
        if said:
            return NextStep(said.say, said.turn or status.turn, said.source, province.reported_id(item, said))
    return NextStep(status.next_step, status.turn)
