"""Builds the studio: the one place where its objects are made and joined, called by the consoles."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from api.changes.changes import Changes
from api.changes.reader import ChangeReader
from api.changes.running import keep_hours
from api.changes.workbench import Workbench
from api.current_knowledge import CurrentKnowledge
from api.excel.waiting import WaitingSheets
from api.http.staff.screens import Screens
from api.http.staff.studio import StudioRoutes
from api.http.staff.studio_ask import AskRoutes
from api.http.staff.studio_care import CareRoutes
from api.http.staff.studio_changes import ChangeRoutes
from api.http.staff.studio_entries import EntryRoutes
from api.http.staff.studio_excel import ExcelRoutes
from api.http.staff.studio_forms import FormRoutes
from api.http.staff.studio_graph import GraphRoutes
from api.http.staff.studio_history import HistoryRoutes
from api.http.staff.studio_impact import ImpactRoutes
from api.http.staff.studio_inbox import InboxRoutes
from api.http.staff.studio_releases import ReleaseRoutes
from api.impact.asking import Asking
from api.impact.gate import ImpactGate
from api.impact.looks import Looks
from api.impact.workers import Workers
from api.inbox.gathering import Gatherer
from api.releases.store import Releases
from api.releases.workshop import Workshop
from api.settings import Settings
from knowledge.regions import Regions


class Studio:
    """What editors and approvers work with."""

    def __init__(
        self,
        settings: Settings,
        engine: AsyncEngine,
        screens: Screens,
        knowledge: CurrentKnowledge,
        clock: Callable[[], datetime],
        asking: Asking,
    ) -> None:
        def regions() -> Regions:
            return knowledge.library.regions

        self.releases = Releases(engine)
        workshop = Workshop(settings.var_dir / "drafts", lambda: clock().date())
        workshop.needs(knowledge.library.phrases)
        self.workbench = Workbench(ChangeReader(engine), self.releases, workshop, knowledge)
        workers = Workers(settings.var_dir / "impact", settings.service_phone, clock, lambda: knowledge.now.vectors)
        self._looks = looks = Looks(engine, self.workbench, workers, lambda: knowledge.library, clock)
        gate = ImpactGate(looks, screens.words)
        self.changes = Changes(engine, self.releases, self.workbench, regions, clock, gate)

        async def files() -> Mapping[str, bytes]:
            _, published, _ = await self.workbench.base()
            return published

        self._gatherer = Gatherer(engine, lambda: knowledge.now, clock)
        inbox = InboxRoutes(screens, engine, self.changes, lambda: knowledge.now, clock)
        self.groups = (
            StudioRoutes(screens, self.changes, inbox.count),
            inbox,
            CareRoutes(screens, engine, lambda: knowledge.now, clock),
            EntryRoutes(screens, self.changes, lambda: knowledge.now, lambda: clock().date()),
            FormRoutes(screens, self.changes, self.releases, regions),
            HistoryRoutes(screens, self.changes, self.releases),
            ExcelRoutes(screens, lambda: knowledge.library, files, self.changes, WaitingSheets(engine)),
            ChangeRoutes(screens, self.changes, regions),
            AskRoutes(screens, self.changes, self.workbench, knowledge, asking),
            GraphRoutes(screens, self.changes, self.workbench, knowledge),
            ImpactRoutes(screens, self.changes, self.releases, looks, lambda: knowledge.library),
            ReleaseRoutes(screens, self.changes, self.releases, regions),
        )

    def work(self) -> list[Coroutine[None, None, None]]:
        """What runs as long as the app does."""
        return [keep_hours(self.changes), self._looks.tend(), self._gatherer.run()]
