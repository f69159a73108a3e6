"""Keys: shown once, stored as a digest, good for what they were made for, refused from the moment of their revoking."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.cases.keys import SCOPES, Key, Keys, KeyUnusable, add_key, all_keys, renew_key, revoke_key
from knowledge.regions import Regions
from tests.api.cases.conftest import NOW, Registry

NAME = "省一体化平台"
REGIONS = Regions.load()


async def made(registry: Registry, name: str = NAME) -> bytes:
    async with registry.engine.begin() as connection:
        return (await add_key(connection, name, SCOPES)).encode()


def keys_of(registry: Registry) -> Keys:
    return Keys(registry.engine, lambda: registry.now)


async def last_used(registry: Registry) -> list[object]:
    async with registry.engine.connect() as connection:
        return [row.last_used_at for row in await all_keys(connection)]


async def test_key_is_found_by_its_secret_alone(registry: Registry) -> None:
    secret, other = await made(registry), await made(registry, "other")

    found = await keys_of(registry).find(secret)

    assert (found and found.name, found and found.scopes) == (NAME, frozenset(SCOPES))
    assert secret != other


async def test_secret_holds_32_random_bytes_and_stands_nowhere(registry: Registry) -> None:
    secret = await made(registry)

    async with registry.engine.connect() as connection:
        stored = str((await connection.exec_driver_sql("SELECT t::text FROM api_key t")).all())
    assert secret.startswith(b"tuiyi_")
    assert len(secret) == len("tuiyi_") + 43
    assert secret.decode() not in stored


@pytest.mark.parametrize("secret", [b"", b"tuiyi_", b"\xff\xfe", b"\x00", b"x" * 100_000])
async def test_unknown_secret_is_no_key(registry: Registry, secret: bytes) -> None:
    await made(registry)

    assert await keys_of(registry).find(secret) is None


async def test_revoked_key_is_refused_and_its_name_stays_taken(registry: Registry) -> None:
    secret = await made(registry)
    async with registry.engine.begin() as connection:
        await revoke_key(connection, NAME, NOW)

    assert await keys_of(registry).find(secret) is None
    with pytest.raises(KeyUnusable):
        await made(registry)
    async with registry.engine.begin() as connection:
        with pytest.raises(KeyUnusable):
            await revoke_key(connection, NAME, NOW)
        with pytest.raises(KeyUnusable):
            await renew_key(connection, NAME)


async def test_renewed_key_is_the_same_key_with_another_secret(registry: Registry) -> None:
    secret = await made(registry)
    before = await keys_of(registry).find(secret)
    async with registry.engine.begin() as connection:
        new = (await renew_key(connection, NAME)).encode()

    assert await keys_of(registry).find(secret) is None
    assert await keys_of(registry).find(new) == before


async def test_use_is_noted_at_most_once_a_minute(registry: Registry) -> None:
    secret, noted = await made(registry), []
    for seconds in (0, 59, 60):
        registry.now = NOW + timedelta(seconds=seconds)
        await keys_of(registry).find(secret)
        noted += await last_used(registry)

    assert noted == [NOW, NOW, NOW + timedelta(seconds=60)]


@pytest.mark.parametrize(("name", "scopes"), [("", SCOPES), (" ", SCOPES), ("a\nb", SCOPES), ("x", []), ("x", ["all"])])
async def test_key_without_name_or_with_other_scopes_is_not_made(
    registry: Registry, name: str, scopes: list[str]
) -> None:
    async with registry.engine.begin() as connection:
        with pytest.raises(KeyUnusable):
            await add_key(connection, name, scopes)


@pytest.mark.parametrize(
    ("regions", "region", "covers"),
    [
        ((), "460100", True),
        (("410000",), "410000", True),
        (("410000",), "410702", True),
        (("410700",), "410702", True),
        (("410700",), "410000", False),
        (("410700",), "410100", False),
        (("410700", "460000"), "460106", True),
    ],
)
def test_key_covers_its_places_and_what_lies_in_them(regions: tuple[str, ...], region: str, covers: bool) -> None:
    assert Key(1, NAME, frozenset(SCOPES), regions).covers(region, REGIONS) is covers
