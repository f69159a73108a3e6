"""Looks every few seconds after answers that waited too long for a counselor."""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.quality.approval import Approval

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 2.0


async def watch_approvals(approval: Approval) -> None:
    """Looks until cancelled."""
    while True:
        try:
            await approval.expire()
        except (SQLAlchemyError, OSError) as error:
            log.warning("approval_watch_pauses", error=type(error).__name__)
        await asyncio.sleep(LOOK_EVERY_SECONDS)
