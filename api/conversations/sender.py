"""Keeps pushing later replies as long as the app runs."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.conversations.listener import Listener
from api.conversations.outbox import Pusher
from api.db.errors import kind_of

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 1.0


async def push_forever(pusher: Pusher, listener: Listener) -> None:
    """Pushes what is due, then waits for more; ends when cancelled."""
    while True:
        try:
            is_idle = not await pusher.push_one()
        except (SQLAlchemyError, OSError) as error:
            log.warning("sender_pauses", error=kind_of(error))
            is_idle = True
        if is_idle:
            await listener.outbox(pusher.channel.name).wait(LOOK_EVERY_SECONDS)
