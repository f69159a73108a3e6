"""Each channel as a person meets it, behind one face: what is said, what is shown, and what strangers could try."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx
from pydantic import SecretStr

from bot.channels.signature import Signer
from bot.channels.telegram import Telegram
from bot.channels.web import Web
from bot.channels.wechat import WeChat
from tests.api.conftest import House
from tests.fakes.hostile import hostile_bodies
from tests.fakes.line import Line
from tests.fakes.telegram_server import TOKEN as TELEGRAM_TOKEN
from tests.fakes.telegram_server import TelegramServer
from tests.fakes.wechat_server import AES_KEY, APP_ID, SECRET, TOKEN, WeChatServer

JSON_HOSTILE = hostile_bodies({"message_id": "m-1", "session_id": "s-1", "text": "好"}, "message_id", "text")
XML_HOSTILE = {
    "entities that grow": b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><xml><Content>&b;</Content></xml>",
    "entity that fetches": b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><xml><Content>&a;</Content></xml>",
    "deep elements": b"<xml>" + b"<a>" * 50_000,
    "deep and closed elements": b"<xml>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</xml>",
    "many attributes": b"<xml " + b" ".join(b"a%d='1'" % n for n in range(5_000)) + b"/>",
    "another encoding": "<?xml version='1.0' encoding='gbk'?><xml><Content>好</Content></xml>".encode("gbk"),
    "half an element": b"<xml><Content>x</Con",
    "element twice": b"<xml><MsgId>1</MsgId><MsgId>1</MsgId></xml>",
    "no fields": b"<xml/>",
    "form": b"text=%ff%fe&message_id=%00",
    "form without end": b"&".join(b"a=1" for _ in range(5_000)),
}
HOSTILE: Mapping[str, bytes] = {**JSON_HOSTILE, **XML_HOSTILE}


class Mouth(Protocol):
    """A channel in front of a house."""

    has_buttons: bool
    longest: Callable[[str], bool]
    """Whether a text is no longer than the platform takes."""

    async def say(self, person: int, text: str, number: int) -> int:
        """A person says something; number: the same for the same message. The status of the response."""

    async def shown(self, person: int) -> list[str]:
        """All that the person has got so far, oldest first."""

    async def offered(self, person: int) -> list[str]:
        """The labels that are offered beside the texts."""

    async def strange(self, body: bytes) -> int:
        """Posts a body of whoever has the keys. The status of the response."""

    async def forged(self) -> list[int]:
        """Posts what would be a message, by whoever has not the keys. The statuses of the responses."""


@dataclass
class LineMouth:
    """The hotline, or another channel with its manners."""

    house: House
    channel: str = "hotline"
    has_buttons: bool = False
    longest: Callable[[str], bool] = lambda text: True
    told: dict[int, dict[int, list[dict[str, Any]]]] = field(default_factory=dict)

    @property
    def line(self) -> Line:
        secret = getattr(self.house.settings, f"{self.channel}_secret").get_secret_value()
        return Line(self.house.http, secret, self.channel)

    def body(self, person: int, text: str, number: int) -> str:
        return json.dumps({"message_id": f"m-{person}-{number}", "session_id": f"s-{person}", "text": text})

    async def say(self, person: int, text: str, number: int) -> int:
        response = await self.line.post(self.body(person, text, number))
        if response.status_code == 200:
            self.told.setdefault(person, {})[number] = response.json()["replies"]
        return response.status_code

    async def shown(self, person: int) -> list[str]:
        return [reply["text"] for replies in self.told[person].values() for reply in replies]

    async def offered(self, person: int) -> list[str]:
        last = list(self.told[person].values())[-1]
        return [choice["label"] for choice in last[-1]["choices"]]

    async def strange(self, body: bytes) -> int:
        secret = getattr(self.house.settings, f"{self.channel}_secret").get_secret_value()
        signed = Signer(secret).sign("m", datetime.now(UTC), body)
        path = f"/channels/{self.channel}/messages"
        return (await self.house.http.post(path, content=body, headers=signed)).status_code

    async def forged(self) -> list[int]:
        body = self.body(7, "你好", 1)
        right = self.line.headers(body)
        wrong = [
            {},
            {**right, "webhook-signature": "v1,AAAA"},
            {**right, "webhook-timestamp": str(int(right["webhook-timestamp"]) + 1)},
            {**right, "webhook-timestamp": str(int(right["webhook-timestamp"]) - 400)},
            {**right, "webhook-id": "other"},
            self.line.headers(body + " "),
        ]
        return [(await self.line.post(body, headers)).status_code for headers in wrong]


@dataclass
class WebMouth:
    """The page without its script; each person has a browser."""

    house: House
    has_buttons: bool = True
    longest: Callable[[str], bool] = lambda text: True
    browsers: dict[int, httpx.AsyncClient] = field(default_factory=dict)

    async def browser(self, person: int) -> httpx.AsyncClient:
        """One that has seen the page."""
        if person not in self.browsers:
            transport = self.house.http._transport
            self.browsers[person] = httpx.AsyncClient(transport=transport, base_url="http://app", timeout=30)
            await self.browsers[person].get("/")
        return self.browsers[person]

    async def say(self, person: int, text: str, number: int) -> int:
        posted = {"message_id": f"{person:012}{number:012}", "text": text}
        status = (await (await self.browser(person)).post(Web.path, data=posted)).status_code
        return 200 if status == 303 else status

    async def shown(self, person: int) -> list[str]:
        page = (await (await self.browser(person)).get("/")).text
        return [html.unescape(re.sub(r"<[^>]+>", "", entry)) for entry in page.split("<li ")]

    async def offered(self, person: int) -> list[str]:
        page = (await (await self.browser(person)).get("/")).text
        return [
            html.unescape(re.sub(r"<[^>]+>", "", one)) for one in re.findall(r"<button[^>]*>.*?</button>", page, re.S)
        ]

    async def strange(self, body: bytes) -> int:
        form = {"content-type": "application/x-www-form-urlencoded"}
        return (await (await self.browser(1)).post(Web.path, content=body, headers=form)).status_code

    async def forged(self) -> list[int]:
        http, body = await self.browser(7), urlencode({"message_id": "n" * 24, "text": "你好"})
        wrong = [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
        statuses = [(await http.post(Web.path, content=body, headers=headers)).status_code for headers in wrong]
        async with httpx.AsyncClient(transport=http._transport, base_url="http://app") as without_cookie:
            statuses.append((await without_cookie.post(Web.path, content=body)).status_code)
        return statuses


@dataclass
class TelegramMouth:
    """The chat with the bot."""

    house: House
    server: TelegramServer
    has_buttons: bool = True
    updates: dict[tuple[int, int], bytes] = field(default_factory=dict)

    @staticmethod
    def longest(text: str) -> bool:
        return len(text.encode("utf-16-le")) // 2 <= 4096

    async def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        return (await self.house.http.post(Telegram.path, content=body, headers=dict(headers))).status_code

    async def say(self, person: int, text: str, number: int) -> int:
        if (person, number) not in self.updates:
            self.updates[person, number] = json.dumps(self.server.update(person, text)).encode()
        return await self.post(self.updates[person, number], self.server.headers)

    async def shown(self, person: int) -> list[str]:
        return self.server.texts(person)

    async def offered(self, person: int) -> list[str]:
        return [*self.server.buttons(person)]

    async def strange(self, body: bytes) -> int:
        return await self.post(body, self.server.headers)

    async def forged(self) -> list[int]:
        body, name = json.dumps(self.server.update(7, "你好")).encode(), "X-Telegram-Bot-Api-Secret-Token"
        wrong: list[dict[str, str]] = [{}, {name: ""}, {name: "the-secre"}, {name: "the-secretx"}, {name: "THE-SECRET"}]
        return [await self.post(body, headers) for headers in wrong]


@dataclass
class WeChatMouth:
    """The chat with the account."""

    house: House
    server: WeChatServer
    has_buttons: bool = False
    messages: dict[tuple[int, int], bytes] = field(default_factory=dict)

    @staticmethod
    def longest(text: str) -> bool:
        return len(text.encode()) <= 2048

    async def say(self, person: int, text: str, number: int) -> int:
        new = (person, number) not in self.messages
        if new:
            self.messages[person, number] = self.server.words(f"o{person}", text)
        # What comes again comes because the first response was lost.
        message = self.messages[person, number]
        if new:
            return (await self.server.deliver(self.house.http, WeChat.path, message)).status_code
        body, query = self.server.sealed(message)
        return (await self.house.http.post(WeChat.path, params=query, content=body)).status_code

    async def shown(self, person: int) -> list[str]:
        return self.server.shown.get(f"o{person}", [])

    async def offered(self, person: int) -> list[str]:
        return []

    async def strange(self, body: bytes) -> int:
        message, query = self.server.sealed(body)
        return (await self.house.http.post(WeChat.path, params=query, content=message)).status_code

    async def forged(self) -> list[int]:
        body, query = self.server.sealed(self.server.words("o7", "你好"))
        proof = "msg_signature" if self.server.aes_key else "signature"
        flipped = ("1" if query[proof][0] == "0" else "0") + query[proof][1:]
        wrong = [
            {},
            {**query, proof: ""},
            {**query, proof: flipped},
            {**query, "nonce": "x"},
            {**query, "timestamp": str(int(query["timestamp"]) - 1)},
            self.server.query(at=self.server.clock() - 400),
        ]
        return [(await self.house.http.post(WeChat.path, params=one, content=body)).status_code for one in wrong]


@dataclass(frozen=True)
class Kind:
    """A channel with what it needs of a house. channel: its name in addresses."""

    channel: str
    settings: Callable[[], dict[str, Any]]
    mouth: Callable[[House, Any], Mouth]
    server: Callable[[], Any] = lambda: None


def _wechat(aes_key: str) -> Kind:
    secrets = {"wechat_token": TOKEN, "wechat_secret": SECRET, "wechat_aes_key": aes_key}
    settings = {"wechat_app_id": APP_ID, **{name: SecretStr(value) for name, value in secrets.items()}}
    return Kind("wechat", lambda: settings, WeChatMouth, lambda: WeChatServer(aes_key))


KINDS: Mapping[str, Kind] = {
    "hotline": Kind("hotline", dict, lambda house, _: LineMouth(house)),
    "terminal": Kind("terminal", dict, lambda house, _: LineMouth(house, "terminal", has_buttons=True)),
    "web": Kind("web", dict, lambda house, _: WebMouth(house)),
    "telegram": Kind(
        "telegram",
        lambda: {"telegram_token": SecretStr(TELEGRAM_TOKEN), "telegram_secret": SecretStr("the-secret")},
        TelegramMouth,
        lambda: TelegramServer(secret="the-secret"),
    ),
    "wechat": _wechat(""),
    "wechat in safe mode": _wechat(AES_KEY),
}
