"""Signatures, held against the package standardwebhooks."""

from __future__ import annotations

import random
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook

from bot.channels.channel import Unauthorised
from bot.channels.signature import Signer

SECRET = "whsec_" + b64encode(bytes(range(32))).decode()
NOW = datetime.now(UTC)
BODY = '{"text": "户口注销证明要不要带"}'


def as_bytes(headers: dict[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): value.encode() for name, value in headers.items()}


def is_accepted(headers: dict[bytes, bytes], body: bytes) -> bool:
    try:
        Signer(SECRET).verify(headers, body, NOW)
    except Unauthorised:
        return False
    return True


def test_what_the_package_signs_is_accepted() -> None:
    signature = Webhook(SECRET).sign("msg", NOW, BODY)
    headers = {"webhook-id": "msg", "webhook-timestamp": str(int(NOW.timestamp())), "webhook-signature": signature}

    assert is_accepted(as_bytes(headers), BODY.encode())


def test_the_package_accepts_what_we_sign() -> None:
    now = datetime.now(UTC)  # The package looks at the clock itself.
    Webhook(SECRET).verify(BODY, Signer(SECRET).sign("msg", now, BODY.encode()))


def test_one_right_signature_among_several_is_enough() -> None:
    headers = as_bytes(Signer(SECRET).sign("msg", NOW, b"x"))
    headers[b"webhook-signature"] = b"v1,AAAA v1a,zzzz broken " + headers[b"webhook-signature"]

    assert is_accepted(headers, b"x")


@pytest.mark.parametrize(("seconds", "accepted"), [(-301, False), (-300, True), (0, True), (300, True), (301, False)])
def test_five_minutes_are_the_limit(seconds: int, accepted: bool) -> None:
    at = datetime.fromtimestamp(int(NOW.timestamp()), UTC)
    headers = as_bytes(Signer(SECRET).sign("msg", at + timedelta(seconds=seconds), b"x"))
    try:
        Signer(SECRET).verify(headers, b"x", at)
        taken = True
    except Unauthorised:
        taken = False

    assert taken is accepted


def test_no_mutation_is_accepted() -> None:
    body = BODY.encode()
    headers = as_bytes(Signer(SECRET).sign("msg-1", NOW, body))
    chance = random.Random(1)  # noqa: S311
    fields = [*headers, None]
    accepted = 0
    for _ in range(10_000):
        field = chance.choice(fields)
        original = body if field is None else headers[field]
        place, change = chance.randrange(len(original)), chance.randrange(1, 256)
        mutated = original[:place] + bytes([original[place] ^ change]) + original[place + 1 :]
        if field is None:
            accepted += is_accepted(headers, mutated)
        else:
            accepted += is_accepted({**headers, field: mutated}, body)

    assert accepted == 0


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_%%%"])
def test_secret_that_is_none_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Signer(secret)
