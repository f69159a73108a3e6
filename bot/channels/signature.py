"""Standard Webhooks signatures over bytes: HMAC-SHA256 of id.timestamp.body, at most five minutes old or early.

The package `standardwebhooks` reads bodies as text and so cannot tell a well-signed body in GBK from a forged one;
the tests hold this module against it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime

from bot.channels.channel import Unauthorised

TOLERANCE_SECONDS = 300
LONGEST_HEADER = 2_000
PREFIX = "whsec_"
ID, TIMESTAMP, SIGNATURE = b"webhook-id", b"webhook-timestamp", b"webhook-signature"


class Signer:
    """Signs and verifies with one secret, written whsec_ + base64."""

    def __init__(self, secret: str) -> None:
        """Raises ValueError for a secret that is no base64 or is empty."""
        self._key = b64decode(secret.removeprefix(PREFIX) + "==")
        if not self._key:
            raise ValueError("the webhook secret is empty")

    def sign(self, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
        """The three headers that prove a body, signed at an instant."""
        timestamp = str(int(at.timestamp()))
        signature = "v1," + self._digest(message_id.encode(), timestamp.encode(), body).decode()
        return {ID.decode(): message_id, TIMESTAMP.decode(): timestamp, SIGNATURE.decode(): signature}

    def verify(self, headers: Mapping[bytes, bytes], body: bytes, now: datetime) -> None:
        """Raises Unauthorised unless one of the signatures is right and the timestamp is fresh.

        headers: lower-case names; any bytes may stand in them.
        """
        message_id, timestamp, signatures = (headers.get(name, b"") for name in (ID, TIMESTAMP, SIGNATURE))
        if not (message_id and timestamp and signatures):
            raise Unauthorised("webhook-id, webhook-timestamp and webhook-signature are required")
        if max(map(len, (message_id, timestamp, signatures))) > LONGEST_HEADER:
            raise Unauthorised("a signature header is too long")
        if not re.fullmatch(rb"[0-9]{1,12}", timestamp):
            raise Unauthorised("webhook-timestamp must be seconds since 1970")
        if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
            raise Unauthorised("webhook-timestamp is more than five minutes away")
        expected = b"v1," + self._digest(message_id, timestamp, body)
        # Compared as written, not decoded: base64 has several spellings for the same bytes.
        if not any(hmac.compare_digest(expected, given) for given in signatures.split(b" ")):
            raise Unauthorised("no signature is right")

    def _digest(self, message_id: bytes, timestamp: bytes, body: bytes) -> bytes:
        signed = b".".join((message_id, timestamp, body))
        return b64encode(hmac.new(self._key, signed, hashlib.sha256).digest())
