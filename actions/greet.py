"""Answers a greeting with what the assistant can do."""

from __future__ import annotations

from actions.answer_question import main_menu
from actions.contract import Ask, Services
from actions.talk import Talk
from bot.message import ActionResult


async def greet(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `greet`."""
    talk = Talk(ask, services)
    reply = talk.reply("smalltalk", "greeting")
    return talk.result(reply if talk.in_loop else talk.offer(reply, *main_menu(talk)))
