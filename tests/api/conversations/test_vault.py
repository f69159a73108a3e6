"""Raw values: for the newest message, for minutes, in this conversation only."""

from __future__ import annotations

from collections.abc import AsyncIterator

import psycopg
import pytest

from api.conversations.sealing import Sealer
from api.conversations.vault import Vault
from api.db.engine import build_engine
from api.secrets import new_key
from api.settings import Settings
from bot.masking import Found
from bot.masking.kinds import Kind

FIRST = "00000000-0000-4000-8000-000000000001"
SECOND = "00000000-0000-4000-8000-000000000002"
NUMBER = Found(Kind.IDENTITY, "〔身份证号1〕", "410102199001011239")
PHONE = Found(Kind.MOBILE, "〔手机号1〕", "13800138000")


@pytest.fixture
async def vault(settings: Settings) -> AsyncIterator[Vault]:
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        for name in (FIRST, SECOND):
            connection.execute("INSERT INTO conversation (id, channel, session_id) VALUES (%s, 'c', %s)", (name, name))
    engine = build_engine(settings.sqlalchemy_url, 2)
    yield Vault(engine, Sealer(new_key(), new_key()))
    await engine.dispose()


async def test_value_opens_for_its_conversation_only(vault: Vault) -> None:
    await vault.keep(FIRST, (NUMBER, NUMBER))

    assert await vault.open(FIRST, NUMBER.placeholder) == NUMBER.value
    assert await vault.open(SECOND, NUMBER.placeholder) is None


async def test_next_message_replaces_what_was_kept(vault: Vault) -> None:
    await vault.keep(FIRST, (NUMBER,))
    await vault.keep(FIRST, (PHONE,))

    assert await vault.open(FIRST, NUMBER.placeholder) is None
    assert await vault.open(FIRST, PHONE.placeholder) == PHONE.value


async def test_expired_value_is_gone(vault: Vault, settings: Settings) -> None:
    await vault.keep(FIRST, (NUMBER,))
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute("UPDATE vault SET expires_at = now()")

        assert await vault.open(FIRST, NUMBER.placeholder) is None
        await vault.sweep()
        assert connection.execute("SELECT count(*) FROM vault").fetchone() == (0,)
