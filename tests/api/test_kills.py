"""kill -9 in the middle of turns: nothing is lost, doubled or out of order, whoever dies."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import psycopg
import pytest

from api.processes.stack import Stack, say_nothing
from api.training import current_model
from tests.conftest import isolated_settings
from tests.fakes.line import Line

pytestmark = [pytest.mark.processes, pytest.mark.timeout(400)]

CONVERSATIONS = 10
ROUNDS = int(os.environ.get("TUIYI_KILL_ROUNDS", "4"))
"""How often the app and Rasa are killed, each; the figure of twenty kills is measured with 10."""
SCRIPT = [
    "你好",
    "刚退伍要办啥",
    "1",
    "为什么问这个",
    "1",
    "户口注销证明要不要带",
    "1",
    "上一步",
    "2",
    "要带什么材料",
    "1",
    "2",
    "医保怎么接",
    "2",
    "1",
    "再说一遍",
    "2",
    "依据是什么",
    "1",
    "谢谢",
]


@dataclass
class Caller:
    """One person who says the script, repeats what got no answer, and now and then sends something twice."""

    session: str
    line: Line
    chance: random.Random
    may_speak: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    answers: list[dict[str, Any]] = field(default_factory=list)
    twins_differ: int = 0

    async def speak(self) -> None:
        """Says everything, one message for each permit."""
        for number, text in enumerate(SCRIPT):
            await self.may_speak.acquire()
            message_id = f"{self.session}-{number}"
            answer = await self.insist(text, message_id)
            self.answers.append(answer)
            if self.chance.random() < 0.1:
                self.twins_differ += await self.insist(text, message_id) != answer

    def replies(self) -> list[str]:
        """What the responses said."""
        return [reply["text"] for answer in self.answers for reply in answer["replies"]]

    async def insist(self, text: str, message_id: str) -> dict[str, Any]:
        """Sends a message until it is answered."""
        while True:
            try:
                return await self.line.send(text, message_id, session_id=self.session, region="河南")
            except (httpx.TransportError, AssertionError):
                await asyncio.sleep(0.05)


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that may be ill-treated."""
    settings = isolated_settings(tmp_path_factory.mktemp("kills") / "var")
    with Stack(settings, partial(current_model, settings.var_dir, say_nothing)) as running:
        yield running


def portion(number: int, of: int) -> int:
    """How many lines of the script are said before the kill of that number, so that all are said before the last."""
    return len(SCRIPT) * (number + 1) // of - len(SCRIPT) * number // of


async def ready(stack: Stack) -> None:
    await asyncio.to_thread(stack.wait_until_ready, 60.0)


def rows(stack: Stack, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(stack.settings.database_url, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


async def until_handled(stack: Stack) -> None:
    async with asyncio.timeout(60):
        while rows(stack, "SELECT count(*) FROM inbox WHERE handled_at IS NULL") != [(0,)]:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def said(stack: Stack, session: str, speaker: str) -> list[str]:
    found = rows(
        stack,
        "SELECT t.text FROM transcript t JOIN conversation c ON c.id = t.conversation_id "  # noqa: S608
        f"WHERE c.session_id = '{session}' AND t.speaker = '{speaker}' ORDER BY t.id",
    )
    return [text for (text,) in found]


async def test_kills_lose_nothing_double_nothing_and_change_no_order(own_stack: Stack) -> None:
    chance = random.Random(7)  # noqa: S311
    stack = own_stack
    async with httpx.AsyncClient(base_url=stack.base_url, timeout=15) as http:
        secret = stack.settings.hotline_secret.get_secret_value()
        model = Caller("model", Line(http, secret), random.Random(0))  # noqa: S311
        callers = [Caller(f"s-{n}", Line(http, secret), random.Random(n)) for n in range(CONVERSATIONS)]  # noqa: S311
        model.may_speak = asyncio.Semaphore(len(SCRIPT))
        await model.speak()
        expected = said(stack, "model", "bot")

        speaking = asyncio.gather(*(caller.speak() for caller in callers))
        victims = ["app", "rasa"] * ROUNDS
        for number, victim in enumerate(victims):
            for caller in callers * portion(number, len(victims)):
                caller.may_speak.release()
            await asyncio.sleep(chance.uniform(0.02, 0.6))
            stack.kill(victim)
            await ready(stack)
        await speaking
        await until_handled(stack)
        later = {caller.session: await caller.line.later(caller.session) for caller in callers}

    assert [caller.twins_differ for caller in callers] == [0] * CONVERSATIONS
    outcomes = rows(stack, "SELECT outcome, count(*) FROM inbox GROUP BY outcome")
    assert outcomes == [("answered", (CONVERSATIONS + 1) * len(SCRIPT))]
    assert {caller.session: said(stack, caller.session, "person") for caller in callers} == {
        caller.session: SCRIPT for caller in callers
    }
    assert {caller.session: said(stack, caller.session, "bot") for caller in callers} == {
        caller.session: expected for caller in callers
    }
    # What reached each caller, in the response or later: every reply once, and beside them only word of the outage.
    for caller in callers:
        reached = caller.replies() + [one["reply"]["text"] for one in later[caller.session]]
        assert sorted(text for text in reached if "不用重发" not in text) == sorted(model.replies())


async def test_killed_database_loses_nothing(own_stack: Stack) -> None:
    stack = own_stack
    async with httpx.AsyncClient(base_url=stack.base_url, timeout=15) as http:
        line = Line(http, stack.settings.hotline_secret.get_secret_value())
        callers = [Caller(f"d-{n}", line, random.Random(n)) for n in range(4)]  # noqa: S311
        speaking = asyncio.gather(*(caller.speak() for caller in callers))
        for _ in range(3):
            for caller in callers:
                for _ in range(4):
                    caller.may_speak.release()
            await asyncio.sleep(0.3)
            stack.kill("postgres")
            await asyncio.sleep(0.5)
            await ready(stack)
        for caller in callers:
            for _ in SCRIPT:
                caller.may_speak.release()
        await speaking
        await until_handled(stack)

    expected = said(stack, "d-0", "bot")
    assert {caller.session: said(stack, caller.session, "person") for caller in callers} == {
        caller.session: SCRIPT for caller in callers
    }
    assert {caller.session: said(stack, caller.session, "bot") for caller in callers} == {
        caller.session: expected for caller in callers
    }
