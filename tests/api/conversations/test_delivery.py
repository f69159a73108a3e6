"""Replies on their way to a platform that is slow, fast to refuse, and does not always say what it took."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from api.channels.telegram import BotClient
from api.conversations.delivery import Clocks, Sender
from api.conversations.listener import Bell
from api.conversations.pace import Pace
from api.db.engine import build_engine
from api.settings import Settings
from bot.channels.telegram import Telegram
from bot.wording import load_wording
from tests.fakes.telegram_server import TOKEN, Fault, TelegramServer

FASTER = 15.0
"""Time runs that much faster here, so that nobody waits for the pace of a platform."""
UNSENT = "SELECT count(*) FROM outbox o WHERE sent_at IS NULL AND parked_at IS NULL"


class FastTime:
    """A clock of which every part of the test sees the same."""

    def __init__(self) -> None:
        self._began, self._real = datetime.now(UTC), time.monotonic()

    def seconds(self) -> float:
        return 1_000.0 + (time.monotonic() - self._real) * FASTER

    def now(self) -> datetime:
        return self._began + timedelta(seconds=self.seconds() - 1_000.0)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / FASTER)

    async def wait_for_bell(self, bell: Bell, seconds: float) -> None:
        await bell.wait(max(0.01, seconds / FASTER))


@dataclass
class Post:
    """A database with replies to send, and the platform."""

    settings: Settings
    server: TelegramServer
    clock: FastTime
    sender: Sender

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.settings.database_url, autocommit=True) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def add(self, chat: int, *texts: str, speaker: str = "bot") -> None:
        with psycopg.connect(self.settings.database_url, autocommit=True) as connection:
            connection.execute(
                "INSERT INTO conversation (channel, session_id) VALUES ('telegram', %s) ON CONFLICT DO NOTHING",
                (str(chat),),
            )
            for text in texts:
                connection.execute(
                    "INSERT INTO outbox (conversation_id, position, speaker, reply) "
                    "SELECT id, 0, %s, %s::text::jsonb FROM conversation WHERE session_id = %s",
                    (speaker, json.dumps({"kind": "notice", "text": text}), str(chat)),
                )

    def change(self, statement: str) -> None:
        with psycopg.connect(self.settings.database_url, autocommit=True) as connection:
            connection.execute(statement.encode())

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """All lanes work as long as the block lasts."""
        tasks = [asyncio.create_task(lane) for lane in self.sender.lanes()]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def until(self, query: str, expected: int, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while self.rows(query) != [(expected,)]:  # noqa: ASYNC110, another task changes it
                await asyncio.sleep(0.02)


@pytest.fixture
async def post(settings: Settings) -> AsyncIterator[Post]:
    clock = FastTime()
    server = TelegramServer(clock=clock.seconds)
    engine = build_engine(settings.sqlalchemy_url, 12)
    channel = Telegram("secret", load_wording("12345"))
    async with BotClient(TOKEN, "https://api.telegram.org", server) as client:
        clocks = Clocks(clock.now, clock.sleep, clock.wait_for_bell)
        yield Post(settings, server, clock, Sender(engine, channel, client, Pace(clock.seconds), Bell(), clocks))
    await engine.dispose()


def busiest_second(times: list[float]) -> int:
    """The most that came within any one second."""
    return max((sum(1 for one in times if at <= one < at + 1.0) for at in times), default=0)


def first_of_each(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(texts))


@pytest.mark.timeout(240)
async def test_faults_of_a_fifth_of_all_sends_lose_nothing_and_change_no_order(post: Post) -> None:
    chance = random.Random(20)  # noqa: S311
    faults: list[Fault] = ["too_fast", "error", "lost_answer"]
    post.server.fault = lambda chat, attempt: chance.choice(faults) if chance.random() < 0.2 else ""
    for chat in range(1, 31):
        post.add(chat, *(f"{chat}-{n}" for n in range(10)))
    post.add(99, "99-0", "99-1")
    post.server.blocked.add(99)

    async with post.sending():
        await post.until(f"{UNSENT} AND reply->>'text' NOT LIKE '99-%%'", 0, 200)

    for chat in range(1, 31):
        assert first_of_each(post.server.texts(chat)) == [f"{chat}-{n}" for n in range(10)]
    doubled = len(post.server.sent) - 300
    by_chat = defaultdict(list)
    for one in post.server.sent:
        by_chat[one.chat].append(one.at)
    assert doubled <= post.server.lost_answers
    assert post.server.lost_answers > 5
    assert post.server.attempts.total() > 330
    assert post.server.attempts[99] == 1
    assert post.server.too_early <= 7  # What was under way on other lanes when one of them was told to wait.
    assert busiest_second([one.at for one in post.server.sent]) <= 30
    assert {busiest_second(times) for times in by_chat.values()} == {1}


async def test_refused_reply_is_laid_aside_and_the_next_goes_on(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.LONGEST_TEXT_UNITS", 10_000)
    post.add(1, "长" * 5_000, "好")

    async with post.sending():
        await post.until(UNSENT, 0)

    assert post.server.texts(1) == ["好"]
    assert post.rows("SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL") == [(1,)]


async def test_reply_that_cannot_be_shown_does_not_hold_up_the_next(post: Post) -> None:
    post.add(1, "坏", "好")
    post.change('UPDATE outbox SET reply = \'{"kind": "unknown", "text": "x"}\' WHERE id = 1')

    async with post.sending():
        await post.until(UNSENT, 0)

    assert post.server.texts(1) == ["好"]


async def test_blocked_person_is_parked_after_one_try_and_gets_all_when_he_is_back(post: Post) -> None:
    post.server.blocked.add(1)
    post.add(1, "一", "二")
    post.add(2, "三")

    async with post.sending():
        await post.until(UNSENT, 2)
        await post.until("SELECT count(*) FROM conversation WHERE parked_at IS NOT NULL", 1)
        post.server.blocked.clear()
        post.change("UPDATE conversation SET parked_at = NULL")
        await post.until(UNSENT, 0)

    assert post.server.texts(1) == ["一", "二"]
    assert post.server.attempts[1] == 3


async def test_owner_is_read_again_before_each_reply(post: Post) -> None:
    post.add(1, "机器人说")
    post.add(1, "工作人员说", speaker="counselor")
    post.change("UPDATE conversation SET owner = 'counselor'")

    async with post.sending():
        await post.until(UNSENT, 0)

    assert post.server.texts(1) == ["工作人员说"]


async def test_told_to_wait_it_waits_so_long(post: Post) -> None:
    post.server.retry_after = 5
    post.server.fault = lambda chat, attempt: "too_fast" if attempt == 1 else ""
    post.add(1, "好")

    async with post.sending():
        await post.until(UNSENT, 0)

    assert post.server.attempts[1] == 2
    assert post.server.too_early == 0
    assert post.rows("SELECT attempts FROM outbox") == [(0,)]


async def test_long_reply_goes_on_where_it_was_cut_off(post: Post) -> None:
    lines = [f"{n}" + "字" * 2_000 for n in range(5)]
    failed: Callable[[int, int], Fault] = lambda chat, attempt: "error" if attempt == 2 else ""  # noqa: E731
    post.server.fault = failed
    post.add(1, "\n".join(lines))

    async with post.sending():
        await post.until(UNSENT, 0)

    assert "\n".join(post.server.texts(1)) == "\n".join(lines)


async def test_stopping_finishes_what_is_under_way(post: Post) -> None:
    for chat in range(1, 21):
        post.add(chat, "好")
    async with post.sending():
        async with asyncio.timeout(20):
            while not post.server.sent:  # noqa: ASYNC110, another task changes it
                await asyncio.sleep(0)
    async with post.sending():
        await post.until(UNSENT, 0)

    assert sorted(one.chat for one in post.server.sent) == list(range(1, 21))
