"""Joins what change sets stand on, and keeps their hours."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from api.changes.changes import Changes, Gate, open_gate
from api.changes.reader import ChangeReader
from api.changes.workbench import Workbench
from api.current_knowledge import CurrentKnowledge
from api.releases.store import NoRelease, Releases
from api.releases.workshop import Workshop
from api.settings import Settings

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 1.0


class ChangeOffice:
    """One in each process of the app: `changes` with their `releases` and `workbench`, and the job that keeps hours."""

    def __init__(
        self,
        settings: Settings,
        engine: AsyncEngine,
        knowledge: CurrentKnowledge,
        clock: Callable[[], datetime],
        gate: Gate = open_gate,
    ) -> None:
        self.releases = Releases(engine)
        self._workshop = Workshop(settings.var_dir / "drafts", lambda: clock().date())
        self._workshop.needs(knowledge.library.phrases)
        self.workbench = Workbench(ChangeReader(engine), self.releases, self._workshop, lambda: knowledge)
        regions = lambda: knowledge.library.regions  # noqa: E731, the regions of whatever release is in use
        self.changes = Changes(engine, self.releases, self.workbench, regions, clock, gate)

    async def run(self) -> None:
        """Publishes and undoes what is due, until cancelled."""
        try:
            while True:
                try:
                    await self.changes.publish_due()
                except NoRelease:
                    pass  # Nothing was imported yet.
                except (SQLAlchemyError, OSError) as error:
                    log.warning("due_changes_failed", error=type(error).__name__)
                await asyncio.sleep(LOOK_EVERY_SECONDS)
        finally:
            self._workshop.close()
