"""A provincial platform that a test directs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

URL = "https://platform.example/api/v1"
KEY = "secret-of-the-platform"


@dataclass
class FakePlatform:
    """Answers with `cases` by number; `trouble`, when set, decides instead. Pauses between tries are only noted."""

    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    trouble: Callable[[httpx.Request], httpx.Response] | None = None
    asked: list[httpx.Request] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the platform answers."""
        self.asked.append(request)
        if self.trouble is not None:
            return self.trouble(request)
        case = self.cases.get(request.url.path.rpartition("/")[2])
        return httpx.Response(200, content=json.dumps(case)) if case else httpx.Response(404)

    def client(self) -> httpx.AsyncClient:
        """A client that reaches it."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self.answer))

    async def pause(self, seconds: float) -> None:
        """Passes at once."""
        self.pauses.append(seconds)
        await asyncio.sleep(0)


def asked_case(case_no: str, **changes: Any) -> dict[str, Any]:
    """A case of Henan as a platform tells it."""
    history = [
        {"event_id": "e-1", "item": "household_registration", "status": "受理", "at": "2026-11-18T10:00:00+08:00"},
    ]
    case = {
        "case_no": case_no,
        "region": "410000",
        "accepted_at": "2026-11-16T10:00:00+08:00",
        "applicant": {"last_four": "123X", "id_number": "4101**********123X"},
        "items": [],
        "history": history,
    }
    return {**case, **changes}
