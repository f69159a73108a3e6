"""Lets callers in that show a key of their own: `Authorization: Bearer tuiyi_...`."""

from __future__ import annotations

from starlette.requests import Request

from api.cases.keys import Key, Keys, Scope

SCHEME = b"bearer"


class NoKey(Exception):
    """The caller showed no key, an unknown one or a revoked one."""


class NotAllowed(Exception):
    """The key is in force but not for this. The message says what it lacks."""


class Bearer:
    """Tells who calls. Everything is compared as bytes, because anything may stand in a header."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def admit(self, request: Request, scope: Scope) -> Key:
        """The caller's key. Raises NoKey, or NotAllowed when it lacks the scope."""
        given = dict(request.headers.raw).get(b"authorization", b"")
        scheme, _, secret = given.partition(b" ")
        if scheme.lower() != SCHEME or not secret.strip():
            raise NoKey
        key = await self._keys.find(secret.strip())
        if key is None:
            raise NoKey
        if scope not in key.scopes:
            raise NotAllowed(f"the key lacks the scope {scope}")
        return key
