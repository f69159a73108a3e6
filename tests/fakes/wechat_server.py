"""WeChat as its documentation has it: signs what people do, seals it in safe mode, delivers it again until it hears
something within five seconds, and counts what is sent to them. Reached as a transport within the process."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import httpx

from bot.channels.wechat_cipher import Envelope, is_signed, signature_of

APP_ID, TOKEN, SECRET = "wx0123456789abcdef", "the_token", "the-app-secret"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_account"
TRIES = 3
LONGEST_BYTES = 2048

Get = Callable[..., Awaitable[httpx.Response]]


@dataclass
class WeChatServer(httpx.AsyncBaseTransport):
    """aes_key: empty in plain mode. shown: what each person's chat shows, by either way."""

    aes_key: str = ""
    clock: Callable[[], float] = time.time
    shown: dict[str, list[str]] = field(default_factory=dict)
    in_response: Counter[str] = field(default_factory=Counter)
    by_service: Counter[str] = field(default_factory=Counter)
    left: dict[str, int] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    asked_for_tokens: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    fault: Callable[[int], int] = lambda attempt: 0
    """The error code of the n-th attempt to send."""
    attempts: int = 0
    numbers: int = 23_000_000_000

    def words(self, person: str, text: str, **more: str) -> bytes:
        """A person says something."""
        self.numbers += 1
        return self.xml(person, MsgType="text", Content=text, **{"MsgId": str(self.numbers), **more})

    def xml(self, person: str, **fields: str) -> bytes:
        """Something that a person does."""
        whole = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": str(int(self.clock())), **fields}
        root = ElementTree.Element("xml")
        for name, value in whole.items():
            ElementTree.SubElement(root, name).text = value
        return ElementTree.tostring(root, encoding="utf-8")

    def query(self, *more: bytes, at: float | None = None) -> dict[str, str]:
        """What a request bears in its address."""
        timestamp, nonce = str(int(self.clock() if at is None else at)), secrets.token_hex(5)
        words = (TOKEN.encode(), timestamp.encode(), nonce.encode())
        proof = {"signature": signature_of(*words).decode(), "timestamp": timestamp, "nonce": nonce}
        sealed = {"encrypt_type": "aes", "msg_signature": signature_of(*words, *more).decode()} if more else {}
        return {**proof, **sealed, "openid": "unsigned"}

    def sealed(self, message: bytes) -> tuple[bytes, dict[str, str]]:
        """The body and the query of a delivery."""
        if not self.aes_key:
            return message, self.query()
        encrypt = Envelope(self.aes_key, APP_ID).seal(message, secrets.token_bytes(16))
        return b"<xml><ToUserName>x</ToUserName><Encrypt>" + encrypt + b"</Encrypt></xml>", self.query(encrypt)

    async def deliver(self, http: httpx.AsyncClient, path: str, message: bytes, deaf: int = 0) -> httpx.Response:
        """Delivers once more as long as nothing is heard; deaf: so many responses get lost on the way."""
        person = ElementTree.fromstring(message).findtext("FromUserName", "")  # noqa: S314, it is our own
        self.left[person] = 5
        for attempt in range(TRIES):
            body, query = self.sealed(message)
            async with asyncio.timeout(5):
                response = await http.post(path, params=query, content=body)
            if attempt >= deaf and response.status_code == 200:
                if response.content not in (b"", b"success"):
                    self._hear(response.content)
                return response
        return response

    def _hear(self, body: bytes) -> None:
        if self.aes_key:
            found = _fields(body)
            words = [found[name].encode() for name in ("TimeStamp", "Nonce", "Encrypt")]
            assert is_signed(found["MsgSignature"].encode(), TOKEN.encode(), *words)
            body = Envelope(self.aes_key, APP_ID).open(words[-1])
        found = _fields(body)
        assert found["FromUserName"] == ACCOUNT
        assert found["MsgType"] == "text"
        assert len(found["Content"].encode()) <= LONGEST_BYTES
        self.in_response[found["ToUserName"]] += 1
        self.shown.setdefault(found["ToUserName"], []).append(found["Content"])

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The interface."""
        self.raw.append(await request.aread())
        given = json.loads(self.raw[-1])
        if request.url.path == "/cgi-bin/stable_token":
            self.asked_for_tokens.append(given)
            if (given["appid"], given["secret"]) != (APP_ID, SECRET):
                return httpx.Response(200, json={"errcode": 40125, "errmsg": "invalid appsecret"})
            if not self.tokens or given.get("force_refresh"):
                self.tokens.append(f"token-{len(self.tokens)}")
            return httpx.Response(200, json={"access_token": self.tokens[-1], "expires_in": 7200})
        assert request.url.path == "/cgi-bin/message/custom/send"
        code = self._send(given, request.url.params.get("access_token", ""))
        return httpx.Response(200, json={"errcode": code, "errmsg": "x"})

    def _send(self, given: dict[str, Any], token: str) -> int:
        if not self.tokens or token != self.tokens[-1]:
            return 40001
        self.attempts += 1
        if code := self.fault(self.attempts):
            return code
        person, text = given["touser"], given["text"]["content"]
        if len(text.encode()) > LONGEST_BYTES:
            return 45002
        if not self.left.get(person, 0):
            return 45047
        self.left[person] -= 1
        self.by_service[person] += 1
        self.shown.setdefault(person, []).append(text)
        return 0

    @property
    def now(self) -> datetime:
        """The time that it writes."""
        return datetime.fromtimestamp(self.clock(), UTC)


def _fields(body: bytes) -> dict[str, str]:
    return {one.tag: one.text or "" for one in ElementTree.fromstring(body)}  # noqa: S314, it is our own
