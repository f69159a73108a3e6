"""Sealing: what is stored opens only where it was sealed."""

from __future__ import annotations

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.conversations.sealing import Sealer, Unreadable
from api.secrets import new_key

SEALER = Sealer(new_key(), new_key())


def test_sealed_value_opens_in_its_place() -> None:
    assert SEALER.open(SEALER.seal("秘密".encode(), "here"), "here").decode() == "秘密"


def test_sealed_value_does_not_show_what_it_is() -> None:
    assert SEALER.seal(b"secret", "here") != SEALER.seal(b"secret", "here")
    assert b"secret" not in SEALER.seal(b"secret", "here")


def test_sealed_value_opens_nowhere_else() -> None:
    with pytest.raises(Unreadable):
        SEALER.open(SEALER.seal(b"secret", "here"), "there")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Unreadable):
        Sealer(new_key(), new_key()).open(SEALER.seal(b"secret", "here"), "here")


@pytest.mark.parametrize(
    "damaged", [b"", b"\x01", b"\x02" + bytes(40), b"\x02", b"\x03" + bytes(40), b"\x01" + bytes(40)]
)
def test_damaged_value_opens_nothing(damaged: bytes) -> None:
    with pytest.raises(Unreadable):
        SEALER.open(damaged, "here")


def test_index_finds_equal_values_of_one_purpose() -> None:
    assert SEALER.index("1", "a") == SEALER.index("1", "a")
    assert SEALER.index("1", "a") != SEALER.index("1", "b")


@pytest.mark.parametrize("key", ["", "AAAA", "%%%"])
def test_key_of_another_length_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Sealer(key, new_key())


def test_older_key_still_opens() -> None:
    old, new = new_key(), new_key()
    sealed = Sealer(old, new_key()).seal(b"secret", "here")

    assert Sealer(new, new_key(), (old,)).open(sealed, "here") == b"secret"


def test_value_that_names_no_key_opens_with_any_that_is_known() -> None:
    old, new = new_key(), new_key()
    cipher, nonce = AESGCM(b64decode(old)), bytes(12)
    sealed = b"\x01" + nonce + cipher.encrypt(nonce, b"secret", b"here")

    assert Sealer(new, new_key(), (old,)).open(sealed, "here") == b"secret"


def test_sealing_anew_takes_the_newest_key() -> None:
    old, new = new_key(), new_key()
    both = Sealer(new, new_key(), (old,))

    sealed = both.reseal(Sealer(old, new_key()).seal(b"secret", "here"), "here")

    assert Sealer(new, new_key()).open(sealed, "here") == b"secret"
    assert both.reseal(sealed, "here") == sealed
