"""A process of the app as far as it follows releases: several may share one database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from api.conversations.listener import Listener
from api.current_knowledge import CurrentKnowledge
from api.db.engine import build_engine
from api.releases.first import first_reference
from api.releases.following import Following
from api.releases.store import Releases
from api.releases.workshop import Workshop
from api.settings import Settings
from knowledge.reference import Reference
from knowledge.subject import Subject

CONNECTIONS = 4


@dataclass
class Process:
    """What a test asks of it."""

    knowledge: CurrentKnowledge
    following: Following
    releases: Releases
    engine: AsyncEngine
    data: Path

    @property
    def now(self) -> Reference:
        """What new turns are answered from."""
        return self.knowledge.now

    @property
    def number(self) -> str:
        """The number of the release in use."""
        return self.knowledge.library.release.split("-")[0]

    def says(self, province: str, question: str) -> str:
        """The answer to a question; empty when there is none."""
        resolver = self.now.resolver(self.now.library.provinces[province])
        found = resolver.resolve(question, Subject())
        return found.said.say if found.said else ""

    async def publish(self, changed: dict[str, bytes | None]) -> int:
        """As the studio does it."""
        async with self.engine.begin() as connection:
            return await self.releases.publish(connection, changed, kind="change", reason="改")

    async def roll_back(self, number: int) -> int:
        """As the studio does it."""
        async with self.engine.begin() as connection:
            return await self.releases.roll_back(connection, number, reason="退回")


@asynccontextmanager
async def process(
    settings: Settings, data: Path, today: date | None = None, watches: bool = True, runs: bool = False
) -> AsyncIterator[Process]:
    """A process that has begun. watches: whether it publishes edits of its folder. runs: whether it works by itself;
    else tests call `following.look()` and `following.take_newest()`."""
    engine = build_engine(settings.sqlalchemy_url, CONNECTIONS)
    listener = Listener(settings.database_url)
    workshop = Workshop(settings.var_dir / "knowledge", lambda: today or date.today())
    reference = await asyncio.to_thread(first_reference, settings.database_url, workshop, data)
    knowledge = CurrentKnowledge(reference)
    following = Following(knowledge, engine, workshop, listener.releases, data if watches else None)
    await following.begin()
    work = [asyncio.create_task(one) for one in (listener.run(), following.run())] if runs else []
    try:
        yield Process(knowledge, following, Releases(engine), engine, data)
    finally:
        for task in work:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        following.close()
        await engine.dispose()


def write(path: Path, old: str, new: str) -> None:
    """Edits a file by hand."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def seconds_until(is_so: Callable[[], bool], most: float = 15) -> float:
    """How long it took until it was so."""
    began = time.monotonic()
    async with asyncio.timeout(most):
        while not is_so():  # noqa: ASYNC110, a thread changes it
            await asyncio.sleep(0.01)
    return time.monotonic() - began
