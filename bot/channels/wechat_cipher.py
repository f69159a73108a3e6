"""How WeChat proves and hides what it delivers: SHA-1 over sorted words, AES-256-CBC with padding to 32 bytes.

Source: developers.weixin.qq.com, 消息加解密说明. The tests hold this module against Tencent's own npm package.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.channels.channel import Unauthorised

BLOCK = 32
RANDOM_BYTES = 16
LENGTH_BYTES = 4


def signature_of(*words: bytes) -> bytes:
    """What WeChat writes for these words, in whatever order they are given."""
    return hashlib.sha1(b"".join(sorted(words))).hexdigest().encode()  # noqa: S324, WeChat knows no other


def is_signed(signature: bytes, *words: bytes) -> bool:
    """Whether the signature is the one of these words."""
    return hmac.compare_digest(signature, signature_of(*words))


class Envelope:
    """Seals and opens messages of one account."""

    def __init__(self, aes_key: str, app_id: str) -> None:
        """`aes_key`: the EncodingAESKey, 43 letters and digits. Raises ValueError for another one."""
        self._key = b64decode(aes_key + "=")
        if len(self._key) != BLOCK:
            raise ValueError("the EncodingAESKey must be 43 letters and digits")
        self._app_id = app_id.encode()

    def seal(self, message: bytes, random: bytes) -> bytes:
        """The message as base64. random: 16 bytes."""
        whole = random + len(message).to_bytes(LENGTH_BYTES) + message + self._app_id
        padding = BLOCK - len(whole) % BLOCK
        cipher = self._cipher().encryptor()
        return b64encode(cipher.update(whole + bytes([padding]) * padding) + cipher.finalize())

    def open(self, sealed: bytes) -> bytes:
        """The message. Raises Unauthorised for what this account's key has not sealed for this account."""
        try:
            hidden = b64decode(sealed, validate=True)
        except ValueError:
            raise Unauthorised("the sealed message is no base64") from None
        if not hidden or len(hidden) % BLOCK:
            raise Unauthorised("the sealed message has not whole blocks")
        cipher = self._cipher().decryptor()
        whole = cipher.update(hidden) + cipher.finalize()
        padding = whole[-1]
        if not 1 <= padding <= BLOCK or whole[-padding:] != bytes([padding]) * padding:
            raise Unauthorised("the sealed message was sealed with another key")
        whole = whole[RANDOM_BYTES:-padding]
        end = LENGTH_BYTES + int.from_bytes(whole[:LENGTH_BYTES])
        if len(whole) < LENGTH_BYTES or not hmac.compare_digest(whole[end:], self._app_id):
            raise Unauthorised("the sealed message is for another account")
        return whole[LENGTH_BYTES:end]

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))
