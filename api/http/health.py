"""Says whether the whole stack can answer a message."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

import psycopg
from fastapi import APIRouter
from sqlalchemy import exc, text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.responses import JSONResponse, Response

from api.cases.platform import Platform
from api.current_knowledge import CurrentKnowledge
from bot.rasa_client import RasaClient

KEPT_SECONDS = 1.0
TIMEOUT_SECONDS = 2.0
MOST_FAULTS = 10
"""Of an edit of the knowledge so many faults are shown; `tuiyi knowledge check` lists them all."""


@dataclass
class Health:
    """Looks at each part, at most once a second."""

    engine: AsyncEngine
    rasa: RasaClient
    knowledge: CurrentKnowledge
    platform: Platform | None = None
    _known: dict[str, Any] = field(default_factory=dict)
    _looked_at: float = float("-inf")
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> dict[str, Any]:
        """The body of the health page."""
        async with self._lock:
            if time.monotonic() - self._looked_at >= KEPT_SECONDS:
                database, rasa = await asyncio.gather(self._has_database(), self.rasa.probe())
                # Knowledge is loaded before the app serves, or the app does not start; with a faulty edit the release
                # before it goes on. Without the embedding questions are compared by their words alone, which is told.
                parts = {"database": database, "rasa": rasa, "knowledge": True}
                self._known = {
                    "status": "ok" if all(parts.values()) else "down",
                    "parts": {name: "ok" if is_up else "down" for name, is_up in parts.items()},
                    "release": self.knowledge.library.release,
                    "embedding": "ok" if self.knowledge.now.has_meaning else "absent",
                    "knowledge_faults": [*self.knowledge.unreadable, *self.knowledge.faults][:MOST_FAULTS],
                    "knowledge_waiting": list(self.knowledge.waiting[:MOST_FAULTS]),
                }
                if self.platform:  # Without it what was known last is told, so that the whole stays up.
                    self._known["platform"] = "away" if self.platform.is_away else "ok"
                self._looked_at = time.monotonic()
            return self._known

    async def _has_database(self) -> bool:
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS), self.engine.connect() as connection:
                await connection.execute(text("SELECT 1 FROM conversation LIMIT 1"))
        except (exc.SQLAlchemyError, psycopg.Error, OSError):
            return False
        return True


def health_routes(health: Health) -> APIRouter:
    """`GET /healthz`."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> Response:
        body = await health.look()
        return JSONResponse(body, status_code=200 if body["status"] == "ok" else 503)

    return router
