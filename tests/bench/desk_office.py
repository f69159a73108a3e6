"""What the measurements of the desk share: a running app, its staff, people on the line and the web."""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg

from api.http.staff.door import COOKIE
from api.processes.supervisor import Supervisor
from api.settings import Settings
from api.staff.passwords import NOBODY
from api.staff.sessions import digest_of
from bot.channels.web import COOKIE as WEB_COOKIE
from bot.channels.web import Web
from tests.bench.running_app import running_app
from tests.fakes.line import Line

PAGE = {"accept": "text/html"}
EMPLOY = """
    WITH s AS (
        INSERT INTO staff (login, name, password_hash, roles, on_shift, last_seen_at)
        VALUES (%s, %s, %s, '{counselor}', true, now()) RETURNING id
    ) INSERT INTO staff_session (digest, staff_id, csrf) SELECT %s, id, %s FROM s
"""
BEGIN = """
    WITH c AS (
        INSERT INTO conversation (channel, session_id, owner) VALUES (%s, %s, 'queue') RETURNING id
    ), said AS (
        INSERT INTO transcript (conversation_id, speaker, text)
        SELECT id, unnest(ARRAY['person', 'bot', 'person']), unnest(ARRAY['落户要几天', '10 个工作日。', '人工'])
        FROM c
    ) INSERT INTO person_request (conversation_id, reason) SELECT id, 'asked' FROM c RETURNING conversation_id
"""


@dataclass(frozen=True)
class Office:
    """A running app. supervisor: who starts it again when it is killed."""

    settings: Settings
    supervisor: Supervisor
    http: httpx.AsyncClient
    database: psycopg.Connection[Any]

    def counselor(self, number: int) -> Counselor:
        """Somebody who takes chats, and is signed in."""
        login, token, csrf = f"counselor{number}", secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        self.database.execute(EMPLOY.encode(), (login, f"{number} 号", NOBODY, digest_of(token), csrf))
        return Counselor(self.http, {**PAGE, "cookie": f"{COOKIE}={token}"}, csrf)

    def person(self, channel: str) -> Person:
        """Somebody whom nobody knows yet, on `hotline` or `web`."""
        line = Line(self.http, self.settings.hotline_secret.get_secret_value())
        token = secrets.token_urlsafe(32)
        web = {"cookie": f"{WEB_COOKIE}={token}", "accept": "application/json"}
        session = Web().session({b"cookie": web["cookie"].encode()}) if channel == "web" else token
        return Person(channel, session or "", line, web)

    def waiting(self, channel: str) -> tuple[Person, uuid.UUID]:
        """Somebody who waits for a person, and his conversation."""
        person = self.person(channel)
        row = self.database.execute(BEGIN.encode(), (channel, person.session)).fetchone()
        return person, uuid.UUID(str((row or ("",))[0]))


@dataclass(frozen=True)
class Counselor:
    """A counselor's browser."""

    http: httpx.AsyncClient
    headers: dict[str, str]
    csrf: str

    async def get(self, address: str, **more: str) -> httpx.Response:
        """Asks for a page or a part of one."""
        return await self.http.get(address, headers={**self.headers, **more})

    async def post(self, address: str, **fields: str) -> httpx.Response:
        """Sends a form."""
        return await self.http.post(address, headers=self.headers, data={"csrf": self.csrf, **fields})

    async def take(self, conversation: uuid.UUID) -> None:
        """Takes somebody on."""
        answer = await self.post(f"/desk/chats/{conversation}/take")
        if not answer.headers.get("location", "").startswith("/desk/chats/"):
            raise RuntimeError(f"not taken: {answer.status_code}")

    async def reply(self, conversation: uuid.UUID, text: str, form: uuid.UUID) -> bool:
        """Says something; whether it was accepted."""
        answer = await self.post(f"/desk/chats/{conversation}/reply", text=text, form=str(form))
        return answer.status_code == httpx.codes.SEE_OTHER


@dataclass
class Person:
    """Somebody who writes, and hears what is said to him meanwhile."""

    channel: str
    session: str
    line: Line
    web: dict[str, str]
    cursor: int = 0

    async def say(self, text: str, message: str) -> None:
        """Says something and waits until it is taken."""
        if self.channel == "hotline":
            await self.line.send(text, message, self.session, region="河南")
            return
        fields = {"message_id": message, "text": text, "after": "0"}
        (await self.line.http.post(Web.path, headers=self.web, data=fields)).raise_for_status()

    async def hear(self) -> list[str]:
        """What was said to him since the last time, in the order in which he sees it."""
        if self.channel == "hotline":
            later = await self.line.later(self.session, self.cursor)
            self.cursor = max([self.cursor, *(one["cursor"] for one in later)])
            return [one["reply"]["text"] for one in later]
        answer = await self.line.http.get(Web.path, headers=self.web, params={"after": str(self.cursor)})
        answer.raise_for_status()
        fresh = [one for one in answer.json()["entries"] if one["id"] > self.cursor]
        self.cursor = max([self.cursor, *(one["id"] for one in fresh)])
        return [" ".join(re.sub(r"<[^>]*>", " ", one["html"]).split()) for one in fresh]


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[Office]:
    """Everything, up as long as the block lasts."""
    limits = httpx.Limits(max_connections=400)
    async with running_app(folder) as app, httpx.AsyncClient(base_url=app.address, timeout=60, limits=limits) as http:
        await http.get("/healthz")  # Answered when the app is up.
        with psycopg.connect(app.settings.database_url, autocommit=True) as database:
            yield Office(app.settings, app.supervisor, http, database)
