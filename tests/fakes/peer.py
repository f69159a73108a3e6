"""The npm package `telegram-test-api` as a process: a Bot API that nobody here wrote, and the person in front of it."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from api.processes.addresses import free_port
from tests.fakes.node import installed, node


@dataclass
class Peer:
    """A running peer. What a person does is asked of it over HTTP, as its own client does."""

    address: str
    token: str
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(timeout=30))

    async def say(self, chat: int, text: str) -> None:
        """A person says something."""
        message = {"from": _person(chat), "chat": _chat(chat), "date": int(time.time()), "text": text}
        await self._ask("sendMessage", {"botToken": self.token, **message})

    async def press(self, chat: int, data: str) -> None:
        """A person presses a button."""
        message = {"message_id": 1, "date": int(time.time()), "chat": _chat(chat), "text": "x"}
        query = {"from": _person(chat), "message": message, "data": data, "chat_instance": "1"}
        await self._ask("sendCallback", {"botToken": self.token, **query})

    async def shown(self, chat: int) -> list[dict[str, Any]]:
        """The messages of the bot in a chat, oldest first: text and perhaps reply_markup."""
        history = await self._ask("getUpdatesHistory", {"token": self.token})
        sent = [one["message"] for one in history["result"] if "chat_id" in one.get("message", {})]
        return [one for one in sent if str(one["chat_id"]) == str(chat)]

    async def until_shown(self, chat: int, count: int, seconds: float = 60) -> list[dict[str, Any]]:
        """The messages of the bot, as soon as there are so many."""
        async with asyncio.timeout(seconds):
            while len(shown := await self.shown(chat)) < count:  # noqa: ASYNC110, another process adds them
                await asyncio.sleep(0.1)
        return shown

    async def _ask(self, what: str, content: dict[str, Any]) -> dict[str, Any]:
        response = await self.http.post(f"{self.address}/{what}", json=content)
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "老兵"}


def _chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "老兵"}


@contextmanager
def running_peer(token: str) -> Iterator[Peer]:
    """A peer on a free port as long as the block lasts."""
    port = free_port()
    command = [node(), "peer.cjs", str(port)]
    process = subprocess.Popen(command, cwd=installed("telegram_peer", "peer.cjs"), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield Peer(f"http://127.0.0.1:{port}", token)
    finally:
        process.terminate()
        process.wait()
