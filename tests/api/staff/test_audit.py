"""The log of what staff did: it follows from itself, and nobody changes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from api.db.engine import build_engine
from api.db.models import AuditEntry
from api.settings import Settings
from api.staff.accounts import Staff
from api.staff.audit import BEGINNING, note, verify

ZHANG = Staff(7, "zhang", "张三", frozenset({"counselor"}))


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    one = build_engine(settings.sqlalchemy_url, 8)
    yield one
    await one.dispose()


async def write(engine: AsyncEngine, number: int = 0) -> None:
    async with engine.begin() as connection:
        detail = {"number": number, "名": "值", "wide": 1e30, "share": 0.1, "none": None, "list": [1, {"b": 2, "a": 1}]}
        await note(connection, ZHANG, "desk.unmask", f"conversation:{number}", reason="核对身份", **detail)


def behind_the_back(settings: Settings, statement: str) -> None:
    """Changes the log as somebody does who owns the database."""
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_stays")
        connection.execute(statement.encode())
        connection.execute("ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_stays")


async def test_entries_written_at_once_follow_from_each_other(engine: AsyncEngine) -> None:
    await asyncio.gather(*(write(engine, number) for number in range(40)))

    async with engine.connect() as connection:
        found = await verify(connection)

    assert (found.entries, found.broken) == (40, None)
    assert found.newest != BEGINNING


async def test_an_entry_says_who_did_what_to_what_and_why(engine: AsyncEngine) -> None:
    await write(engine, 3)

    async with engine.connect() as connection:
        row = (await connection.execute(select(AuditEntry.__table__))).one()

    assert (row.staff_id, row.login, row.act, row.object) == (7, "zhang", "desk.unmask", "conversation:3")
    assert row.reason == "核对身份"
    assert (row.detail["number"], row.detail["名"], row.detail["list"]) == (3, "值", [1, {"a": 1, "b": 2}])


async def test_an_act_that_is_rolled_back_leaves_no_gap(engine: AsyncEngine) -> None:
    await write(engine)
    async with engine.connect() as connection:
        await note(connection, None, "staff.add", "staff:li")
        await connection.rollback()
    await write(engine)

    async with engine.connect() as connection:
        found = await verify(connection)

    assert (found.entries, found.broken) == (2, None)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET reason = ''", "DELETE FROM audit", "DELETE FROM audit WHERE id < 0", "TRUNCATE audit"],
)
@pytest.mark.parametrize("role", ["origin", "replica"])
async def test_the_database_refuses_to_change_it(
    engine: AsyncEngine, settings: Settings, statement: str, role: str
) -> None:
    await write(engine)

    with psycopg.connect(settings.database_url) as connection:
        connection.execute(f"SET session_replication_role = {role}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the audit log is never changed"):
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE audit SET reason = 'other' WHERE id = 2", 2),
        ("UPDATE audit SET login = 'li' WHERE id = 2", 2),
        ("UPDATE audit SET staff_id = 8 WHERE id = 2", 2),
        ("UPDATE audit SET at = at + interval '1 microsecond' WHERE id = 2", 2),
        ("UPDATE audit SET detail = detail || '{\"number\": 5}' WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 1", 2),
        ("DELETE FROM audit WHERE id = 2", 3),
    ],
)
async def test_a_change_behind_the_back_shows(
    engine: AsyncEngine, settings: Settings, change: str, broken: int
) -> None:
    for number in range(4):
        await write(engine, number)
    behind_the_back(settings, change)

    async with engine.connect() as connection:
        assert (await verify(connection)).broken == broken


async def test_an_end_that_was_cut_off_shows_to_who_kept_the_hash(engine: AsyncEngine, settings: Settings) -> None:
    await write(engine)
    await write(engine)
    async with engine.connect() as connection:
        kept = (await verify(connection)).newest
    await write(engine)
    async with engine.connect() as connection:
        grown = await verify(connection, kept)
    behind_the_back(settings, "DELETE FROM audit WHERE id > 1")

    async with engine.connect() as connection:
        cut = await verify(connection, kept)

    assert (grown.found, grown.broken) == (True, None)
    assert (cut.found, cut.broken) == (False, None)
