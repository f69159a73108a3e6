"""From an editor's draft to a veteran's ear: not before it is published, at once when it is, gone when undone."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from itertools import count

import httpx
import pytest
from typer.testing import CliRunner

from api.changes.records import Proposed
from api.cli import command_line
from api.main import Surroundings, create_app
from api.settings import Settings
from api.staff.accounts import Staff
from tests.api.conftest import House, knowledge
from tests.fakes.line import Line
from tests.fakes.plain_browser import page, post
from tests.fakes.rasa import FakeRasa
from tests.fakes.staff import signed_in
from tests.fakes.studio import Studio, studio_of

QUESTION = "海南的退役窗口下雨天开门吗"
ANSWER = "下雨天照常开门，门口有伞可以借。"
TOPICS = "provinces/hainan/topics.yaml"
NEW = f"""\
source: 四
id: rainy_day
title: 下雨天窗口开不开门
say: {ANSWER}
questions: [{QUESTION}, 下雨天窗口开门吗, 下雨天开门吗, 刮风下雨窗口还上班吗]"""
SOON_SECONDS = 15.0
"""It is to be five on a machine that does nothing else; the usual run has several tests at once."""
numbers = count(1)


class AskingRasa(FakeRasa):
    """Takes everything for a question, and has the app's own action answer it."""

    house: House

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Plays the server."""
        if request.method == "GET":
            return httpx.Response(200, text="Hello from Rasa")
        asked = json.loads(await request.aread())
        message = {
            "text": asked["message"],
            "intent": {"name": "ask_policy", "confidence": 0.99},
            "entities": [],
            "metadata": asked["metadata"],
        }
        tracker = {"slots": {"memory": None}, "latest_message": message, "latest_action_name": "answered_before"}
        call = {"next_action": "answer_question", "sender_id": asked["sender"], "tracker": tracker}
        headers = {"authorization": f"Bearer {self.house.settings.action_token.get_secret_value()}"}
        answer = await self.house.http.post("/internal/actions", json=call, headers=headers)
        said = [{"recipient_id": asked["sender"], **one} for one in answer.json()["responses"]]
        return httpx.Response(200, json=said)


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    """An app that follows releases, with real actions."""
    rasa = AskingRasa()
    app = create_app(settings, Surroundings(knowledge=knowledge, follows=True, rasa=rasa, when_broken=lambda: None))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://app", timeout=60) as http,
    ):
        rasa.house = House(settings, rasa, Line(http, settings.hotline_secret.get_secret_value()), http)
        yield rasa.house


async def heard(house: House) -> str:
    """What somebody new hears who asks on the hotline."""
    number = next(numbers)
    answer = await house.line.send(QUESTION, f"m-{number}", f"s-{number}", region="海南")
    return json.dumps(answer, ensure_ascii=False)


async def seconds_until_heard(house: House, is_heard: bool) -> float:
    began = time.monotonic()
    async with asyncio.timeout(30):
        while (ANSWER in await heard(house)) != is_heard:  # noqa: ASYNC110, the app takes over in its own time
            await asyncio.sleep(0.05)
    return time.monotonic() - began


def person(house: House, role: str) -> Staff:
    login = signed_in(house, role).login
    [(number,)] = house.rows("SELECT id FROM staff WHERE login = %s", login)
    return Staff(number, login, login, frozenset({role}))


async def waiting(studio: Studio, staff: Staff) -> int:
    """A set with a new FAQ that waits for approval."""
    made = await studio.changes.create(staff, "下雨天", "群众常问")
    await studio.changes.put_edit(staff, made, Proposed(TOPICS, "topic", "rainy_day", None, NEW))
    assert (await studio.changes.workbench.with_reference(made)).reference is not None
    await studio.changes.submit(staff, made, (await studio.changes.get(made)).version)
    return made


@pytest.mark.timeout(400)
async def test_a_draft_is_heard_nowhere_and_a_published_answer_at_once(house: House) -> None:
    editor, approver = person(house, "editor"), person(house, "approver")
    async with studio_of(house) as studio:
        made = await waiting(studio, editor)

        # Nobody hears a draft, on whatever way he asks.
        assert ANSWER not in await heard(house)
        await post(house, text=QUESTION, nonce="a" * 24)
        assert ANSWER not in await page(house)
        searched = await asyncio.to_thread(
            CliRunner().invoke, command_line(["knowledge"]), ["knowledge", "search", QUESTION]
        )
        assert searched.exit_code == 0
        assert ANSWER not in searched.output

        await studio.changes.approve(approver, made, (await studio.changes.get(made)).version)
        published = await seconds_until_heard(house, is_heard=True)
        house.http.cookies.clear()
        await post(house, text=QUESTION, nonce="b" * 24)
        assert ANSWER in await page(house)

        await studio.changes.undo(approver, made, "说错了")
        gone = await seconds_until_heard(house, is_heard=False)

        assert published < SOON_SECONDS
        assert gone < SOON_SECONDS
        sys.stderr.write(f"heard after {published:.2f} s, gone after {gone:.2f} s\n")
