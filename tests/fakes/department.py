"""A department that feeds cases with a key of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from api.cases.keys import SCOPES, add_key
from api.db.engine import build_engine
from api.settings import Settings

CASES = "/api/v1/cases"
ID_NUMBER = "11010519491231002X"
"""The example of GB 11643."""
NEW_CASE: dict[str, Any] = {
    "region": "河南",
    "applicant": {"id_number": ID_NUMBER, "phone": "13800138000"},
    "items": ["reporting", "household_registration"],
    "accepted_at": "2026-11-16T09:30:00+08:00",
}
EVENT: dict[str, Any] = {
    "event_id": "e-1",
    "item": "household_registration",
    "status": "受理",
    "at": "2026-11-17T10:00:00+08:00",
}


@dataclass
class Department:
    """Calls with a key."""

    http: httpx.AsyncClient
    secret: str

    @property
    def headers(self) -> dict[str, str]:
        """What proves who calls."""
        return {"authorization": f"Bearer {self.secret}"}

    async def post(self, path: str, body: Any) -> httpx.Response:
        """Posts a body: bytes as they are, anything else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.http.post(path, content=content, headers=self.headers)

    async def open(self, **changes: Any) -> httpx.Response:
        """Opens a case."""
        return await self.post(CASES, {**NEW_CASE, **changes})

    async def opened(self, **changes: Any) -> str:
        """The number of a case that was opened."""
        answer = await self.open(**changes)
        number: str = answer.json()["case_no"]
        return number

    async def report(self, case_no: str, **changes: Any) -> httpx.Response:
        """Reports an event."""
        return await self.post(f"{CASES}/{case_no}/events", {**EVENT, **changes})

    async def show(self, case_no: str) -> httpx.Response:
        """Reads a case."""
        return await self.http.get(f"{CASES}/{case_no}", headers=self.headers)


async def new_key(
    settings: Settings, name: str = "platform", scopes: Sequence[str] = SCOPES, regions: Sequence[str] = ()
) -> str:
    """The secret of a new key."""
    engine = build_engine(settings.sqlalchemy_url, 1)
    async with engine.begin() as connection:
        secret = await add_key(connection, name, scopes, regions)
    await engine.dispose()
    return secret


async def delivered(department: Department, deliveries: Sequence[tuple[str, dict[str, Any]]], side_by_side: int) -> int:
    """Delivers events, so many at a time; the number of those that were not taken."""
    left = iter(deliveries)

    async def deliver() -> int:
        failed = 0
        for case_no, event in left:
            answer = await department.report(case_no, **event)
            failed += answer.status_code != 202
        return failed

    return sum(await asyncio.gather(*(deliver() for _ in range(side_by_side))))
