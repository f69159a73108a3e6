"""What every channel can do. A channel knows no web framework: the app mounts one generic route for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.message import Inbound, Reply, TurnResult


class Unauthorised(Exception):
    """The sender could not prove who it is. The message says what was wrong, never what was sent."""


class Unusable(Exception):
    """The sender is known, but the body is no message. The message says what was expected, never what was sent."""


class Channel(Protocol):
    """One way in and out. `headers` are given with lower-case names, as bytes, because anything may stand in them."""

    name: str
    path: str
    """Where messages are posted to."""

    def verify(self, headers: Mapping[bytes, bytes], body: bytes, now: datetime) -> None:
        """Raises Unauthorised unless the sender proves itself."""

    def parse(self, body: bytes, received_at: datetime) -> Inbound:
        """The message in a verified body. Raises Unusable."""

    def render(self, result: TurnResult) -> dict[str, Any]:
        """The response to a message."""


class PolledChannel(Channel, Protocol):
    """A channel whose client also fetches replies that came later."""

    later_path: str
    """Where they are fetched; holds `{session_id}`."""

    def render_later(self, replies: list[tuple[int, Reply]]) -> dict[str, Any]:
        """The response that lists replies with their cursors."""
