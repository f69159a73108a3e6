"""Reads the body of a request without ever holding more than a channel allows."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

LARGEST_BYTES = 256 * 1024
MOST_DISCARDED_BYTES = 64 * 1024 * 1024
SECONDS = 15.0


class TooLarge(Exception):
    """More than a channel allows."""


class TooSlow(Exception):
    """The body did not arrive in time."""


async def read_body(request: Request) -> bytes:
    """The whole body, also when its length was not announced. Raises TooLarge or TooSlow.

    The rest of a body that is too large is read and thrown away, because a client that is still sending does not
    look at the answer.
    """
    kept, seen = bytearray(), 0
    try:
        async with asyncio.timeout(SECONDS):
            async for part in request.stream():
                seen += len(part)
                if seen <= LARGEST_BYTES:
                    kept += part
                elif seen > MOST_DISCARDED_BYTES:
                    break
    except TimeoutError:
        raise TooSlow from None
    except ClientDisconnect:
        return b""
    if seen > LARGEST_BYTES:
        raise TooLarge
    return bytes(kept)
