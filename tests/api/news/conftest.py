"""Cases, reports and conversations on a real database, at a time that the test chooses."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from api.cases.projection import Event, project
from api.cases.stored import write_items
from api.conversations.desk_hours import LOCAL
from api.db.engine import build_engine
from api.db.models import CaseBinding, CaseEvent, CaseFile, CaseItem, Conversation, PlannedMessage, Transcript
from api.news.from_events import plan_news
from api.news.overdue import OverdueItems
from api.news.quiet_hours import read_quiet_hours
from api.news.sending import NewsSender
from api.settings import Settings
from bot.message import Memory, Reply
from bot.wording import load_wording
from knowledge.library import Library
from knowledge.model import Notice
from knowledge.statuses import recognise
from tests.api.conftest import knowledge

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LOCAL)
"""A Monday, without holidays before the New Year."""
UNTOUCHED = ("travel_card",)
"""An item that no department reports on, so that the case is never over."""
REGIONS = {"henan": "410000", "fujian": "350000", "hainan": "460000", "sichuan": "510000", "hebei": "130000"}


@dataclass
class Bureau:
    """A department that reports, veterans who agreed to be told, and the clock."""

    engine: AsyncEngine
    library: Library
    quiet: str = "21:00-08:00"
    now: datetime = NOON
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def sender(self) -> NewsSender:
        wording = load_wording("12345")
        hours = read_quiet_hours(self.quiet)
        return NewsSender(self.engine, wording, hours, lambda: self.library, lambda: self.now)

    @property
    def overdue(self) -> OverdueItems:
        return OverdueItems(self.engine, load_wording("12345"), lambda: self.library, lambda: self.now)

    def notices(self, province: str) -> tuple[Notice, ...]:
        """What the guides of a province promise to tell."""
        return self.library.provinces[province].notices

    async def conversation(self, channel: str = "hotline", **values: Any) -> uuid.UUID:
        """Somebody who writes to us."""
        row = insert(Conversation).values(channel=channel, session_id=uuid.uuid4().hex, **values)
        async with self.engine.begin() as connection:
            return (await connection.execute(row.returning(Conversation.id))).scalar_one()

    async def case(self, province: str = "henan", is_demo: bool = False, items: Sequence[str] = UNTOUCHED) -> int:
        """A case that was opened two days ago. items: with which; by default one that nobody reports on."""
        accepted, region = self.now - timedelta(days=2), REGIONS[province]
        row = insert(CaseFile).values(
            case_no=f"TY26-0000-{next(self.numbers):04d}",
            region=region,
            id_number_sealed=b"",
            id_number_index=b"",
            last_four_index=b"",
            is_demo=is_demo,
            accepted_at=accepted,
            opened_items=list(items),
        )
        async with self.engine.begin() as connection:
            case_id = (await connection.execute(row.returning(CaseFile.id))).scalar_one()
            known = self.library.province_for(region)
            assert known is not None
            await write_items(connection, case_id, project(self.library, known, accepted, items, ()))
        return case_id

    async def bind(self, conversation: uuid.UUID, case_id: int, news: str = "agreed") -> None:
        """He has proved the case, and chosen."""
        row = insert(CaseBinding).values(conversation_id=conversation, case_id=case_id, news=news)
        async with self.engine.begin() as connection:
            await connection.execute(row)

    async def follower(
        self, province: str = "henan", items: Sequence[str] = UNTOUCHED, **values: Any
    ) -> tuple[uuid.UUID, int]:
        """A conversation that is told of its case."""
        conversation, case_id = await self.conversation(**values), await self.case(province, items=items)
        await self.bind(conversation, case_id)
        return conversation, case_id

    async def report(
        self, case_id: int, item: str, status: str, at: datetime | None = None, note: str | None = None
    ) -> None:
        """A department reports; stored as the way in for departments does it."""
        at, known = at or self.now, recognise(self.library, status)
        reached = known.id if known else "unrecognised"
        event = {"case_id": case_id, "event_id": f"e-{next(self.numbers)}", "item": item, "status": reached}
        async with self.engine.begin() as connection:
            locked = select(CaseFile).where(CaseFile.id == case_id).with_for_update(key_share=True)
            case = (await connection.execute(locked)).one()
            row = insert(CaseEvent).values(**event, reported=status, at=at, note=note)
            number = (await connection.execute(row.returning(CaseEvent.id))).scalar_one()
            rows = await connection.execute(
                select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.at, CaseEvent.event_id)
            )
            events = [Event(one.item, one.status, one.reported, one.at, one.note) for one in rows]
            province = self.library.province_for(case.region)
            assert province is not None
            items = project(self.library, province, case.accepted_at, case.opened_items, events)
            await write_items(connection, case_id, items)
            await plan_news(connection, case_id, number, item, self.library, self.now)

    async def choose(self, conversation: uuid.UUID, news: str) -> None:
        """He has chosen otherwise, of all his cases."""
        row = update(CaseBinding).where(CaseBinding.conversation_id == conversation)
        async with self.engine.begin() as connection:
            await connection.execute(row.values(news=news))

    async def set_due(self, case_id: int, item: str, due: date) -> None:
        """As if the guide said so."""
        row = update(CaseItem).where(CaseItem.case_id == case_id, CaseItem.item == item)
        async with self.engine.begin() as connection:
            await connection.execute(row.values(due=due, deadline=None))

    async def remember(self, conversation: uuid.UUID, memory: Memory) -> None:
        """What the conversation holds in mind."""
        row = update(Conversation).where(Conversation.id == conversation)
        async with self.engine.begin() as connection:
            await connection.execute(row.values(state=memory.model_dump(mode="json")))

    async def answered(self, conversation: uuid.UUID, form: str | None = None) -> None:
        """The bot's last answer, in the form that the line wanted."""
        reply = Reply.model_validate({"kind": "smalltalk", "text": "您好。", "form": form})
        row = insert(Transcript).values(
            conversation_id=conversation, speaker="bot", text=reply.text, reply=reply.as_sent()
        )
        async with self.engine.begin() as connection:
            await connection.execute(row)

    async def pass_to(self, now: datetime) -> None:
        """It is that time now, and all that may go out by then has."""
        self.now = now
        await self.send_all()

    async def send_all(self) -> None:
        """Everything that may go out now."""
        while await self.sender.send_one():
            pass

    async def told(self, conversation: uuid.UUID | None = None) -> list[str]:
        """What was sent, in order."""
        query = "SELECT reply->>'text' FROM outbox WHERE :who::uuid IS NULL OR conversation_id = :who ORDER BY id"
        return [row[0] for row in await self.rows(query.replace(":who::uuid", "CAST(:who AS uuid)"), who=conversation)]

    async def planned(self, kind: str | None = None) -> list[dict[str, Any]]:
        """What waits to be sent."""
        open_ones = select(PlannedMessage).where(
            PlannedMessage.sent_at.is_(None), PlannedMessage.cancelled_at.is_(None)
        )
        if kind:
            open_ones = open_ones.where(PlannedMessage.kind == kind)
        async with self.engine.connect() as connection:
            return [dict(row._mapping) for row in await connection.execute(open_ones.order_by(PlannedMessage.id))]

    async def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        async with self.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(query), values)]

    async def count(self, table: str) -> int:
        """How many rows a table has."""
        async with self.engine.connect() as connection:
            return (await connection.execute(select(func.count()).select_from(text(table)))).scalar_one()


@pytest.fixture
async def bureau(settings: Settings) -> AsyncIterator[Bureau]:
    """An empty database and a bureau."""
    engine = build_engine(settings.sqlalchemy_url, 20)
    yield Bureau(engine, knowledge().library)
    await engine.dispose()
