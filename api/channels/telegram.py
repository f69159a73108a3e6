"""The client of Telegram's Bot API, and what runs for the channel: our address told, or updates asked for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx
import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from api.channels.carrier import Afterwards, Failed, Refused, TooFast, Unreachable
from api.channels.pushed_line import PushedLine
from api.conversations.arrivals import Arrivals
from api.settings import Settings
from bot.channels.arrivals import Call
from bot.channels.telegram import WANTED_UPDATES, Telegram
from bot.wording import Wording

log = structlog.get_logger()

CONNECT_SECONDS = 4.0
READ_SECONDS = 7.0
"""Together less than the app is given to stop, so that a message under way is never cut off."""
POLL_SECONDS = 25
PAUSE_SECONDS = 3.0


class BotClient:
    """Asks the Bot API. What it raises and logs names neither the token nor what was sent."""

    def __init__(self, token: str, api_url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        more: dict[str, Any] = {"transport": transport} if transport else {}
        self._request, self._polling = (
            HTTPXRequest(
                connection_pool_size=16,
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                write_timeout=CONNECT_SECONDS,
                pool_timeout=CONNECT_SECONDS,
                httpx_kwargs=more,
            )
            for _ in range(2)
        )
        self._url = f"{api_url.rstrip('/')}/bot{token}"
        self._bot = Bot(token, f"{api_url.rstrip('/')}/bot", request=self._request, get_updates_request=self._polling)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._request.shutdown()
        await self._polling.shutdown()

    async def carry(self, call: Call) -> None:
        """One method of the Bot API. Raises as a Carrier does."""
        try:
            await getattr(self._bot, call.method)(**call.arguments)
        except RetryAfter as error:
            wait = error.retry_after
            raise TooFast(wait.total_seconds() if isinstance(wait, timedelta) else float(wait)) from None
        except (Forbidden, ChatMigrated) as error:
            raise Unreachable(type(error).__name__) from None
        except BadRequest as error:
            raise Refused(error.message) from None
        except TelegramError as error:
            raise Failed(type(error).__name__) from None
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            # Telegram has taken it; only what it said of it could not be read.
            log.warning("answer_unreadable", method=call.method, error=type(error).__name__)

    async def tell_address(self, url: str, secret: str) -> None:
        """Has updates delivered to an address from now on. Raises TelegramError."""
        await self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(WANTED_UPDATES))

    async def forget_address(self) -> None:
        """Has no updates delivered, so that they can be asked for; none is thrown away. Raises TelegramError."""
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def updates(self, offset: int) -> list[dict[str, Any]]:
        """The updates from a number on, as they came, as soon as there are any. Raises TelegramError.

        Not by way of `Bot.get_updates`: one update that it cannot read would hide all the others, for ever.
        """
        wanted = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": json.dumps(WANTED_UPDATES)}
        address = f"{self._url}/getUpdates?{urlencode(wanted)}"
        found = await self._polling.post(address, read_timeout=POLL_SECONDS + READ_SECONDS)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def telegram_line(
    settings: Settings, wording: Wording, clock: Callable[[], datetime], transport: httpx.AsyncBaseTransport | None
) -> PushedLine | None:
    """The line, for a token that is set."""
    if not settings.telegram_token.get_secret_value():
        return None
    secret = settings.telegram_secret.get_secret_value()
    channel = Telegram(secret, wording)
    client = BotClient(settings.telegram_token.get_secret_value(), settings.telegram_api_url, transport)

    def tend(arrivals: Arrivals) -> Coroutine[None, None, None]:
        if settings.telegram_mode == "polling":
            return poll(client, channel, arrivals, clock)
        return announce(client, settings.public_url and settings.public_url + channel.path, secret)

    return PushedLine(channel, client, tend)


async def announce(client: BotClient, url: str, secret: str) -> None:
    """Tells Telegram where to deliver, until it has heard it. Without an address somebody else has to."""
    while url:
        try:
            await client.tell_address(url, secret)
        except TelegramError as error:
            log.warning("telegram_address_not_told", error=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            log.info("telegram_address_told")
            return


async def poll(client: BotClient, channel: Telegram, arrivals: Arrivals, clock: Callable[[], datetime]) -> None:
    """Asks for updates for ever. The next question, which acknowledges them, is put when all are stored."""
    offset, is_alone, afterwards = 0, False, Afterwards(client)
    while True:
        try:
            if not is_alone:
                await client.forget_address()
                is_alone = True
            for update in await client.updates(offset):
                body = json.dumps(update, ensure_ascii=True).encode()
                afterwards.ask(await arrivals.take(channel, body, clock(), is_ordered=True))
                number = update.get("update_id")
                if type(number) is int:
                    offset = max(offset, number + 1)
        except (TelegramError, SQLAlchemyError, OSError) as error:
            log.warning("telegram_poll_failed", error=type(error).__name__)
            is_alone = False
            await asyncio.sleep(PAUSE_SECONDS)
