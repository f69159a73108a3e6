"""Keeps the hours of change sets."""

from __future__ import annotations

from api.background import again_and_again
from api.changes.changes import Changes

LOOK_EVERY_SECONDS = 1.0


async def keep_hours(changes: Changes) -> None:
    """Publishes what is due and undoes what has expired, until cancelled. Every process of the app may do it."""
    await again_and_again(changes.publish_due, LOOK_EVERY_SECONDS, "due_changes_failed")
