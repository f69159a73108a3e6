"""Looks through what the bot said since the last time: questions go to their groups, said facts are counted.

Every reply is counted once, whatever number of processes do it and whenever they end.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.background import again_and_again
from api.conversations.desk_hours import LOCAL
from api.db.models import EntryUse, OpenQuestion, QuestionGroup, ReadUpTo, Transcript
from api.inbox.grouping import Groups, Meant, packed, unpacked, words_of
from api.inbox.reading import Found, facts_in, found_in, marked_at, marked_replies, new_replies
from api.staff.events import announce
from knowledge.reference import Reference

INBOX = "inbox"
"""What open pages are told."""
EVERY_SECONDS = 20.0
MOST_REPLIES = 1_000
MOST_QUESTIONS = 40
"""Of one round: each needs its meaning, which takes far longer than all the rest."""
SETTLED = timedelta(seconds=30)
"""A reply that is younger may have neighbours with smaller numbers whose turn is not committed yet."""
FIRST_LOOK = timedelta(days=90)
ONE_ROW = 1
BEGINNING = text("""
    SELECT coalesce((SELECT min(id) - 1 FROM transcript WHERE at >= :since), (SELECT max(id) FROM transcript), 0)
""")


class Gatherer:
    """One of a process; it remembers the groups that it has read."""

    def __init__(self, engine: AsyncEngine, knowledge: Callable[[], Reference], clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._knowledge = knowledge
        self._clock = clock
        self._groups: dict[str | None, Groups] = {}
        self._read_to = 0
        self._busy = asyncio.Lock()

    async def run(self) -> None:
        """Until cancelled."""

        async def gather_all() -> None:
            while await self.gather():
                pass

        await again_and_again(gather_all, EVERY_SECONDS, "inbox_not_gathered")

    async def gather(self) -> bool:
        """One round. True when there may be more to look at."""
        async with self._busy:
            return await self._gather()

    async def _gather(self) -> bool:
        knowledge = self._knowledge()
        async with self._engine.begin() as connection:
            after = await self._begin(connection)
            rows = await new_replies(connection, after, MOST_REPLIES)
            marked = await marked_replies(connection, MOST_QUESTIONS)
        newest = self._clock() - SETTLED
        looked: list[Row[Any]] = []
        found: list[Found] = []
        for row in rows:
            if row.at > newest or len(found) == MOST_QUESTIONS:
                break
            looked.append(row)
            one = found_in(row, knowledge.library)
            found += [one] if one else []
        found += [one for row in marked if (one := found_in(row, knowledge.library, "marked"))]
        if not looked and not found:
            return False
        meant = await asyncio.to_thread(meanings_of, found, knowledge)
        uses = Counter(
            (row.at.astimezone(LOCAL).date(), fact, row.knowledge_release or "")
            for row in looked
            for fact in facts_in(row)
        )
        upto = looked[-1].id if looked else after
        try:
            await self._write(after, upto, list(zip(found, meant, strict=True)), uses)
        except BaseException:
            # The groups that it made are not there; all are read again from the table.
            self._groups, self._read_to = {}, 0
            raise
        return len(looked) == MOST_REPLIES or len(found) >= MOST_QUESTIONS

    async def _begin(self, connection: AsyncConnection) -> int:
        """How far it was read. The first time, not everything there ever was."""
        known = select(ReadUpTo.transcript_id).where(ReadUpTo.id == ONE_ROW)
        after = (await connection.execute(known)).scalar_one_or_none()
        if after is not None:
            return after
        first = (await connection.execute(BEGINNING, {"since": self._clock() - FIRST_LOOK})).scalar_one()
        row = upsert(ReadUpTo).values(id=ONE_ROW, transcript_id=first, since=self._clock())
        await connection.execute(row.on_conflict_do_nothing())
        return int((await connection.execute(known)).scalar_one())

    async def _write(
        self,
        after: int,
        upto: int,
        found: Sequence[tuple[Found, Meant]],
        uses: Counter[tuple[date, str, str]],
    ) -> None:
        async with self._engine.begin() as connection:
            held = select(ReadUpTo.transcript_id).where(ReadUpTo.id == ONE_ROW).with_for_update()
            if (await connection.execute(held)).scalar_one() != after:
                return  # Another process was quicker: it has all of this.
            await self._read_groups(connection)
            replies = [one.reply for one, _ in found]
            there = select(Transcript.id).where(Transcript.id.in_(replies)).with_for_update(read=True, key_share=True)
            still = set((await connection.execute(there)).scalars())
            times = await marked_at(connection, replies)
            for one, meant in found:
                if one.reply in still:
                    await self._put(connection, one, meant, times.get(one.reply))
            for (day, fact, release), number in sorted(uses.items()):
                row = upsert(EntryUse).values(day=day, knowledge_id=fact, release=release, uses=number)
                more = {"uses": EntryUse.uses + number}
                await connection.execute(
                    row.on_conflict_do_update(index_elements=["day", "knowledge_id", "release"], set_=more)
                )
            mine = update(ReadUpTo).where(ReadUpTo.id == ONE_ROW)
            await connection.execute(mine.values(transcript_id=upto))
            if found:
                await announce(connection, INBOX)

    async def _put(self, connection: AsyncConnection, one: Found, meant: Meant, marked: datetime | None) -> None:
        groups = self._groups.setdefault(one.province, Groups())
        number = groups.of(meant)
        if number is None:
            values = {
                "province": one.province,
                "meaning": packed(meant.meaning),
                "words": meant.words,
                "nearest": meant.nearest,
            }
            made = await connection.execute(insert(QuestionGroup).values(**values).returning(QuestionGroup.id))
            number = made.scalar_one()
            groups.add(number, meant)
            self._read_to = number
        how, at = ("marked", marked) if marked else (one.how, one.at)
        row = upsert(OpenQuestion).values(reply_id=one.reply, group_id=number, how=how, at=at)
        await connection.execute(row.on_conflict_do_update(index_elements=["reply_id"], set_={"how": how, "at": at}))

    async def _read_groups(self, connection: AsyncConnection) -> None:
        """Those that this process does not know yet."""
        g = QuestionGroup
        columns = (g.id, g.province, g.words, g.meaning, g.nearest)
        rows = await connection.execute(select(*columns).where(g.id > self._read_to).order_by(g.id))
        for row in rows:
            meant = Meant(row.words, unpacked(row.meaning), row.nearest)
            self._groups.setdefault(row.province, Groups()).add(row.id, meant)
            self._read_to = row.id


def meanings_of(found: Sequence[Found], knowledge: Reference) -> list[Meant]:
    """What each question is compared by. Computing it takes 15 to 60 ms each."""
    return [_meant(one, knowledge) for one in found]


def _meant(one: Found, knowledge: Reference) -> Meant:
    nearest = one.nearest
    province = knowledge.library.provinces.get(one.province or "")
    if nearest is None and province:
        best = knowledge.resolver(province).near(one.question, 1).best
        nearest = best.entry.id if best else None
    return Meant(words_of(one.question), knowledge.vectors.of_question(one.question), nearest)
