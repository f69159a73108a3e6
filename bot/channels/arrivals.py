"""What a platform can bring to us, whichever platform it is, and what we can ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

NotText = Literal["photo", "sticker", "voice", "file", "other", "edit", "group", "stop", "choice_gone"]
"""What is answered by a sentence of its own without asking anybody. Wording: `line.KIND`, or `CHANNEL.KIND`."""


@dataclass(frozen=True)
class Delivery:
    """What was posted to us. Header names are in lower case; any bytes may stand in the values."""

    headers: Mapping[bytes, bytes]
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Call:
    """Something to ask of the platform: a method of its interface with its arguments."""

    method: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Allowance:
    """So many messages a platform takes for a person after he did something, and for so long; then no more."""

    messages: int
    lasts: timedelta


@dataclass(frozen=True)
class Arrival:
    """Something that a person did.

    message_id: the same at every delivery of the same thing, and of nothing else. session_id: whose conversation.
    rank: the place in the platform's own order, for what arrives at the same time; None where it has none.
    afterwards: asked of the platform as soon as the arrival is stored, and worth nothing later.
    allowance: what may be sent because of it; None where a platform does not count.
    """

    message_id: str
    session_id: str
    rank: int | None = field(default=None, kw_only=True)
    afterwards: Call | None = field(default=None, kw_only=True)
    allowance: Allowance | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Said(Arrival):
    """Words."""

    text: str


@dataclass(frozen=True)
class Asked(Arrival):
    """A wish that stands in the wording, such as the one for help. Wording: `line.KEY`."""

    key: str


@dataclass(frozen=True)
class Chosen(Arrival):
    """A choice was taken by its button. offer: the number of the message that offered it, as `render` was told."""

    offer: int
    number: int


@dataclass(frozen=True)
class Opened(Arrival):
    """The conversation was opened, by a link or a poster that says what it is about, or empty."""

    about: str


@dataclass(frozen=True)
class Unread(Arrival):
    """Something that is no text, or nothing to be answered from the guides. It is not kept."""

    kind: NotText
