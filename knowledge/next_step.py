"""What a veteran does next when an item has a status: what the guide says of that item, else of the status alone."""

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
    meant = province.items_meant(item_id) if province else []
    for item in meant:
        for said in item.when_reported:
            if status_id in said.status and province:
                return NextStep(said.say, said.turn or status.turn, said.source, province.reported_id(item, said))
    return NextStep(status.next_step, status.turn)
