"""What an editor makes of a group: a phrasing of an entry, a draft FAQ, or nothing, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.changes.changes import Changes
from api.changes.records import Proposed
from api.db.models import QuestionDecision, QuestionGroup
from api.inbox.gathering import INBOX
from api.inbox.marks import settle_all
from api.inbox.phrasing import draft_faq, place_of, with_phrasing
from api.inbox.state import one_group
from api.staff.accounts import Staff
from api.staff.audit import note
from api.staff.events import announce
from api.studio.opening import Openings
from knowledge.entry_kinds import EntryName
from knowledge.library import ProvinceKnowledge

LONGEST_REASON = 300


class DoneMeanwhile(Exception):
    """Somebody else has seen to it."""


class Decisions:
    """Writes them. An edit goes into a change set, so that nothing is heard before a second person has read it."""

    def __init__(self, engine: AsyncEngine, changes: Changes, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._changes = changes
        self._openings = Openings(changes, changes.workbench)
        self._clock = clock

    async def phrase(
        self, staff: Staff, group: int, province: ProvinceKnowledge, fact: str, phrasing: str, change_set: int
    ) -> EntryName:
        """Makes it a phrasing of an entry. Raises NoPlace, AlreadyThere, DoneMeanwhile, ChangeRefused."""
        name, place = place_of(province, fact)
        opened = await self._openings.open(name, change_set)
        if opened.entry is None:
            raise LookupError(name)
        text = with_phrasing(opened.text, opened.entry.content, name.kind, place, phrasing)
        proposed = Proposed(*name, opened.before, text)
        await self._decide(staff, group, "phrasing", change_set, proposed, opened.version)
        return name

    async def draft(
        self,
        staff: Staff,
        group: int,
        province: ProvinceKnowledge,
        title: str,
        say: str,
        question: str,
        change_set: int,
    ) -> EntryName:
        """Makes a draft FAQ of it. Raises DoneMeanwhile, ChangeRefused."""
        entries = await self._openings.entries(change_set)
        taken = {one.key for one in entries.entries if one.province == province.id}
        key, text = draft_faq(title, say, question, taken)
        name = EntryName(f"provinces/{province.id}/topics.yaml", "topic", key)
        await self._decide(staff, group, "faq", change_set, Proposed(*name, None, text), 0)
        return name

    async def nothing(self, staff: Staff, group: int, reason: str) -> None:
        """Leaves it, with the reason. Raises DoneMeanwhile."""
        await self._decide(staff, group, "nothing", None, None, 0, reason)

    async def take_back(self, staff: Staff, group: int) -> None:
        """Puts it before the editors again. An edit that was made of it stays in its set. Raises DoneMeanwhile."""
        d = QuestionDecision
        async with self._engine.begin() as connection:
            await self._hold(connection, group)
            standing = update(d).where(d.group_id == group, d.taken_back_at.is_(None))
            done = await connection.execute(standing.values(taken_back_at=self._clock()).returning(d.id))
            if not done.scalars().all():
                raise DoneMeanwhile
            await announce(connection, INBOX)
            await note(connection, staff, "inbox.take_back", f"inbox:{group}")

    async def _decide(
        self,
        staff: Staff,
        group: int,
        how: str,
        change_set: int | None,
        proposed: Proposed | None,
        version: int,
        reason: str | None = None,
    ) -> None:
        async with self._engine.begin() as connection:
            await self._hold(connection, group)
            if not await self._is_open(connection, group):
                raise DoneMeanwhile
            if change_set is not None and proposed is not None:
                await self._changes.put_edit(staff, change_set, proposed, version)
            named = proposed.name._asdict() if proposed else {}
            values = {"group_id": group, "how": how, "change_set_id": change_set, "reason": reason, **named}
            await connection.execute(insert(QuestionDecision).values(staff_id=staff.id, at=self._clock(), **values))
            await settle_all(connection, staff, group, reason or how)
            await announce(connection, INBOX)
            detail = {"change_set": change_set, "entries": [" ".join(proposed.name)]} if proposed else {}
            await note(connection, staff, f"inbox.{how}", f"inbox:{group}", reason=reason, **detail)

    async def _hold(self, connection: AsyncConnection, group: int) -> None:
        row = select(QuestionGroup.id).where(QuestionGroup.id == group).with_for_update()
        if (await connection.execute(row)).first() is None:
            raise DoneMeanwhile

    async def _is_open(self, connection: AsyncConnection, group: int) -> bool:
        province = select(QuestionGroup.province).where(QuestionGroup.id == group)
        place: Sequence[str] = [(await connection.execute(province)).scalar_one() or ""]
        found = await one_group(connection, group, place, datetime.fromisoformat("2000-01-01T00:00:00+00:00"))
        return found is not None and found.open > 0
