"""Cases on a real database, at a time that the test chooses."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.ports import CaseProgress, Locked
from api.cases.lookup import PostgresCases
from api.cases.proof import last_four_index
from api.conversations.desk_hours import LOCAL
from api.conversations.sealing import Sealer
from api.db.engine import build_engine
from api.db.models import CaseBinding, CaseFile, CaseItem, Conversation, WrongProof
from api.settings import Settings
from tests.actions.builders import knowledge

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
CASE_NO = "TY26-8F3K-M2QX"
OTHER_CASE_NO = "TY26-0000-0001"
LAST_FOUR = "123X"


@dataclass
class Registry:
    """The cases of a database and how one asks for them."""

    engine: AsyncEngine
    sealer: Sealer
    now: datetime = NOW

    @property
    def cases(self) -> PostgresCases:
        return PostgresCases(self.engine, self.sealer, lambda: knowledge().library, lambda: self.now)

    async def conversation(self) -> str:
        """A new conversation."""
        async with self.engine.begin() as connection:
            row = insert(Conversation).values(channel="hotline", session_id=uuid.uuid4().hex)
            return str((await connection.execute(row.returning(Conversation.id))).scalar_one())

    async def case(self, case_no: str = CASE_NO, due: date | None = None, status: str = "processing") -> int:
        """A case with one item."""
        async with self.engine.begin() as connection:
            row = insert(CaseFile).values(
                case_no=case_no,
                region="410000",
                id_number_sealed=b"",
                id_number_index=b"",
                last_four_index=last_four_index(self.sealer, case_no, LAST_FOUR),
                accepted_at=NOW - timedelta(days=7),
            )
            case_id: int = (await connection.execute(row.returning(CaseFile.id))).scalar_one()
            item = insert(CaseItem).values(
                case_id=case_id,
                item="household_registration",
                department="public_security",
                status=status,
                since=NOW - timedelta(days=5),
                due=due,
            )
            await connection.execute(item)
            return case_id

    async def bind(self, conversation: str, case_id: int) -> None:
        """What the effect `bind_case` leaves behind."""
        async with self.engine.begin() as connection:
            row = insert(CaseBinding).values(conversation_id=uuid.UUID(conversation), case_id=case_id)
            await connection.execute(row)

    async def wrong_proofs(self, conversation: str, times: int, ago: timedelta, case_no: str = CASE_NO) -> None:
        """What the effect `count_wrong_proof` leaves behind."""
        values = {
            "conversation_id": uuid.UUID(conversation),
            "case_no_index": self.sealer.index(case_no, "case_no"),
            "at": self.now - ago,
        }
        async with self.engine.begin() as connection:
            await connection.execute(insert(WrongProof), [values] * times)

    async def prove(
        self, conversation: str, last_four: str = LAST_FOUR, case_no: str = CASE_NO
    ) -> CaseProgress | Locked | None:
        return await self.cases.prove(conversation, case_no, last_four)


@pytest.fixture
async def registry(settings: Settings) -> AsyncIterator[Registry]:
    """An empty registry."""
    engine = build_engine(settings.sqlalchemy_url, 2)
    sealer = Sealer(settings.data_key.get_secret_value(), settings.index_key.get_secret_value())
    yield Registry(engine, sealer)
    await engine.dispose()
