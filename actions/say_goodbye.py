"""Answers a farewell; what was begun is kept."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.talk import Talk
from bot.message import ActionResult


async def say_goodbye(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `goodbye`. A running loop sleeps: nobody who leaves is asked the next question."""
    talk = Talk(ask, services)
    key = "goodbye_in_loop" if talk.in_loop else "goodbye"
    return talk.result(talk.reply("smalltalk", key), pauses=talk.in_loop)
