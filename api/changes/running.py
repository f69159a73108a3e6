"""Keeps the hours of change sets."""

from __future__ import annotations

from contextlib import suppress

from api.background import again_and_again
from api.changes.changes import Changes
from api.releases.store import NoRelease

LOOK_EVERY_SECONDS = 1.0


async def keep_hours(changes: Changes) -> None:
    """Publishes what is due and undoes what has expired, until cancelled. Every process of the app may do it."""

    async def look() -> None:
        with suppress(NoRelease):  # Nothing was imported yet, so nothing can be due.
            await changes.publish_due()

    await again_and_again(look, LOOK_EVERY_SECONDS, "due_changes_failed")
