"""What the office wants said to everybody: that the bot is switched off, and what is urgent today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.message import Inbound, Owner, Reply
from bot.wording import Wording

SHOWN_ON_THE_PAGE = ("web",)
"""Channels that show urgent notices above the conversation instead of in it."""

NoticeKind = Literal["bot_off", "emergency"]


@dataclass(frozen=True)
class Notice:
    """One that holds now on the channel of the message and was not told to this person yet."""

    id: int
    kind: NoticeKind
    text: str
    since: date


def switched_off(notices: Iterable[Notice], wording: Wording) -> Reply | None:
    """What the person hears instead of an answer while the bot is switched off; the newest notice counts."""
    newest = max((one for one in notices if one.kind == "bot_off"), key=lambda one: one.id, default=None)
    return Reply(kind="notice", text=wording.say("bot_off", notice=newest.text)) if newest else None


def urgent(notices: Iterable[Notice], inbound: Inbound, owner: Owner) -> list[Notice]:
    """What is still to be told beside the answer: nothing in a group, or in a talk that a counselor holds."""
    if owner is Owner.COUNSELOR or inbound.unread == "group" or inbound.channel in SHOWN_ON_THE_PAGE:
        return []
    return [one for one in notices if one.kind == "emergency"]


def told(notice: Notice, wording: Wording) -> Reply:
    """How it is said in a conversation."""
    return Reply(kind="notice", text=dated(notice, wording), data={"emergency": True})


def dated(notice: Notice, wording: Wording) -> str:
    """Its words with its day."""
    return wording.say("emergency", month=notice.since.month, day=notice.since.day, notice=notice.text)
