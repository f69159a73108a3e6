"""Seals what must not be read from the database, and finds sealed values again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NAMELESS = b"\x01"
"""Begins a value that does not say with which key it was sealed; what seals now names it."""
NAMED = b"\x02"
KEY_NAME_BYTES = 4
NONCE_BYTES = 12


class Unreadable(Exception):
    """A sealed value does not open: another key, another place, or damage."""


class Sealer:
    """AES-256-GCM. `place` binds a sealed value to where it stands, so that it opens nowhere else.

    A sealed value is 0x02, four bytes that name its key, a nonce of twelve bytes, and the text with its tag.
    """

    def __init__(self, data_key: str, index_key: str, old_data_keys: Sequence[str] = ()) -> None:
        """All keys are base64 of 32 bytes. Raises ValueError for anything else.

        data_key: seals and opens. old_data_keys: open what was sealed before, and seal nothing any more.
        """
        keys = [_key(one, "data_key") for one in (data_key, *old_data_keys)]
        self._ciphers = {_name_of(key): AESGCM(key) for key in keys}
        self._index_key = _key(index_key, "index_key")
        self.beginning = NAMED + _name_of(keys[0])
        """How every value begins that is sealed with the newest key."""

    def seal(self, value: bytes, place: str) -> bytes:
        """The value as it may be stored."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        cipher = self._ciphers[self.beginning[1:]]
        return self.beginning + nonce + cipher.encrypt(nonce, value, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """The value again. Raises Unreadable."""
        kind, name, rest = sealed[:1], sealed[1 : 1 + KEY_NAME_BYTES], sealed[1 + KEY_NAME_BYTES :]
        if kind == NAMELESS:
            candidates, rest = list(self._ciphers.values()), sealed[1:]
        elif kind == NAMED:
            candidates = [cipher for of, cipher in self._ciphers.items() if of == name]
        else:
            raise Unreadable("unknown version of a sealed value")
        nonce, text = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        for cipher in candidates:
            try:
                return cipher.decrypt(nonce, text, place.encode())
            except (InvalidTag, ValueError):
                continue
        raise Unreadable("a sealed value does not open")

    def reseal(self, sealed: bytes, place: str) -> bytes:
        """The same value sealed with the newest key; unchanged when it is. Raises Unreadable."""
        return sealed if sealed.startswith(self.beginning) else self.seal(self.open(sealed, place), place)

    def index(self, value: str, purpose: str) -> bytes:
        """What equal values of one purpose share; says nothing about the value without the key."""
        return hmac.new(self._index_key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()


def _name_of(key: bytes) -> bytes:
    """Tells keys apart and says nothing about them."""
    return hmac.new(key, b"name of this key", hashlib.sha256).digest()[:KEY_NAME_BYTES]


def _key(encoded: str, name: str) -> bytes:
    key = b64decode(encoded, validate=True)
    if len(key) != 32:
        raise ValueError(f"{name} must be base64 of 32 bytes, not of {len(key)}")
    return key
