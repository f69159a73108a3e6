"""A channel whose platform pushes, together with what works for it beside the requests."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from api.channels.carrier import Carrier
from api.conversations.arrivals import Arrivals
from bot.channels.channel import PushedChannel


@dataclass(frozen=True)
class PushedLine:
    """tend: what has to run for the channel, such as telling the platform our address, or asking it for what came."""

    channel: PushedChannel
    carrier: Carrier
    tend: Callable[[Arrivals], Coroutine[None, None, None]]
