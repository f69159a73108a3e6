"""The keys by which departments and the provincial platform call: made, found, renewed and revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from api.db.models import ApiKey
from knowledge.regions import Regions

Scope = Literal["cases:create", "cases:events", "cases:read"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
PREFIX = "tuiyi_"
"""By it people and scanners see what a string is that turned up where it should not."""
SECRET_BYTES = 32
USE_IS_NOTED_EVERY = timedelta(minutes=1)


class KeyUnusable(Exception):
    """A key cannot be made or changed so; the message says why."""


@dataclass(frozen=True)
class Key:
    """A key that is in force. regions: adcodes of the places whose cases it may touch; empty: all."""

    id: int
    name: str
    scopes: frozenset[str]
    regions: tuple[str, ...] = ()

    def covers(self, region: str, regions: Regions) -> bool:
        """Whether cases of a place, by its adcode, are this key's business."""
        return not self.regions or any(place.code in self.regions for place in regions.path(region))


class Keys:
    """The keys in the database, asked anew at every call, so that a revoked one is refused at once."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    async def find(self, secret: bytes) -> Key | None:
        """The key of a secret; None for one that is unknown or revoked. Notes its use, at most once a minute."""
        wanted = select(ApiKey).where(ApiKey.digest == digest_of(secret), ApiKey.revoked_at.is_(None))
        async with self._engine.connect() as connection:
            row = (await connection.execute(wanted)).one_or_none()
            if row is None:
                return None
            now = self._clock()
            if row.last_used_at is None or row.last_used_at <= now - USE_IS_NOTED_EVERY:
                await connection.execute(update(ApiKey).where(ApiKey.id == row.id).values(last_used_at=now))
                await connection.commit()
        return Key(row.id, row.name, frozenset(row.scopes), tuple(row.regions))


def digest_of(secret: bytes) -> bytes:
    """What is stored of a secret. It holds 256 random bits, so that a plain digest is enough."""
    return hashlib.sha256(secret).digest()


async def add_key(connection: AsyncConnection, name: str, scopes: Sequence[str], regions: Sequence[str] = ()) -> str:
    """Makes a key and returns its secret, which nobody can read again. Raises KeyUnusable."""
    if not name.strip() or not name.isprintable():
        raise KeyUnusable("a key needs a name that says who uses it")
    unknown = set(scopes) - set(SCOPES)
    if unknown or not scopes:
        raise KeyUnusable(f"a key needs one or more of the scopes {', '.join(SCOPES)}")
    secret = _new_secret()
    row = insert(ApiKey).values(
        name=name.strip(), digest=digest_of(secret.encode()), scopes=sorted(set(scopes)), regions=list(regions)
    )
    made = await connection.execute(row.on_conflict_do_nothing(index_elements=["name"]).returning(ApiKey.id))
    if made.scalar_one_or_none() is None:
        raise KeyUnusable("there is a key of that name, in force or revoked; choose another name, or renew it")
    return secret


async def renew_key(connection: AsyncConnection, name: str) -> str:
    """Gives a key a new secret and returns it; the one before is refused from now on. Raises KeyUnusable.

    Its cases stay its own, so that their numbers on the platform are still known. A revoked key is not revived.
    """
    secret = _new_secret()
    mine = update(ApiKey).where(ApiKey.name == name, ApiKey.revoked_at.is_(None))
    changed = await connection.execute(mine.values(digest=digest_of(secret.encode())))
    if not changed.rowcount:
        raise KeyUnusable("no key of that name is in force")
    return secret


async def revoke_key(connection: AsyncConnection, name: str, now: datetime) -> None:
    """Refuses a key from now on. Raises KeyUnusable when none of that name is in force."""
    mine = update(ApiKey).where(ApiKey.name == name, ApiKey.revoked_at.is_(None))
    changed = await connection.execute(mine.values(revoked_at=now))
    if not changed.rowcount:
        raise KeyUnusable("no key of that name is in force")


async def all_keys(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Every key that ever was, in the order of their making; without its secret, which is not stored."""
    return (await connection.execute(select(ApiKey).order_by(ApiKey.id))).all()


def _new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(SECRET_BYTES)
