"""Many people who say one thing each over the hotline, several at once."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import httpx

from api.processes.stack import Stack
from api.settings import ROOT
from tests.fakes.line import Line

AT_ONCE = 6


def said(path: str) -> list[str]:
    """The lines of a file."""
    return [line for line in (ROOT / path).read_text("utf-8").splitlines() if line]


async def answers(stack: Stack, texts: list[str], **more: Any) -> list[dict[str, Any]]:
    """The answer to each message, each in a conversation of its own."""
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(base_url=stack.base_url, timeout=60) as http:
        line = Line(http, stack.settings.hotline_secret.get_secret_value())

        async def one(text: str) -> dict[str, Any]:
            async with gate:
                return await line.send(text, uuid.uuid4().hex, session_id=uuid.uuid4().hex, region="河南", **more)

        return await asyncio.gather(*(one(text) for text in texts))
