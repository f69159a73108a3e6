"""Work that is done over and over as long as the app runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.db.errors import kind_of

log = structlog.get_logger()


async def again_and_again(work: Callable[[], Awaitable[None]], pause_seconds: float, failed: str) -> None:
    """Does it, rests, and does it anew, until cancelled.

    While the database or the network is away, the log says so under the name `failed`, and the next try comes after
    the same rest. Any other error ends it.
    """
    while True:
        try:
            await work()
        except (SQLAlchemyError, OSError) as error:
            log.warning(failed, error=kind_of(error))
        await asyncio.sleep(pause_seconds)
