"""The short-lived, sealed store of raw values that an action truly needs."""

from __future__ import annotations

import uuid

from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from api.conversations.sealing import Sealer
from api.db.models import Vault as Row
from bot.masking import Found
from bot.rasa_client import TryAgain

EXPIRY = text("now() + interval '10 minutes'")


class Vault:
    """Implements `bot.turn.Keeper` and `actions.ports.Secrets`."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    async def keep(self, conversation: str, found: tuple[Found, ...]) -> None:
        """Keeps the values of the newest message in place of all earlier ones. Raises TryAgain."""
        owner = uuid.UUID(conversation)
        unique = {one.placeholder: one for one in found}
        rows = [
            {
                "conversation_id": owner,
                "placeholder": one.placeholder,
                "kind": one.kind.value,
                "sealed": self._sealer.seal(one.value.encode(), place(conversation, one.placeholder)),
                "expires_at": EXPIRY,
            }
            for one in unique.values()
        ]
        try:
            async with self._engine.begin() as connection:
                await connection.execute(delete(Row).where(Row.conversation_id == owner))
                for row in rows:
                    await connection.execute(insert(Row).values(row))
        except SQLAlchemyError as error:
            raise TryAgain(type(error).__name__) from error

    async def open(self, conversation: str, placeholder: str) -> str | None:
        """The raw value, or None when there is none or its ten minutes are over."""
        wanted = select(Row.sealed).where(
            Row.conversation_id == uuid.UUID(conversation),
            Row.placeholder == placeholder,
            Row.expires_at > text("now()"),
        )
        async with self._engine.connect() as connection:
            sealed = (await connection.execute(wanted)).scalar_one_or_none()
        return self._sealer.open(sealed, place(conversation, placeholder)).decode() if sealed else None

    async def sweep(self) -> None:
        """Deletes what has expired."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(Row).where(Row.expires_at <= text("now()")))


def place(conversation: str, placeholder: str) -> str:
    """Where a raw value of a conversation stands sealed."""
    return f"vault\0{conversation}\0{placeholder}"
