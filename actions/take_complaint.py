"""Takes a complaint or an insult calmly: it is kept for the office, and a person is offered."""

from __future__ import annotations

from actions.contract import Ask, Services
from actions.talk import Talk
from bot.message import ActionResult, Effect


async def take_complaint(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `complain`."""
    talk = Talk(ask, services)
    reply = talk.reply("smalltalk", "complaint")
    if not talk.in_loop:
        reply = talk.offer(reply, (talk.library.phrase("label_person"), "person"))
    return talk.result(reply, effects=(Effect(kind="report_complaint"),))
