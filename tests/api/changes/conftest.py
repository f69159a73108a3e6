"""Change sets over releases of the toy data, on a clock that tests set."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from api.changes.changes import Changes
from api.changes.reader import ChangeReader
from api.changes.records import ChangeSet, Proposed
from api.changes.workbench import Draft, Workbench
from api.conversations.desk_hours import LOCAL
from api.current_knowledge import CurrentKnowledge
from api.db.engine import build_engine
from api.releases.files import read_folder
from api.releases.store import Releases
from api.releases.workshop import Workshop
from api.settings import Settings
from api.staff.accounts import Staff
from api.staff.passwords import NOBODY
from knowledge.entry_text import EntryFile
from knowledge.regions import Regions
from tests.knowledge.builders import reference_of
from tests.knowledge.check.toy import topic, written

TOPICS = "provinces/toy/topics.yaml"
NOON = datetime(2024, 6, 1, 12, tzinfo=LOCAL)
OLD, NEW = "说的是旧的。", "说的是新的。"


@dataclass
class Office:
    """The people of an office, the change sets, and what the gate objects to."""

    engine: AsyncEngine
    changes: Changes
    releases: Releases
    workbench: Workbench
    now: list[datetime]
    objections: list[str] = field(default_factory=list)
    staff: dict[str, Staff] = field(default_factory=dict)

    def pass_time(self, **span: float) -> None:
        """Some time later."""
        self.now[0] += timedelta(**span)

    async def person(self, login: str, *roles: str, regions: tuple[str, ...] = ()) -> Staff:
        """Somebody with an account."""
        async with self.engine.begin() as connection:
            made = await connection.execute(
                text(
                    "INSERT INTO staff (login, name, password_hash, roles, regions)"
                    " VALUES (:login, :name, :hash, :roles, :regions) RETURNING id"
                ),
                {"login": login, "name": login, "hash": NOBODY, "roles": list(roles), "regions": list(regions)},
            )
            return Staff(made.scalar_one(), login, login, frozenset(roles), regions)

    async def text_of(self, key: str = "whole", release: int | None = None) -> str | None:
        """A topic as it stands in a release, the newest when none is named."""
        number = release or (await self.releases.current()).number
        block = EntryFile(TOPICS, await self.releases.file(number, TOPICS)).find("topic", key)
        return block.text if block else None

    async def edit_of(self, old: str = OLD, new: str = NEW) -> Proposed:
        """The topic with its answer said otherwise."""
        before = await self.text_of()
        assert before is not None
        return Proposed(TOPICS, "topic", "whole", before, before.replace(old, new))

    async def drafted(self, editor: Staff, edits: Sequence[Proposed] = ()) -> int:
        """A set with a reason and an edit."""
        number = await self.changes.create(editor, "换一句话", "文件改了")
        await self.changes.put_edits(editor, number, edits or [await self.edit_of()])
        return number

    async def submitted(self, editor: Staff, edits: Sequence[Proposed] = ()) -> ChangeSet:
        """A set that waits for approval."""
        number = await self.drafted(editor, edits)
        await self.changes.submit(editor, number, (await self.changes.get(number)).version)
        return await self.changes.get(number)

    async def audited(self, act: str) -> list[tuple[str, str | None]]:
        """Who did it and why, by the log."""
        async with self.engine.connect() as connection:
            rows = await connection.execute(text("SELECT login, reason FROM audit WHERE act = :act"), {"act": act})
            return [(row.login, row.reason) for row in rows]


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    engine = build_engine(settings.sqlalchemy_url, 8)
    yield engine
    await engine.dispose()


@pytest.fixture
async def office(engine: AsyncEngine, tmp_path: Path) -> AsyncIterator[Office]:
    now = [NOON]
    folder = written(tmp_path / "toy", topic(say=OLD, questions=["问什么"]))
    releases = Releases(engine)
    async with engine.begin() as connection:
        await releases.publish(connection, read_folder(folder), kind="import", reason="第一次")
    workshop = Workshop(tmp_path / "drafts", lambda: now[0].date())
    reader = ChangeReader(engine)
    library, faults = workshop.examined(read_folder(folder))
    assert library is not None, faults
    current = CurrentKnowledge(reference_of(library))
    regions = Regions.load()
    workbench = Workbench(reader, releases, workshop, current)
    objections: list[str] = []

    async def gate(_: ChangeSet, __: Draft) -> list[str]:
        return objections

    def clock() -> datetime:
        return now[0]

    changes = Changes(engine, releases, workbench, lambda: regions, clock, gate)
    office = Office(engine, changes, releases, workbench, now, objections)
    yield office
    workshop.close()


@pytest.fixture
async def editor(office: Office) -> Staff:
    return await office.person("editor", "editor")


@pytest.fixture
async def approver(office: Office) -> Staff:
    return await office.person("approver", "editor", "approver")
