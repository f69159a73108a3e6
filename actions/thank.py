"""Answers thanks."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.talk import Talk
from bot.message import ActionResult


async def thank(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `thank`."""
    talk = Talk(ask, services)
    return talk.result(talk.reply("smalltalk", "thanks_in_loop" if talk.in_loop else "thanks"))
