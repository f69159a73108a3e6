"""Answers a greeting with what the assistant can do."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.talk import Talk
from actions.what_next import main_menu
from bot.message import ActionResult


async def greet(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `greet`."""
    talk = Talk(ask, services)
    if talk.in_loop:
        return talk.result(talk.reply("smalltalk", "greeting_in_loop"))
    return talk.result(talk.offer(talk.reply("smalltalk", "greeting"), *main_menu(talk)))
