"""What the channel of a chat allows, told beside the box in which a counselor writes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from api.db.models import Allowance
from bot.channels.telegram import LONGEST_TEXT_UNITS
from bot.channels.wechat import LONGEST_TEXT_BYTES
from bot.text_message import LONG_PART_UNITS, ONE_PART_UNITS

Counted = Literal["parts", "bytes", "units", "none"]


@dataclass(frozen=True)
class Limits:
    """counted: what is counted while he types. one, more: what fits into one message, and into each of several.

    left, until: how many messages the platform still takes, and until when; None where it does not count.
    hours_left: whole hours until then.
    """

    counted: Counted
    one: int = 0
    more: int = 0
    left: int | None = None
    until: datetime | None = None
    hours_left: int | None = None

    @property
    def is_spent(self) -> bool:
        """Whether nothing reaches the person before he writes again; what is sent waits until then."""
        return self.counted == "bytes" and not self.left


async def limits_of(
    connection: AsyncConnection, conversation: uuid.UUID, channel: str, said: Sequence[Row[Any]]
) -> Limits:
    """The limits of a chat. said: its transcript, which shows whether the line sends text messages."""
    if channel == "hotline" and any((one.reply or {}).get("form") == "text_message" for one in said):
        return Limits("parts", ONE_PART_UNITS, LONG_PART_UNITS)
    if channel == "telegram":
        return Limits("units", LONGEST_TEXT_UNITS, LONGEST_TEXT_UNITS)
    if channel != "wechat":
        return Limits("none")
    wanted = select(Allowance.messages_left, Allowance.until, func.now().label("now"))
    row = (await connection.execute(wanted.where(Allowance.conversation_id == conversation))).one_or_none()
    if row is None:
        return Limits("bytes", LONGEST_TEXT_BYTES, LONGEST_TEXT_BYTES, 0)
    if row.until <= row.now:
        return Limits("bytes", LONGEST_TEXT_BYTES, LONGEST_TEXT_BYTES, 0, row.until)
    hours = int((row.until - row.now).total_seconds() // 3600)
    return Limits("bytes", LONGEST_TEXT_BYTES, LONGEST_TEXT_BYTES, row.messages_left, row.until, hours)
