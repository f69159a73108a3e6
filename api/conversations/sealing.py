"""Seals what must not be read from the database, and finds sealed values again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12


class Unreadable(Exception):
    """A sealed value does not open: another key, another place, or damage."""


class Sealer:
    """AES-256-GCM. `place` binds a sealed value to where it stands, so that it opens nowhere else."""

    def __init__(self, data_key: str, index_key: str) -> None:
        """Both keys are base64 of 32 bytes. Raises ValueError for anything else."""
        self._cipher = AESGCM(_key(data_key, "data_key"))
        self._index_key = _key(index_key, "index_key")

    def seal(self, value: bytes, place: str) -> bytes:
        """The value as it may be stored."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, value, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """The value again. Raises Unreadable."""
        nonce, text = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if sealed[:1] != VERSION:
            raise Unreadable("unknown version of a sealed value")
        try:
            return self._cipher.decrypt(nonce, text, place.encode())
        except (InvalidTag, ValueError):
            raise Unreadable("a sealed value does not open") from None

    def index(self, value: str, purpose: str) -> bytes:
        """What equal values of one purpose share; says nothing about the value without the key."""
        return hmac.new(self._index_key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()


def _key(encoded: str, name: str) -> bytes:
    key = b64decode(encoded, validate=True)
    if len(key) != 32:
        raise ValueError(f"{name} must be base64 of 32 bytes, not of {len(key)}")
    return key
