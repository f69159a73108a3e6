"""Asks a running product over its hotline line, as callers would."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from api.evaluation.questions import Question
from api.evaluation.score import Judged, judge
from bot.channels.hotline import Hotline
from knowledge.library import Library

AT_ONCE = 4
PATIENCE_SECONDS = 30.0


class Caller:
    """Signs and posts messages."""

    def __init__(self, http: httpx.AsyncClient, hotline: Hotline) -> None:
        self._http = http
        self._hotline = hotline

    async def says(self, text: str, session: str, region: str) -> list[dict[str, Any]]:
        """The replies to one message. Raises httpx.HTTPError."""
        message = {"message_id": uuid.uuid4().hex, "session_id": session, "text": text, "region": region}
        body = json.dumps(message, ensure_ascii=False).encode()
        headers = self._hotline.sign(uuid.uuid4().hex, datetime.now(UTC), body)
        response = await self._http.post(self._hotline.path, content=body, headers=headers, timeout=PATIENCE_SECONDS)
        response.raise_for_status()
        return list(response.json()["replies"])


async def ask_all(caller: Caller, library: Library, questions: Mapping[str, Sequence[Question]]) -> list[Judged]:
    """Every question in a conversation of its own, in the order of the set. Raises httpx.HTTPError."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def ask(province_id: str, question: Question) -> Judged:
        province = library.provinces[province_id]
        own = frozenset(
            guide.id for guide in (*province.head.guides, *(city.guide for city in province.cities.values()))
        )
        region = library.region_of(province).short_name
        session = uuid.uuid4().hex
        async with gate:
            for text in question.before:
                await caller.says(text, session, region)
            return judge(province_id, question, await caller.says(question.said, session, region), own)

    return await asyncio.gather(*(ask(province, one) for province, group in questions.items() for one in group))
