"""A whole questionnaire over Telegram with a Bot API that nobody here wrote, held word for word against the hotline."""

from __future__ import annotations

import asyncio
import socket
import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn
from pydantic import SecretStr

from api.conversations.pace import Pace
from api.main import Surroundings, create_app
from api.processes.stack import Stack
from tests.fakes.line import Line
from tests.fakes.peer import Peer, running_peer
from tests.fakes.telegram_server import TOKEN

CHAT = 4711
MOST_QUESTIONS = 30


@pytest.fixture
async def peer(stack: Stack) -> AsyncIterator[Peer]:
    """A second app beside the stack's own, on the same database and Rasa, that also speaks Telegram."""
    with running_peer(TOKEN) as running, socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        settings = stack.settings.with_values(
            port=port,
            public_url=f"http://127.0.0.1:{port}",
            telegram_token=SecretStr(TOKEN),
            telegram_api_url=running.address,
        )
        around = Surroundings(pace=lambda: Pace(time.monotonic, 100, 0.05), when_broken=lambda: None)
        server = uvicorn.Server(uvicorn.Config(create_app(settings, around), log_config=None))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        async with asyncio.timeout(60), httpx.AsyncClient() as http:
            while not server.started:  # noqa: ASYNC110, the server has no event for it
                await asyncio.sleep(0.05)
            # The address is told in the background.
            while (await http.post(f"{settings.public_url}/channels/telegram/webhook")).status_code != 403:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        yield running
        server.should_exit = True
        await serving
        await running.http.aclose()


def buttons(message: dict[str, Any]) -> dict[str, str]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return {one["callback_data"].rpartition(".")[2]: one["callback_data"] for row in rows for one in row}


@pytest.mark.stack
@pytest.mark.timeout(400)
async def test_a_questionnaire_over_telegram_says_what_the_hotline_says(stack: Stack, peer: Peer) -> None:
    async with httpx.AsyncClient(base_url=stack.base_url, timeout=30) as http:
        line = Line(http, stack.settings.hotline_secret.get_secret_value())
        session, seen, said = uuid.uuid4().hex, 0, "刚退伍要办啥"
        await peer.say(CHAT, "/start r410000")
        await line.send("你好", uuid.uuid4().hex, session_id=session, region="410000")
        opening = await peer.until_shown(CHAT, 2)
        seen, kinds = len(opening), []
        for _ in range(MOST_QUESTIONS):
            answer = await line.send(said, uuid.uuid4().hex, session_id=session, region="410000")
            replies = answer["replies"]
            pressed = buttons(opening[-1]).get(said)
            await (peer.press(CHAT, pressed) if pressed else peer.say(CHAT, said))
            opening = await peer.until_shown(CHAT, seen + len(replies))
            new = opening[seen:]
            seen = len(opening)
            kinds += [reply["kind"] for reply in replies]
            assert [one["text"] for one in new] == [
                reply["text"][: len(one["text"])] for reply, one in zip(replies, new, strict=True)
            ]
            assert [sorted(buttons(one), key=int) for one in new] == [
                [str(choice["number"]) for choice in reply["choices"]] for reply in replies
            ]
            if "result" in kinds:
                break
            said = "1"

    assert "境外" in (await peer.shown(CHAT))[0]["text"]
    assert kinds.count("question") >= 6
    assert kinds[-1] == "materials"
    assert "（依据：" in new[-1]["text"]
