"""A Rasa that answers what a test wants it to answer, at the network's edge."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.message import ActionResult, Memory, Reply


def say(text: str, kind: str = "smalltalk", **more: Any) -> ActionResult:
    """One action's answer with one reply."""
    return ActionResult(replies=(Reply.model_validate({"kind": kind, "text": text, **more}),), memory=Memory())


def echo(asked: dict[str, Any]) -> list[ActionResult]:
    """Says again what it was told."""
    return [say(f"听到：{asked['message']}")]


@dataclass
class FakeRasa(httpx.AsyncBaseTransport):
    """Stands in for the server: `answer` gives the actions' answers, the switches give its failures."""

    answer: Callable[[dict[str, Any]], list[ActionResult]] = echo
    is_down: bool = False
    hangs: bool = False
    says_nothing: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    go_on: asyncio.Event | None = None
    """When set, a message is answered only after this event."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Plays the server."""
        if self.is_down:
            raise httpx.ConnectError("connection refused")
        if request.method == "GET":
            return httpx.Response(200, text="Hello from Rasa")
        body = json.loads(await request.aread())
        self.asked.append(body)
        if self.go_on:
            await self.go_on.wait()
        if self.hangs:
            raise httpx.ReadTimeout("nothing came")
        if self.says_nothing:
            return httpx.Response(200, json=[])
        answers = [{"recipient_id": body["sender"], "custom": one.model_dump(mode="json")} for one in self.answer(body)]
        return httpx.Response(200, json=answers)
