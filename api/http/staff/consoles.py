"""Builds the consoles: the one place where their objects are made and joined, called by `api/main.py`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.contract import Services
from api.cases.lookup import PostgresCases
from api.conversations.desk_hours import DeskHours, read_desk_hours
from api.conversations.sealing import Sealer
from api.current_knowledge import CurrentKnowledge
from api.desk.case_looks import CaseLooks
from api.desk.deadlines import DeadlineWatch
from api.desk.presence import DeskWatch
from api.desk.queue import Patience
from api.desk.suggestions import Suggestions
from api.guides.store import GuideTexts
from api.http.problems import Problems
from api.http.staff.account import AccountRoutes
from api.http.staff.approvals import ApprovalRoutes
from api.http.staff.audit import AuditRoutes
from api.http.staff.canned import CannedRoutes
from api.http.staff.desk import DeskRoutes
from api.http.staff.desk_aids import DeskAidRoutes
from api.http.staff.desk_callbacks import CallBackRoutes
from api.http.staff.desk_chat import DeskChatRoutes
from api.http.staff.desk_notes import DeskNoteRoutes
from api.http.staff.desk_quality import DeskQualityRoutes
from api.http.staff.desk_referral import ReferralRoutes
from api.http.staff.desk_search import DeskSearchRoutes
from api.http.staff.desk_unmask import DeskUnmaskRoutes
from api.http.staff.entrance import Entrance
from api.http.staff.figures import FigureRoutes
from api.http.staff.headers import StaffHeaders
from api.http.staff.live import LiveRoutes
from api.http.staff.people import PeopleRoutes
from api.http.staff.refusals import Refusals
from api.http.staff.screens import Screens
from api.http.staff.studio_console import Studio
from api.http.staff.studio_guides import GuideRoutes
from api.http.staff.switches import SwitchRoutes
from api.http.staff.tasks import TaskRoutes
from api.http.staff.waiting_rows import WaitingRows
from api.http.staff.work_order_new import NewWorkOrderRoutes
from api.http.staff.work_orders import WorkOrderRoutes
from api.impact.asking import Asking
from api.quality.approval import Approval
from api.settings import Settings
from api.staff.events import Changes
from api.staff.sessions import Sessions
from api.staff.sign_in import SignIn
from api.web.staff.pages import StaffPages, load_words
from bot.wording import Wording


class Consoles:
    """Desk, studio, and what both stand on."""

    def __init__(
        self,
        settings: Settings,
        engine: AsyncEngine,
        sealer: Sealer,
        knowledge: CurrentKnowledge,
        services: Services,
        wording: Wording,
        clock: Callable[[], datetime],
        asking: Asking,
    ) -> None:
        """services: what the bot's actions use; wording: its own sentences."""
        pages = StaffPages(load_words(settings.service_phone))
        self.changes = Changes(settings.database_url)
        self._sessions = Sessions(engine, clock)
        self._screens = screens = Screens(pages)
        door = SignIn(engine, sealer, clock)

        def hours() -> DeskHours:
            return read_desk_hours(settings.desk_hours, knowledge.library.calendar)

        def patience() -> Patience:
            return Patience(hours(), settings.desk_patience_minutes)

        self._watch = DeskWatch(engine, patience, pages.words.say("desk.told.away"), clock)
        self._deadlines = DeadlineWatch(engine, clock)
        suggestions = Suggestions(services, lambda: knowledge.now, wording, clock)
        self._approval = Approval(engine, wording, clock)
        own_cases = PostgresCases(engine, sealer, lambda: knowledge.library, clock)
        looks = CaseLooks(engine, services.cases, own_cases, lambda: knowledge.library.regions, clock)
        self.studio = Studio(settings, engine, screens, knowledge, clock, asking)
        self._groups = (
            Entrance(door, engine, screens, settings.public_url, clock),
            AccountRoutes(door, engine, screens, lambda: knowledge.library.regions, clock),
            PeopleRoutes(engine, screens, sealer, lambda: knowledge.library.regions, clock),
            AuditRoutes(engine, screens),
            SwitchRoutes(engine, screens, clock),
            TaskRoutes(engine, screens, lambda: knowledge.library),
            FigureRoutes(engine, screens, lambda: knowledge.library.regions, hours, clock),
            CannedRoutes(engine, screens, lambda: knowledge.library.regions),
            LiveRoutes(pages.static, self.changes, self._sessions),
            DeskRoutes(engine, screens, WaitingRows(pages), lambda: knowledge.library.regions, patience, clock),
            DeskChatRoutes(engine, screens, lambda: knowledge.library, suggestions, clock),
            DeskAidRoutes(engine, screens, suggestions, lambda: knowledge.library),
            DeskNoteRoutes(engine, screens, lambda: knowledge.library),
            DeskQualityRoutes(engine, screens, lambda: knowledge.library),
            ApprovalRoutes(engine, screens, self._approval, lambda: knowledge.library),
            DeskUnmaskRoutes(engine, screens, sealer, lambda: knowledge.library),
            DeskSearchRoutes(screens, suggestions, looks, lambda: knowledge.library),
            CallBackRoutes(engine, screens, lambda: knowledge.library.regions, hours, sealer, clock),
            ReferralRoutes(engine, screens, lambda: knowledge.library.regions, hours, wording, clock),
            NewWorkOrderRoutes(engine, screens, lambda: knowledge.library, hours, clock),
            WorkOrderRoutes(engine, screens, lambda: knowledge.library, hours, clock),
            *self.studio.groups,
            GuideRoutes(screens, lambda: knowledge.library, GuideTexts(engine)),
        )

    def work(self) -> list[Coroutine[None, None, None]]:
        """What runs as long as the app does."""
        always = [self.changes.run(), self._watch.run(), self._deadlines.run(), self._approval.run()]
        return [*always, *self.studio.work()]

    def install(self, app: FastAPI, problems: Problems) -> None:
        """Adds everything to the app, after `problems`."""
        app.state.staff_sessions, app.state.staff_changes = self._sessions, self.changes
        app.add_middleware(StaffHeaders)
        Refusals(self._screens, problems).install(app)
        for group in self._groups:
            app.include_router(group.routes())
