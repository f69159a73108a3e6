"""One voice: the bot and a counselor who come at the same moment, a thousand times over."""

from __future__ import annotations

import asyncio
import os
import random
from typing import Any
from uuid import UUID

import httpx

from api.db.engine import build_engine
from api.desk.ownership import take
from api.staff.accounts import Staff
from tests.api.conftest import Build
from tests.fakes.desk import counselor
from tests.fakes.rasa import FakeRasa

RACES = int(os.environ.get("TUIYI_RACES", "30"))
AT_A_TIME = 20
# Somebody in danger has been asked for a person while the bot still answers: only then both may speak at once.
BEGIN = """
    WITH c AS (
        INSERT INTO conversation (channel, session_id) SELECT 'hotline', 'r-' || n FROM generate_series(1, %s) n
        RETURNING id
    ) INSERT INTO person_request (conversation_id, reason) SELECT id, 'distress' FROM c
"""
TALKS = """
    SELECT c.session_id, string_agg(t.speaker, ' ' ORDER BY t.id)
    FROM conversation c JOIN transcript t ON t.conversation_id = c.id GROUP BY c.id
"""


class Dice(FakeRasa):
    """Takes a moment to answer, a different one each time."""

    chance = random.Random(8)  # noqa: S311

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(self.chance.random() * 0.01)
        return await super().handle_async_request(request)


async def test_bot_and_counselor_never_speak_both(build: Build) -> None:
    chance = random.Random(9)  # noqa: S311
    async with build(rasa=Dice(), response_limit_seconds=9.0, turn_limit_seconds=8.0, workers=8) as house:
        house.change(BEGIN, RACES)
        login = counselor(house).login
        [(number,)] = house.rows("SELECT id FROM staff WHERE login = %s", login)
        staff = Staff(number, login, "张三", frozenset({"counselor"}))
        conversations = dict(house.rows("SELECT session_id, id FROM conversation"))
        engine = build_engine(house.settings.sqlalchemy_url, AT_A_TIME)
        answers: dict[str, list[dict[str, Any]]] = {}

        async def race(session: str, conversation: UUID) -> None:
            async def come_in() -> None:
                await asyncio.sleep(chance.random() * 0.15)
                async with engine.begin() as connection:
                    await take(connection, staff, conversation, "来了")

            answer, _ = await asyncio.gather(house.line.send("在吗", f"m-{session}", session), come_in())
            answers[session] = answer["replies"]

        pairs = list(conversations.items())
        for first in range(0, RACES, AT_A_TIME):
            await asyncio.gather(*(race(*pair) for pair in pairs[first : first + AT_A_TIME]))
        await engine.dispose()
        talks = dict(house.rows(TALKS))
        owners = house.rows("SELECT owner, count(*) FROM conversation GROUP BY owner")
        later = house.rows("SELECT count(*) FROM outbox WHERE speaker = 'bot'")

    orders = {"person bot system", "person system", "system person"}
    assert {session: talk for session, talk in talks.items() if talk not in orders} == {}
    assert {one for one in talks if ("bot" in talks[one]) != bool(answers[one])} == set()
    assert owners == [("counselor", RACES)]
    assert later == [(0,)]
    counted = {order: list(talks.values()).count(order) for order in orders}
    print(counted)  # noqa: T201
    assert counted["person bot system"] > RACES // 20
    assert counted["system person"] > RACES // 20, "the races were no races"
