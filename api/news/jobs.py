"""What goes on by itself as long as the app runs: sending, looking for lateness, clearing away."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.ext.asyncio import AsyncEngine

from api.background import again_and_again
from api.db.models import PlannedMessage
from api.news.overdue import OverdueItems
from api.news.quiet_hours import QuietHours
from api.news.sending import NewsSender
from bot.wording import Wording
from knowledge.library import Library

SEND_EVERY_SECONDS = 1.0
LOOK_EVERY_SECONDS = 300.0
KEPT = timedelta(days=180)
"""How long it is kept that a message was sent, or dropped."""


def news_jobs(
    engine: AsyncEngine,
    wording: Wording,
    quiet_hours: QuietHours,
    library: Callable[[], Library],
    clock: Callable[[], datetime],
) -> list[Coroutine[None, None, None]]:
    """The endless work of this package, for one process of the app."""
    sender = NewsSender(engine, wording, quiet_hours, library, clock)
    overdue = OverdueItems(engine, wording, library, clock)
    return [send_forever(sender), look_forever(overdue, engine, clock)]


async def send_forever(sender: NewsSender) -> None:
    """Sends what is due, then waits a little; ends when cancelled."""

    async def send_all() -> None:
        while await sender.send_one():
            pass

    await again_and_again(send_all, SEND_EVERY_SECONDS, "news_pause")


async def look_forever(overdue: OverdueItems, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
    """Looks for items that have become late, and clears away what was sent long ago; ends when cancelled."""

    async def look() -> None:
        while await overdue.find():
            pass
        await sweep(engine, clock())

    await again_and_again(look, LOOK_EVERY_SECONDS, "news_pause")


async def sweep(engine: AsyncEngine, now: datetime) -> None:
    """Forgets what was sent or dropped long ago."""
    long_ago = now - KEPT
    async with engine.begin() as connection:
        await connection.execute(
            delete(PlannedMessage).where(or_(PlannedMessage.sent_at < long_ago, PlannedMessage.cancelled_at < long_ago))
        )
