"""The app in this process, on a real database, with a Rasa that tests direct."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from api.conversations.desk_hours import LOCAL
from api.conversations.pace import Pace
from api.conversations.sequence import Sequence
from api.main import Surroundings, create_app
from api.settings import Settings, load_settings
from tests.fakes.country import knowledge as knowledge
from tests.fakes.emptied import empty
from tests.fakes.line import Line
from tests.fakes.rasa import FakeRasa


@dataclass
class House:
    """A running app and what surrounds it."""

    settings: Settings
    rasa: FakeRasa
    line: Line
    http: httpx.AsyncClient

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        with psycopg.connect(self.settings.database_url, autocommit=True) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def change(self, statement: str, *values: Any) -> None:
        """Changes the database behind the app's back."""
        with psycopg.connect(self.settings.database_url, autocommit=True) as connection:
            connection.execute(statement.encode(), values)

    async def until(self, query: str, expected: list[tuple[Any, ...]], seconds: float = 10, *values: Any) -> None:
        """Waits until the database says so."""
        async with asyncio.timeout(seconds):
            while self.rows(query, *values) != expected:  # noqa: ASYNC110, another process changes it
                await asyncio.sleep(0.02)

    async def until_handled(self) -> None:
        """Waits until nothing is left to do."""
        await self.until("SELECT count(*) FROM inbox WHERE handled_at IS NULL", [(0,)])

    async def until_asked(self, times: int) -> None:
        """Waits until Rasa was asked so many times."""
        async with asyncio.timeout(10):
            while len(self.rasa.asked) < times:  # noqa: ASYNC110, the fake is plain data
                await asyncio.sleep(0.01)


Build = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings on empty tables, with limits that suit a test."""
    empty(database_url)
    return load_settings(
        var_dir=tmp_path / "var",
        database_url=database_url,
        response_limit_seconds=8.0,
        turn_limit_seconds=6.0,
        workers=4,
        demo=False,
    )


@pytest.fixture
def build(settings: Settings) -> Build:
    """Builds a house; settings and surroundings can be given by name."""

    @asynccontextmanager
    async def built(
        rasa: FakeRasa | None = None,
        now: Callable[[], datetime] | None = None,
        push: Any = None,
        telegram: Any = None,
        wechat: Any = None,
        platform: Any = None,
        watched: Path | None = None,
        follows: bool = False,
        starting_seconds: float = 0.25,
        **changes: Any,
    ) -> AsyncIterator[House]:
        rasa = rasa or FakeRasa()
        chosen = settings.with_values(**changes)
        now = now or (lambda: datetime.now(LOCAL))
        around = Surroundings(
            knowledge=knowledge,
            watched=watched,
            follows=follows,
            rasa=rasa,
            push=push,
            messengers={"telegram": telegram, "wechat": wechat},
            platform=platform,
            pace=lambda: Pace(time.monotonic, 1_000, 0.0),
            sequence=lambda: Sequence(time.monotonic, starting_seconds),
            now=now,
            when_broken=lambda: None,
        )
        app = create_app(chosen, around)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://app", timeout=30) as http,
        ):
            yield House(chosen, rasa, Line(http, chosen.hotline_secret.get_secret_value(), now=now), http)

    return built


@pytest.fixture
async def house(build: Build) -> AsyncIterator[House]:
    """A house as it comes."""
    async with build() as one:
        yield one
