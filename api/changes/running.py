"""Keeps the hours of change sets."""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.changes.changes import Changes
from api.releases.store import NoRelease

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 1.0


async def keep_hours(changes: Changes) -> None:
    """Publishes what is due and undoes what has expired, until cancelled. Every process of the app may do it."""
    while True:
        try:
            await changes.publish_due()
        except NoRelease:
            pass  # Nothing was imported yet, so nothing can be due.
        except (SQLAlchemyError, OSError) as error:
            log.warning("due_changes_failed", error=type(error).__name__)
        await asyncio.sleep(LOOK_EVERY_SECONDS)
