"""What every channel can do. A channel knows no web framework: the app mounts one generic route for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from bot.channels.arrivals import Arrival, Call, Delivery
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

    def render(self, inbound: Inbound, result: TurnResult) -> dict[str, Any]:
        """The response to a message."""


class PolledChannel(Channel, Protocol):
    """A channel whose client also fetches replies that came later."""

    later_path: str
    """Where they are fetched; holds `{session_id}`."""

    def render_later(self, replies: list[tuple[int, Reply]], to_operator: bool = False) -> dict[str, Any]:
        """The response that lists replies with their cursors. to_operator: somebody reads them to a caller."""


class PushedChannel(Protocol):
    """A platform that delivers what people do, wants no more than a receipt, and is asked to bring each reply.

    Its deliveries may come twice, late and out of order. It has a wording group of its name in `zh.yaml`: `first` is
    said once at the beginning, `masked` whenever a number was hidden; both may be missing.
    """

    name: str
    path: str
    """Where deliveries are posted to."""
    receipt: bytes
    """What a delivery is answered with once it is stored."""

    def verify(self, delivery: Delivery, now: datetime) -> None:
        """Raises Unauthorised unless the platform proves itself."""

    def parse(self, body: bytes) -> tuple[Arrival, ...]:
        """What a verified body brings; nothing, when it is of no concern to us. Raises Unusable."""

    def render(self, session_id: str, offer: int, reply: Reply) -> Sequence[Call]:
        """What to ask of the platform, in order, so that the person gets the reply.

        offer: the number by which the buttons of the reply name it, today and after any restart.
        """


@runtime_checkable
class CountingChannel(Protocol):
    """A platform that counts all its deliveries one by one; `rank` of what they bring is the same number."""

    def number(self, body: bytes) -> int | None:
        """The number of a verified delivery, whatever it brings; None where it has none."""


@runtime_checkable
class TypingChannel(Protocol):
    """A platform that can show that an answer is being made."""

    name: str
    typing_seconds: float
    """How long it shows that."""

    def typing(self, session_id: str) -> Call:
        """What to ask of the platform, so that it shows that."""


@runtime_checkable
class AllowingChannel(Protocol):
    """A platform that takes no more than an allowance until the person does something again."""

    def as_last(self, call: Call, has_more: bool) -> Call:
        """The same message, saying how to go on, because it is the last that may be sent. has_more: more waits."""


@runtime_checkable
class EchoingChannel(Protocol):
    """A platform that first asks by GET at the same address whether it is us."""

    def echo(self, delivery: Delivery, now: datetime) -> bytes:
        """What it wants to hear. Raises Unauthorised unless the platform proves itself."""


@runtime_checkable
class AnsweringChannel(PushedChannel, Protocol):
    """A platform that also takes one message in the response to a delivery, if that comes in time."""

    answers_within_seconds: float

    def answer(self, delivery: Delivery, call: Call, now: datetime) -> bytes:
        """The response that brings what `call` would bring. The delivery is verified and has brought something."""
