"""A hotline's gateway as another house would write it: many calls at once, repeats what it is not sure of, polls."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.fakes.line import Line

LONGEST_WAIT = 240
REPEATED = 10
"""Every tenth message is sent twice, as after a time-out."""


@dataclass
class Call:
    """One caller: what he says in turn, and what he is told, in the order in which it is read to him."""

    said: dict[str, str]
    """Each message with words that its answer holds and no other."""
    operator: bool = False
    region: str = "河南"
    session: str = field(default_factory=lambda: uuid.uuid4().hex)
    told: list[dict[str, Any]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    """Seconds until each response."""
    cursor: int = 0
    promised: int = 0
    """Responses that said that the answer follows."""
    refused: int = 0
    """Times that it was told to come again later."""
    broken: int = 0
    """Connections that broke before the response."""
    differing: int = 0
    """Repeated messages that were answered otherwise than the first time."""


class Gateway:
    """Plays calls over one line."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def play(self, calls: list[Call]) -> float:
        """Plays all calls at once; returns how many seconds that took."""
        begun = time.monotonic()
        await asyncio.gather(*(self._one(call, number) for number, call in enumerate(calls)))
        return time.monotonic() - begun

    async def _one(self, call: Call, number: int) -> None:
        for position, text in enumerate(call.said):
            message, begun = uuid.uuid4().hex, time.monotonic()
            more = {"session_id": call.session, "region": call.region, "operator": call.operator}
            answer = await self._send(call, {"message_id": message, "text": text, **more})
            call.waits.append(time.monotonic() - begun)
            if (number + position) % REPEATED == 0:
                again = await self._send(call, {"message_id": message, "text": text, **more})
                call.differing += again != answer
            if is_promise(answer):
                call.promised += 1
                continue
            await self._fetch(call)  # What was promised before stands before it.
            call.told += answer["replies"]
        until = time.monotonic() + LONGEST_WAIT
        while call.promised and places(call) is None and time.monotonic() < until:
            await asyncio.sleep(0.5)
            await self._fetch(call)

    async def _send(self, call: Call, body: dict[str, Any]) -> dict[str, Any]:
        """Posts until it is taken; whoever is told to come again later does so with the same id."""
        while True:
            try:
                response = await self._line.post(json.dumps(body, ensure_ascii=False))
            except httpx.TransportError:  # Whoever does not know whether it was taken repeats it.
                call.broken += 1
                await asyncio.sleep(1)
                continue
            if response.status_code not in (429, 503):
                assert response.status_code == 200, response.text
                answer: dict[str, Any] = response.json()
                return answer
            call.refused += 1
            await asyncio.sleep(float(response.headers["retry-after"]))

    async def _fetch(self, call: Call) -> None:
        """Asks for what came later."""
        if call.promised:
            more = {"operator": "true"} if call.operator else {}
            later = await self._line.later(call.session, after=call.cursor, **more)
            call.told += [one["reply"] for one in later]
            call.cursor = later[-1]["cursor"] if later else call.cursor


def places(call: Call) -> list[int] | None:
    """Where the answer to each message stands in what was told; None when one is missing."""
    texts = [one["text"] for one in call.told]
    found = [next((at for at, text in enumerate(texts) if words in text), -1) for words in call.said.values()]
    return None if -1 in found else found


def is_promise(answer: dict[str, Any]) -> bool:
    """Whether the response says that the answer follows, or nothing because that was said before."""
    kinds = [one["kind"] for one in answer["replies"]]
    return not kinds or (kinds == ["notice"] and "不用重发" in answer["replies"][0]["text"])


def figures(calls: list[Call], took: float) -> str:
    """One line for a report."""
    waits = sorted(wait for call in calls for wait in call.waits)
    middle, late = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    return (
        f"{len(calls)} calls at once, {len(waits)} messages in {took:.1f} s ({len(waits) / took:.0f}/s); response "
        f"median {middle:.2f} s, 95 % {late:.2f} s, longest {waits[-1]:.2f} s; "
        f"{sum(call.promised for call in calls)} promised and delivered later, "
        f"{sum(call.refused for call in calls)} times told to come again, "
        f"{sum(call.broken for call in calls)} broken connections"
    )
