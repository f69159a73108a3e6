"""Releases are numbered, whole and never changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine

from api.db.engine import build_engine
from api.releases.files import digest_of
from api.releases.store import CHANNEL, NoRelease, NothingChanged, PublishedMeanwhile, Releases
from api.settings import Settings

FIRST: Mapping[str, bytes | None] = {"national/a.yaml": b"one\r\n", "national/b.yaml": b"two"}


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    engine = build_engine(settings.sqlalchemy_url, 8)
    yield engine
    await engine.dispose()


@pytest.fixture
def releases(engine: AsyncEngine) -> Releases:
    return Releases(engine)


async def published(
    engine: AsyncEngine, changed: Mapping[str, bytes | None], reason: str = "因为", on: int | None = None
) -> int:
    async with engine.begin() as connection:
        return await Releases(engine).publish(connection, changed, kind="change", reason=reason, on=on)


async def test_before_the_first_there_is_none(releases: Releases) -> None:
    with pytest.raises(NoRelease):
        await releases.current()


async def test_a_release_holds_the_files_of_the_one_before_but_for_what_changed(
    engine: AsyncEngine, releases: Releases
) -> None:
    await published(engine, FIRST)

    number = await published(engine, {"national/a.yaml": None, "national/c.yaml": b"three"}, "换一条")

    current = await releases.current()
    assert (number, current.number, current.kind, current.reason) == (2, 2, "change", "换一条")
    assert await releases.files(2) == {"national/b.yaml": b"two", "national/c.yaml": b"three"}
    assert await releases.files(1) == FIRST
    assert current.digest == digest_of(await releases.files(2))
    assert [one.number for one in await releases.list()] == [2, 1]
    assert [one.number for one in await releases.list(before=2)] == [1]
    assert await releases.file(1, "national/a.yaml") == b"one\r\n"
    assert await releases.file(2, "national/a.yaml") is None


async def test_what_is_published_already_is_refused(engine: AsyncEngine) -> None:
    await published(engine, FIRST)

    with pytest.raises(NothingChanged):
        await published(engine, {"national/b.yaml": b"two", "national/none.yaml": None})


async def test_who_looked_at_an_older_release_is_told_so(engine: AsyncEngine) -> None:
    await published(engine, FIRST)
    await published(engine, {"national/b.yaml": b"other"})

    with pytest.raises(PublishedMeanwhile, match="release 2 "):
        await published(engine, {"national/a.yaml": b"mine"}, on=1)


async def test_a_roll_back_is_a_new_release_with_the_older_files(engine: AsyncEngine, releases: Releases) -> None:
    await published(engine, FIRST)
    await published(engine, {"national/a.yaml": None, "national/c.yaml": b"three"})

    async with engine.begin() as connection:
        number = await releases.roll_back(connection, 1, reason="错了")

    back = await releases.release(number)
    assert (back.number, back.kind, back.restores) == (3, "rollback", 1)
    assert await releases.files(3) == FIRST
    assert back.digest == (await releases.release(1)).digest
    assert back.name != (await releases.release(1)).name


async def test_going_back_to_what_is_or_never_was_is_refused(engine: AsyncEngine, releases: Releases) -> None:
    await published(engine, FIRST)

    async with engine.connect() as connection:
        with pytest.raises(NothingChanged):
            await releases.roll_back(connection, 1, reason="")
        with pytest.raises(NoRelease):
            await releases.roll_back(connection, 9, reason="")


async def test_what_is_not_committed_was_never_published(engine: AsyncEngine, releases: Releases) -> None:
    async with engine.connect() as connection:
        await releases.publish(connection, FIRST, kind="change", reason="")
        await connection.rollback()

    with pytest.raises(NoRelease):
        await releases.current()


async def test_many_who_publish_at_once_follow_each_other(engine: AsyncEngine, releases: Releases) -> None:
    await published(engine, FIRST)

    numbers = await asyncio.gather(*(published(engine, {f"national/n{one}.yaml": b"x"}) for one in range(6)))

    assert sorted(numbers) == [2, 3, 4, 5, 6, 7]
    assert len(await releases.files(7)) == 8


async def test_a_path_that_leads_out_is_refused(engine: AsyncEngine) -> None:
    with pytest.raises(ValueError, match="no paths"):
        await published(engine, {"../a.yaml": b""})


@pytest.mark.parametrize("table", ["knowledge_blob", "knowledge_release", "knowledge_release_file"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {}"])
async def test_the_database_refuses_every_change_of_a_release(engine: AsyncEngine, table: str, act: str) -> None:
    await published(engine, FIRST)
    column = {"knowledge_blob": "content = ''", "knowledge_release": "reason = ''"}.get(table, "path = 'x'")

    async with engine.connect() as connection:
        with pytest.raises(ProgrammingError, match="a release is never changed"):
            await connection.execute(text(act.format(table, column)))


async def test_each_new_one_rings_with_its_number(engine: AsyncEngine, settings: Settings) -> None:
    with psycopg.connect(settings.database_url, autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        await published(engine, FIRST)

        heard = [one.payload for one in listening.notifies(timeout=5, stop_after=1)]

    assert heard == ["1"]
