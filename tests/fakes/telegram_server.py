"""Telegram as its documentation has it: keeps updates until they are taken, delivers them several at once and again,
refuses what is too long, too fast or unwanted, and now and then takes a message without saying so.

Reached as a transport within the process, or as an ASGI app on a port.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl

import httpx

TOKEN = "123456:test-token-test-token-test-token"
LONGEST_UNITS = 4096
MOST_CONNECTIONS = 40

Fault = Literal["too_fast", "error", "lost_answer", "blocked", ""]
Post = Callable[[bytes, Mapping[str, str]], Awaitable[int]]
Json = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """A message that reached a chat. at: by the server's clock."""

    chat: int
    text: str
    at: float
    buttons: tuple[tuple[str, str], ...] = ()
    """Label and data."""


@dataclass
class TelegramServer(httpx.AsyncBaseTransport):
    """fault: what happens to the n-th attempt to send to a chat."""

    fault: Callable[[int, int], Fault] = lambda chat, attempt: ""
    clock: Callable[[], float] = time.monotonic
    retry_after: int = 1
    sent: list[Sent] = field(default_factory=list)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    pending: deque[Json] = field(default_factory=deque)
    secret: str = ""
    address: str = ""
    attempts: Counter[int] = field(default_factory=Counter)
    too_early: int = 0
    """Messages that came although the client was told to wait."""
    lost_answers: int = 0
    closed_until: float = 0.0
    last_update: int = 700_000

    def update(self, chat: int, text: str = "", **more: Any) -> Json:
        """A person says something; the update waits to be taken."""
        message = {**_message(chat, self.last_update), **({"text": text} if text else {}), **more}
        return self.put({"message": message})

    def put(self, content: Json) -> Json:
        """Any update."""
        self.last_update += 1
        update = {"update_id": self.last_update, **content}
        self.pending.append(update)
        return update

    def press(self, chat: int, data: str) -> Json:
        """A person presses a button."""
        query = {
            "id": f"q{self.last_update}",
            "from": {"id": chat, "is_bot": False, "first_name": "老兵"},
            "chat_instance": "1",
            "message": _message(chat, 1),
            "data": data,
        }
        return self.put({"callback_query": query})

    def texts(self, chat: int) -> list[str]:
        """What a chat shows from the bot."""
        return [one.text for one in self.sent if one.chat == chat]

    def buttons(self, chat: int) -> dict[str, str]:
        """The data of the newest buttons by label."""
        return dict(next((one.buttons for one in reversed(self.sent) if one.chat == chat and one.buttons), ()))

    async def deliver(self, post: Post, chance: random.Random | None = None, twice: float = 0.0) -> None:
        """Delivers all that waits, over several connections, each update until it is taken; some of them twice."""
        waiting, self.pending = [*self.pending], deque()
        if chance:
            waiting += [one for one in waiting if chance.random() < twice]
            # Updates overtake each other by no more than the connections that there are.
            waiting.sort(key=lambda one: one["update_id"] + chance.uniform(0, 5))
        gate = asyncio.Semaphore(MOST_CONNECTIONS)

        async def one(update: Json) -> None:
            async with gate:
                while not 200 <= await post(json.dumps(update).encode(), self.headers) < 300:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)

        await asyncio.gather(*map(one, waiting))

    @property
    def headers(self) -> dict[str, str]:
        """What every delivery bears."""
        return {"X-Telegram-Bot-Api-Secret-Token": self.secret, "content-type": "application/json"}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The Bot API within the process."""
        form = dict(parse_qsl((await request.aread()).decode(), keep_blank_values=True))
        status, body = await self.answer(request.url.path, {**dict(request.url.params), **form})
        if status == 0:
            raise httpx.ReadTimeout("no answer")
        return httpx.Response(status, json=body)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """The Bot API on a port."""
        if scope["type"] != "http":
            return
        content = b""
        while True:
            part = await receive()
            if part["type"] == "http.disconnect":  # Killed in the middle of its request.
                return
            content += part.get("body", b"")
            if not part.get("more_body"):
                break
        written = dict(parse_qsl(content.decode(), keep_blank_values=True))
        query = dict(parse_qsl(scope["query_string"].decode()))
        status, body = await self.answer(scope["path"], {**query, **written})
        if status == 0:
            await asyncio.sleep(30)
        head = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status or 500, "headers": head})
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})

    async def answer(self, path: str, given: Json) -> tuple[int, Json]:
        """The status and the body; status 0: the client never hears."""
        token, _, method = path.removeprefix("/bot").partition("/")
        if token != TOKEN:
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        self.calls.append((method, given))
        match method:
            case "sendMessage":
                return self._send(int(given["chat_id"]), given)
            case "getUpdates":
                return await self._updates(int(given.get("offset", 0)))
            case "setWebhook":
                self.address, self.secret = given["url"], given.get("secret_token", "")
            case "deleteWebhook":
                self.address = ""
        return 200, {"ok": True, "result": True}

    async def _updates(self, offset: int) -> tuple[int, Json]:
        if self.address:
            return 409, {"ok": False, "error_code": 409, "description": "Conflict: webhook is active"}
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
        if not self.pending:
            await asyncio.sleep(0.02)
        return 200, {"ok": True, "result": [*self.pending][:100]}

    def _send(self, chat: int, given: Json) -> tuple[int, Json]:
        self.attempts[chat] += 1
        self.too_early += self.clock() < self.closed_until
        if chat in self.blocked:
            return 403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
        if len(given["text"].encode("utf-16-le")) // 2 > LONGEST_UNITS:
            return 400, {"ok": False, "error_code": 400, "description": "Bad Request: message is too long"}
        fault = self.fault(chat, self.attempts[chat])
        if fault == "too_fast":
            self.closed_until = self.clock() + self.retry_after
            told = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
            return 429, {**told, "parameters": {"retry_after": self.retry_after}}
        if fault == "error":
            return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        if fault == "blocked":
            self.blocked.add(chat)
            return 403, {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
        rows = json.loads(given.get("reply_markup", "{}")).get("inline_keyboard", [])
        buttons = tuple((one["text"], one["callback_data"]) for row in rows for one in row)
        self.sent.append(Sent(chat, given["text"], self.clock(), buttons))
        if fault == "lost_answer":
            self.lost_answers += 1
            return 0, {}
        return 200, {"ok": True, "result": {**_message(chat, len(self.sent)), "text": given["text"]}}


def _message(chat: int, number: int) -> Json:
    kind = {"type": "private", "first_name": "老兵"} if chat > 0 else {"type": "group", "title": "战友群"}
    return {
        "message_id": number,
        "date": 1_790_000_000,
        "chat": {"id": chat, **kind},
        "from": {"id": abs(chat), "is_bot": False, "first_name": "老兵"},
    }
