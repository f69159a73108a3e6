"""Into which change set an editor saves: his own draft is suggested, a colleague's is only offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.changes.reader import ChangeReader
from api.changes.records import ChangeSet
from api.staff.accounts import Staff

NEW_SET = "new"


@dataclass(frozen=True)
class DraftChoice:
    """The drafts that are offered: his own first, then those in which he had a hand. makers: who began the others.

    suggested: the number of his own draft that changed last, else NEW_SET.
    """

    sets: Sequence[ChangeSet]
    makers: Mapping[int, str]
    suggested: str


async def drafts_for(staff: Staff, reader: ChangeReader) -> DraftChoice:
    """What one person may save into."""
    drafts = await reader.list(("draft",))
    sets = sorted(drafts, key=lambda one: (one.created_by != staff.id, staff.id not in one.authors))
    own = next((one for one in sets if one.created_by == staff.id), None)
    others = {one.created_by for one in sets} - {staff.id}
    return DraftChoice(sets, await reader.names(others), str(own.id) if own else NEW_SET)
