"""Looks at what a change set would change: begun by a person, done in the background, kept for everybody to read."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from api.changes.records import ChangeSet
from api.changes.workbench import Draft, Workbench
from api.db.models import Impact, ImpactQuestion, Transcript
from api.impact.job import Findings, Piece, weight
from api.impact.material import gate_pieces, provinces_touched, real_pieces
from api.impact.workers import LookFailed, Workers
from api.staff.events import announce
from knowledge.library import Library

log = structlog.get_logger()

LOOKED = "impact"
"""What open pages are told."""
SILENT = timedelta(seconds=60)
"""After so long without a sign of life the process that looked has ended."""
TOLD_EVERY_SECONDS = 1.0
BEATS_EVERY_SECONDS = 10.0
MOST_KEPT = 1_000
"""Differences of a kind that are kept; the others are counted."""
Knowledge = Callable[[], Library]


class NotSound(Exception):
    """The draft has faults or conflicts: there is nothing to ask."""


@dataclass(frozen=True)
class Look:
    """A look as it stands. stands_still: nobody works on it any more and it has no result."""

    version: int
    release: int
    started_at: datetime
    done: int
    total: int
    finished_at: datetime | None
    result: dict[str, Any] | None
    stands_still: bool

    def is_of(self, change_set: ChangeSet, release: int) -> bool:
        """Whether it looked at just this, beside what is published now."""
        return self.version == change_set.version and self.release == release

    @property
    def is_under_way(self) -> bool:
        """Whether there is more to come."""
        return self.finished_at is None and not self.stands_still

    @property
    def percent(self) -> int:
        """How far it is."""
        return min(99, 100 * self.done // self.total) if self.total else 0


class Looks:
    """One look at each change set is kept, the last."""

    def __init__(
        self,
        engine: AsyncEngine,
        workbench: Workbench,
        workers: Workers,
        library: Knowledge,
        clock: Callable[[], datetime],
    ) -> None:
        """library: the one in use, whose sentences the running code says."""
        self._engine = engine
        self._workbench = workbench
        self._workers = workers
        self._library = library
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()

    async def of(self, number: int) -> Look | None:
        """The last look at a change set."""
        async with self._engine.connect() as connection:
            row = (await connection.execute(select(Impact.__table__).where(Impact.change_set_id == number))).first()
        if row is None:
            return None
        still = row.finished_at is None and self._clock() - row.beat_at > SILENT
        return Look(row.version, row.release, row.started_at, row.done, row.total, row.finished_at, row.result, still)

    async def begin(self, staff: int, change_set: ChangeSet) -> None:
        """Begins to look, unless just this is being looked at. Raises NotSound."""
        draft = await self._workbench.draft(change_set.id)
        if not draft.is_sound:
            raise NotSound
        seen = await self.of(change_set.id)
        if seen and seen.is_under_way and seen.is_of(change_set, draft.base.number):
            return
        run, now = uuid.uuid4(), self._clock()
        values = {
            "run": run,
            "version": change_set.version,
            "release": draft.base.number,
            "started_by": staff,
            "started_at": now,
            "beat_at": now,
            "done": 0,
            "total": 0,
            "finished_at": None,
            "result": None,
        }
        wanted = insert(Impact).values(change_set_id=change_set.id, **values)
        async with self._engine.begin() as connection:
            await connection.execute(wanted.on_conflict_do_update(index_elements=["change_set_id"], set_=values))
            await connection.execute(delete(ImpactQuestion).where(ImpactQuestion.change_set_id == change_set.id))
            await announce(connection, LOOKED)
        task = asyncio.create_task(self._look(change_set.id, run, draft))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def gate(self, draft: Draft) -> Findings:
        """The gate alone, at once. Raises LookFailed."""
        return await self._workers.look(*await self._sides(draft), gate_pieces(self._touched(draft)))

    async def real(self, number: int) -> list[dict[str, Any]]:
        """What differs for real questions, with their masked words (`said`), the last asked first. Those of people who
        deleted their data are gone."""
        wanted = (
            select(ImpactQuestion.difference, Transcript.text.label("said"))
            .join(Transcript, Transcript.id == ImpactQuestion.transcript_id)
            .where(ImpactQuestion.change_set_id == number)
            .order_by(Transcript.id.desc())
        )
        async with self._engine.connect() as connection:
            return [{**row.difference, "said": row.said} for row in await connection.execute(wanted)]

    async def tend(self) -> None:
        """Until it is cancelled; then what is under way ends."""
        try:
            await asyncio.Event().wait()
        finally:
            for task in list(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _touched(self, draft: Draft) -> tuple[str, ...]:
        return provinces_touched(draft.changed, draft.library or self._library())

    async def _sides(self, draft: Draft) -> tuple[Mapping[str, bytes], Mapping[str, bytes], Mapping[str, str]]:
        _, published, _ = await self._workbench.base()
        return published, draft.files, self._library().phrases

    async def _look(self, number: int, run: uuid.UUID, draft: Draft) -> None:
        """Never raises: what went wrong is written down instead of a result."""
        beating = asyncio.create_task(self._beat(number, run))
        try:
            touched = self._touched(draft)
            async with self._engine.connect() as connection:
                real = await real_pieces(connection, self._library(), touched)
            pieces: list[Piece] = [*real, *gate_pieces(touched)]
            await self._note(number, run, total=sum(map(weight, pieces)))
            told_at = asyncio.get_running_loop().time()

            async def progress(done: int) -> None:
                nonlocal told_at
                now = asyncio.get_running_loop().time()
                if now - told_at >= TOLD_EVERY_SECONDS:
                    told_at = now
                    await self._note(number, run, done=done)

            found = await self._workers.look(*await self._sides(draft), pieces, progress)
            result = {**kept_of(found), "provinces": list(touched)}
            await self._keep_real(number, run, result.pop("real"))
        except (LookFailed, SQLAlchemyError, OSError) as error:
            log.exception("impact_failed", change_set=number, error=type(error).__name__)
            result = {"failed": True}
        finally:
            beating.cancel()
        await self._note(number, run, finished_at=self._clock(), result=result)

    async def _keep_real(self, number: int, run: uuid.UUID, real: Sequence[Mapping[str, Any]]) -> None:
        """Keeps what differs for the questions that are still there, unless somebody has begun anew."""
        mine = select(Impact.run).where(Impact.change_set_id == number, Impact.run == run).with_for_update()
        rows = [one["row"] for one in real]
        there = select(Transcript.id).where(Transcript.id.in_(rows)).with_for_update(read=True, key_share=True)
        async with self._engine.begin() as connection:
            if (await connection.execute(mine)).first() is None:
                return
            known = set((await connection.execute(there)).scalars())
            kept = [
                {
                    "change_set_id": number,
                    "transcript_id": one["row"],
                    "difference": {name: value for name, value in one.items() if name != "row"},
                }
                for one in real
                if one["row"] in known
            ]
            if kept:
                await connection.execute(insert(ImpactQuestion), kept)

    async def _beat(self, number: int, run: uuid.UUID) -> None:
        """Shows that somebody works on it, also while the processes start."""
        while True:
            await asyncio.sleep(BEATS_EVERY_SECONDS)
            await self._note(number, run)

    async def _note(self, number: int, run: uuid.UUID, **values: Any) -> None:
        """Writes down how far it is, unless somebody has begun anew."""
        wanted = update(Impact).where(Impact.change_set_id == number, Impact.run == run)
        try:
            async with self._engine.begin() as connection:
                await connection.execute(wanted.values(beat_at=self._clock(), **values))
                await announce(connection, LOOKED)
        except (SQLAlchemyError, OSError) as error:
            log.warning("impact_not_noted", change_set=number, error=type(error).__name__)


def kept_of(found: Findings) -> dict[str, Any]:
    """What is kept: some of each kind, the gate's broken ones first, and how many there are."""
    plain = asdict(found)
    for name in ("gate", "personas"):
        plain[name].sort(key=lambda one: (not one["was_right"] or one["is_right"], one["province"], one["id"]))
    plain["real"].sort(key=lambda one: -one["row"])
    for name in ("real", "gate", "personas", "open"):
        plain["counts"][f"{name}_changed"] = len(plain[name])
        plain[name] = plain[name][:MOST_KEPT]
    return plain
