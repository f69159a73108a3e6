"""Every channel whose platform pushes: one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import httpx

from api.channels.pushed_line import PushedLine
from api.channels.telegram import telegram_line
from api.channels.wechat import wechat_line
from api.settings import Settings
from bot.wording import Wording

Transport = httpx.AsyncBaseTransport
MakeLine = Callable[[Settings, Wording, Callable[[], datetime], Transport | None], PushedLine | None]

PUSHED_LINES: Mapping[str, MakeLine] = {
    "telegram": telegram_line,
    "wechat": wechat_line,
}


def pushed_lines(
    settings: Settings, wording: Wording, clock: Callable[[], datetime], transports: Mapping[str, Transport]
) -> list[PushedLine]:
    """The lines of the channels that are set up. transports: ways to platforms that tests put in their place."""
    made = (make(settings, wording, clock, transports.get(name)) for name, make in PUSHED_LINES.items())
    return [line for line in made if line is not None]
